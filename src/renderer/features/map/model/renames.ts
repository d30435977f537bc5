// Renames: what a naming policy would call otherwise, listed before it is applied.

import type { Project } from '../../../../shared/model/mapping.ts';

export interface Rename {
  readonly id: string;
  readonly table: string;
  /** null: the table itself. */
  readonly column: string | null;
  readonly from: string;
  readonly to: string;
}

/** Both projects hold the same tables and columns in the same order. */
export function renamesBetween(before: Project, after: Project): Rename[] {
  return before.tables.flatMap((table, i) => {
    const next = after.tables[i];
    if (!next) return [];
    const at = { table: table.source };
    const own =
      table.target === next.target ? [] : [{ ...at, id: `${i}`, column: null, from: table.target, to: next.target }];
    const columns = table.columns.flatMap((column, j) => {
      const to = next.columns[j]?.target ?? column.target;
      return to === column.target ? [] : [{ ...at, id: `${i} ${j}`, column: column.source, from: column.target, to }];
    });
    return [...own, ...columns];
  });
}
