// Which columns of a table stand in keys and indexes: their types are chosen with more care.

import type { Catalog, Table } from '../../shared/model/catalog.ts';

/** Columns that stand in a key or an index of the table, or are referenced by another. */
export function keyedColumns(table: Table, catalog: Catalog): ReadonlySet<string> {
  const referenced = catalog.tables.flatMap(({ foreignKeys }) =>
    foreignKeys.filter(({ references }) => references.table === table.name).flatMap((key) => key.references.columns),
  );
  return new Set([
    ...(table.primaryKey?.columns ?? []),
    ...table.uniques.flatMap((key) => key.columns),
    // A prefix index takes long texts as they are.
    ...table.indexes.flatMap((index) =>
      index.parts.flatMap((part) => (part.column && !part.prefix ? part.column : [])),
    ),
    ...table.foreignKeys.flatMap((key) => key.columns),
    ...referenced,
  ]);
}
