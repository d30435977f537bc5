// Orders that depend on no server's collation and on no locale: by code units.

import type { Table } from '../../shared/model/catalog.ts';

export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

export function byName<T extends { readonly name: string }>(items: readonly T[]): T[] {
  return items.toSorted((a, b) => compareText(a.name, b.name));
}

/** By these columns, the first counting most; rows that are equal in all of them stay in the order they came in. */
export function byText<T extends Readonly<Record<string, unknown>>>(rows: readonly T[], ...columns: string[]): T[] {
  return rows.toSorted((a, b) => {
    for (const column of columns) {
      const order = compareText(String(a[column]), String(b[column]));
      if (order !== 0) return order;
    }
    return 0;
  });
}

/** Tables as a fingerprint takes them: equal structures are equal texts, in whatever order they were read. */
export function inOrder<T extends Pick<Table, 'name' | 'uniques' | 'indexes' | 'foreignKeys' | 'checks'>>(
  tables: readonly T[],
): T[] {
  return byName(tables).map((table) => ({
    ...table,
    uniques: byName(table.uniques),
    indexes: byName(table.indexes),
    foreignKeys: byName(table.foreignKeys),
    checks: byName(table.checks),
  }));
}
