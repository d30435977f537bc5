// Which columns of a table stand in keys and indexes: their types are chosen with more care.

import type { Catalog, Table } from '../../shared/model/catalog.ts';

/** Columns that stand in a key or an index of the table, or are referenced by another. */
export function keyedColumns(table: Table, catalog: Catalog): ReadonlySet<string> {
  return new Set([
    ...(table.primaryKey?.columns ?? []),
    ...table.uniques.flatMap((key) => key.columns),
    // A prefix index takes long texts as they are.
    ...table.indexes.flatMap((index) =>
      index.parts.flatMap((part) => (part.column && !part.prefix ? part.column : [])),
    ),
    ...table.foreignKeys.flatMap((key) => key.columns),
    ...(referencedIn(catalog).get(table.name) ?? []),
  ]);
}

const known = new WeakMap<Catalog, ReadonlyMap<string, readonly string[]>>();

/** The columns that foreign keys point at, by table; gathered once, since every table of a catalog asks. */
function referencedIn(catalog: Catalog): ReadonlyMap<string, readonly string[]> {
  let referenced = known.get(catalog);
  if (!referenced) {
    const keys = catalog.tables.flatMap(({ foreignKeys }) => foreignKeys.map(({ references }) => references));
    const byTable = Map.groupBy(keys, ({ table }) => table);
    referenced = new Map([...byTable].map(([table, all]) => [table, all.flatMap(({ columns }) => columns)]));
    known.set(catalog, referenced);
  }
  return referenced;
}
