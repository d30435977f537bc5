// Standing: what a table's mapping means for the target as it is now, in one word for a list.

import type { Family } from '../../../../shared/model/connection.ts';
import type { Project, TableMapping } from '../../../../shared/model/mapping.ts';
import type { Overview, TableSummary } from '../../../../shared/model/overview.ts';

/**
 * exists: a table of this name stands there, and the mode is to create.
 * missing: rows shall be added to a table, and none of this name stands there.
 * unknown: the target has not been looked at.
 */
export type Standing = 'skipped' | 'new' | 'replaces' | 'appends' | 'upserts' | 'missing' | 'exists' | 'unknown';

export function standingOf(mapping: TableMapping, project: Pick<Project, 'mode'>, target: Overview | null): Standing {
  if (mapping.skip) return 'skipped';
  if (!target) return 'unknown';
  const mode = mapping.mode ?? project.mode ?? 'create';
  if (!tableThere(mapping.target, target)) return mode === 'append' || mode === 'upsert' ? 'missing' : 'new';
  return STANDING[mode];
}

const STANDING = { create: 'exists', replace: 'replaces', append: 'appends', upsert: 'upserts' } as const;

/** The target's table of that name, told apart as the target does. */
export function tableThere(name: string, target: Overview): TableSummary | null {
  const { family } = target.server;
  let index = remembered.get(target);
  if (!index) {
    index = new Map(target.tables.map((table) => [nameIn(family, table.name), table]));
    remembered.set(target, index);
  }
  return index.get(nameIn(family, name)) ?? null;
}

const remembered = new WeakMap<Overview, ReadonlyMap<string, TableSummary>>();

function nameIn(family: Family, name: string): string {
  return family === 'sqlite' ? name.toLowerCase() : name;
}
