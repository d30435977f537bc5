// Names in the target that a mapping can speak of.

import type { TableMapping } from '../../../../shared/model/mapping.ts';
import type { Overview } from '../../../../shared/model/overview.ts';

/** Tables that move, then those that stand there and are none of them. */
export function tablesOfTarget(tables: readonly TableMapping[], target: Overview | null): string[] {
  const moving = tables.filter(({ skip }) => !skip).map((table) => table.target);
  const standing = (target?.tables ?? []).map(({ name }) => name);
  return [...new Set([...moving, ...standing])];
}

/** Columns that the table will have. */
export function columnsInTarget({ columns }: TableMapping): string[] {
  return columns.filter(({ skip }) => !skip).map(({ target }) => target);
}
