// From a catalogue to what lists and graphs show of it.

import type { Catalog, Table } from '../../shared/model/catalog.ts';
import type { Overview, TableSummary } from '../../shared/model/overview.ts';

export function overviewOf(catalog: Catalog): Overview {
  const { server, database, schema, fingerprint, tables, objects } = catalog;
  return { server, database, schema, fingerprint, tables: tables.map((table) => summary(table, schema)), objects };
}

function summary(table: Table, schema: string | null): TableSummary {
  return {
    name: table.name,
    kind: table.kind,
    rows: table.rowEstimate,
    bytes: table.bytes,
    columns: table.columns.length,
    primaryKey: table.primaryKey?.columns ?? [],
    uniques: table.uniques.length,
    indexes: table.indexes.length,
    checks: table.checks.length,
    references: table.foreignKeys.map(({ name, references }) => ({
      name,
      // A key may name its own schema in full.
      schema: references.schema === schema ? null : references.schema,
      table: references.table,
    })),
    dependants: table.dependants.length,
    comment: table.comment,
  };
}
