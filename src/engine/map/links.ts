// Which columns must have the same type because foreign keys tie them together.

import type { Catalog } from '../../shared/model/catalog.ts';

export interface ColumnRef {
  readonly table: string;
  readonly column: string;
}

/** Groups of two and more columns, each tied to the others by foreign keys, in the catalogue's order. */
export function linkedColumns(catalog: Catalog): ColumnRef[][] {
  const parents = new Map<string, string>();

  function root(key: string): string {
    let at = key;
    while (parents.get(at) !== undefined && parents.get(at) !== at) at = parents.get(at)!;
    return at;
  }

  for (const table of catalog.tables) {
    for (const { columns, references } of table.foreignKeys) {
      if (references.schema !== null && references.schema !== catalog.schema) continue;
      for (const [i, column] of columns.entries()) {
        const referenced = references.columns[i];
        if (referenced === undefined) continue;
        const [from, to] = [root(keyOf(table.name, column)), root(keyOf(references.table, referenced))];
        if (from !== to) parents.set(from, to);
        parents.set(to, to);
      }
    }
  }

  const groups = new Map<string, ColumnRef[]>();
  for (const table of catalog.tables) {
    for (const { name } of table.columns) {
      const key = keyOf(table.name, name);
      if (!parents.has(key)) continue;
      const group = root(key);
      groups.set(group, [...(groups.get(group) ?? []), { table: table.name, column: name }]);
    }
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

export function keyOf(table: string, column: string): string {
  return `${table}\0${column}`;
}
