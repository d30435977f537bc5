// Gives every table and column of a project its target name anew; everything else that was decided stays.

import type { NamingPolicy, Project } from '../../shared/model/mapping.ts';
import { withNamesCarried } from '../../shared/renaming.ts';
import type { Capabilities } from '../dialects/dialect.ts';
import { targetName } from './naming.ts';

export function rename(project: Project, naming: NamingPolicy, capabilities: Capabilities): Project {
  const renamed = <N extends { readonly source: string; readonly target: string }>(each: N): N => ({
    ...each,
    target: targetName(each.source, naming, capabilities),
  });
  return withNamesCarried(project, {
    ...project,
    naming,
    tables: project.tables.map((table) => ({ ...renamed(table), columns: table.columns.map(renamed) })),
  });
}
