// Columns: declared and logical types, defaults, the rowid behind INTEGER PRIMARY KEY, generated columns.

import type { Column } from '../../../../shared/model/catalog.ts';
import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { ParsedTable } from '../schema/schema-parser.ts';
import { parseType } from '../type-parse.ts';
import { parseDefault } from './default.ts';
import type { ColumnRow, IndexPartRow, TableRow } from './rows.ts';

export function columnsOf(
  table: TableRow,
  rows: readonly ColumnRow[],
  indexParts: readonly IndexPartRow[],
  parsed: ParsedTable | null,
  next: string | null,
): Column[] {
  const alias = rowidAlias(table, rows, indexParts);
  return rows.filter((row) => row.hidden !== 1).map((row) => column(row, table, parsed, row === alias, next));
}

/** The column that is the rowid itself: INTEGER, to the letter, and the whole primary key, without an index of its own. */
export function rowidAlias(
  table: TableRow,
  rows: readonly ColumnRow[],
  indexParts: readonly IndexPartRow[],
): ColumnRow | null {
  const [key, ...more] = rows.filter((row) => row.pk > 0);
  if (!key || more.length > 0 || table.wr) return null;
  if (key.type.toUpperCase() !== 'INTEGER' || indexParts.some((part) => part.origin === 'pk')) return null;
  return key;
}

function column(
  row: ColumnRow,
  table: TableRow,
  parsed: ParsedTable | null,
  isRowid: boolean,
  next: string | null,
): Column {
  const details = parsed?.columns.get(row.name.toLowerCase());
  const generated = row.hidden === 2 || row.hidden === 3;
  // pragma_table_xinfo leaves "GENERATED ALWAYS" at the end of the type.
  const type = generated ? row.type.replace(/\s*GENERATED ALWAYS$/i, '') : row.type;
  const logical: LogicalType = parseType(type);
  const collation = details?.collation ?? null;
  return {
    name: row.name,
    native: [type, details?.autoincrement ? 'AUTOINCREMENT' : '', collation ? `COLLATE ${collation}` : '']
      .filter((word) => word !== '')
      .join(' '),
    logical,
    nullable: !(row.notnull || isRowid || (row.pk > 0 && (table.wr || table.strict))),
    default: row.dflt_value === null || generated ? null : parseDefault(row.dflt_value, logical),
    identity: isRowid ? { always: false, next } : null,
    generated: generated ? { expression: details?.generated ?? '', stored: row.hidden === 3 } : null,
    touchedOnUpdate: false,
    collation,
    caseSensitive: logical.kind === 'text' ? collation?.toUpperCase() !== 'NOCASE' : null,
    comment: null,
  };
}
