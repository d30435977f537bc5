// Rows: the mapping as lists show it, tables alone or opened to their columns, narrowed by what was typed.

import type { ColumnMapping, TableMapping } from '../../../../shared/model/mapping.ts';
import { keysOf } from './keys.ts';

export interface TableRow {
  readonly kind: 'table';
  readonly id: string;
  readonly table: string;
  readonly mapping: TableMapping;
  readonly open: boolean;
}

export interface ColumnRow {
  readonly kind: 'column';
  readonly id: string;
  readonly table: string;
  readonly column: string;
  readonly mapping: ColumnMapping;
  readonly of: TableMapping;
}

/** A column of the source that no target column takes its values from. */
export interface UnmappedRow {
  readonly kind: 'unmapped';
  readonly id: string;
  readonly table: string;
  readonly column: string;
  readonly of: TableMapping;
}

export type TreeRow = TableRow | ColumnRow | UnmappedRow;

/** Column names of what a mapping reads; null while they are not known. */
export type SourceColumns = (mapping: TableMapping) => readonly string[] | null;

export function treeRows(
  tables: readonly TableMapping[],
  typed: string,
  open: ReadonlySet<string>,
  sourceColumns: SourceColumns,
): TreeRow[] {
  return tableRows(tables, typed, open).flatMap((row): TreeRow[] =>
    row.open ? [row, ...columnRows(row.table, row.mapping, sourceColumns(row.mapping))] : [row],
  );
}

export function tableRows(
  tables: readonly TableMapping[],
  typed: string,
  open: ReadonlySet<string> = new Set(),
): TableRow[] {
  const keys = keysOf(tables);
  const wanted = typed.trim().toLowerCase();
  return tables.flatMap((mapping, i) => {
    const table = keys[i]!;
    const shown =
      wanted === '' || table.toLowerCase().includes(wanted) || mapping.target.toLowerCase().includes(wanted);
    return shown ? [{ kind: 'table', id: table, table, mapping, open: open.has(table) }] : [];
  });
}

export function columnRows(
  table: string,
  of: TableMapping,
  sourceColumns: readonly string[] | null,
): (ColumnRow | UnmappedRow)[] {
  const keys = keysOf(of.columns);
  const mapped = of.columns.map(
    (mapping, i): ColumnRow => ({
      kind: 'column',
      id: rowId(table, keys[i]!),
      table,
      column: keys[i]!,
      mapping,
      of,
    }),
  );
  const unmapped = unmappedColumns(of, sourceColumns).map(
    (column): UnmappedRow => ({ kind: 'unmapped', id: rowId(table, column), table, column, of }),
  );
  return [...mapped, ...unmapped];
}

export function unmappedColumns({ columns }: TableMapping, sourceColumns: readonly string[] | null): string[] {
  const used = new Set(columns.map(({ source }) => source));
  return (sourceColumns ?? []).filter((name) => !used.has(name));
}

export function rowId(table: string, column: string | null): string {
  return column === null ? table : `${table}\n${column}`;
}
