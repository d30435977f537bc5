// Gives every table and column of a project its target name anew; everything else that was decided stays.

import { joinedTo } from '../../shared/feeds.ts';
import type { NamingPolicy, Project } from '../../shared/model/mapping.ts';
import { withNamesCarried } from '../../shared/renaming.ts';
import type { Capabilities } from '../dialects/capabilities.ts';
import { nameKey } from '../dialects/names.ts';
import { targetName } from './naming.ts';

export function rename(project: Project, naming: NamingPolicy, capabilities: Capabilities): Project {
  const renamed = <N extends { readonly source: string; readonly target: string }>(each: N): N => ({
    ...each,
    target: targetName(each.source, naming, capabilities),
  });
  // Whoever feeds a table with others follows the one that makes it.
  const joined = joinedTo(project.tables, (name) => nameKey(name, capabilities));
  return withNamesCarried(project, {
    ...project,
    naming,
    tables: project.tables.map((table) =>
      joined.has(table) ? table : { ...renamed(table), columns: table.columns.map(renamed) },
    ),
  });
}
