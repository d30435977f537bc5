// Gives every table and column of a project its target name anew; everything else that was decided stays.

import type { NamingPolicy, Project } from '../../shared/model/mapping.ts';
import type { Capabilities } from '../dialects/dialect.ts';
import { targetName, targetNames } from './naming.ts';

/** Throws `map.name-collision` among what is not skipped. */
export function rename(project: Project, naming: NamingPolicy, capabilities: Capabilities): Project {
  const tables = renamed(project.tables, naming, capabilities, null);
  return {
    ...project,
    naming,
    tables: tables.map((table) => ({
      ...table,
      columns: renamed(table.columns, naming, capabilities, table.skip ? null : table.source),
    })),
  };
}

interface Named {
  readonly source: string;
  readonly target: string;
  readonly skip?: boolean | undefined;
}

/** What is skipped stands in nobody's way. */
function renamed<N extends Named>(
  all: readonly N[],
  naming: NamingPolicy,
  capabilities: Capabilities,
  table: string | null,
): N[] {
  const moving = all.filter(({ skip }) => !skip);
  const names = targetNames(
    moving.map(({ source }) => source),
    naming,
    capabilities,
    table,
  );
  const targets = new Map(moving.map((each, i) => [each, names[i]!]));
  return all.map((each) => ({ ...each, target: targets.get(each) ?? targetName(each.source, naming, capabilities) }));
}
