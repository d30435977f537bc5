// Columns of all tables: types, defaults, identity, generated expressions, collations, comments.

import type { Column } from '../../../../shared/model/catalog.ts';
import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { Link, Row } from '../connection.ts';
import { parseDefault } from '../defaults.ts';
import { plainExpression } from '../expression-text.ts';
import { parseType } from '../type-parse.ts';

/** `json` names the columns that MariaDB holds to JSON by a check; `next` the next number of tables that count. */
export async function readColumns(
  link: Link,
  json: ReadonlyMap<string, ReadonlySet<string>>,
  next: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Column[]>> {
  const { server, database } = link;
  // Reference systems belong to columns in MySQL only.
  const srid = server.variant === 'MySQL' ? 'c.SRS_ID' : 'NULL';
  const rows = await link.query(
    `SELECT c.TABLE_NAME AS tab, c.COLUMN_NAME AS name, c.COLUMN_TYPE AS type, c.IS_NULLABLE AS nullable,
       c.COLUMN_DEFAULT AS preset, c.EXTRA AS extra, c.COLLATION_NAME AS collation, c.COLUMN_COMMENT AS comment,
       c.GENERATION_EXPRESSION AS expression, ${srid} AS srid
     FROM information_schema.COLUMNS c WHERE c.TABLE_SCHEMA = ? ORDER BY c.ORDINAL_POSITION`,
    [database],
  );
  const columns = new Map<string, Column[]>();
  for (const row of rows) {
    const table = String(row.tab);
    const isJson = json.get(table)?.has(String(row.name)) ?? false;
    const list = columns.get(table) ?? [];
    list.push(columnOf(row, isJson, next.get(table) ?? null, link));
    columns.set(table, list);
  }
  return columns;
}

function columnOf(row: Row, isJson: boolean, next: string | null, { server }: Link): Column {
  const type = text(row.type);
  const native = isJson && type === 'longtext' ? 'json' : row.srid == null ? type : `${type} srid ${text(row.srid)}`;
  const logical: LogicalType = parseType(native) ?? { kind: 'opaque', native };
  const extra = text(row.extra);
  const expression = text(row.expression);
  const generated = expression !== '' && /\b(VIRTUAL|STORED|PERSISTENT)\b/i.test(extra);
  const collation = row.collation === null || logical.kind === 'json' ? null : text(row.collation);
  const identity = /\bauto_increment\b/i.test(extra);
  return {
    name: text(row.name),
    native,
    logical,
    nullable: row.nullable === 'YES',
    default:
      generated || identity
        ? null
        : parseDefault(row.preset === null ? null : text(row.preset), extra, server.variant, logical),
    // An empty table that never counted begins with 1.
    identity: identity ? { always: false, next: next ?? '1' } : null,
    generated: generated
      ? { expression: plainExpression(expression, server.variant), stored: /\b(STORED|PERSISTENT)\b/i.test(extra) }
      : null,
    touchedOnUpdate: /\bon update current_timestamp/i.test(extra),
    collation,
    caseSensitive: collation === null ? null : !/_ci$/.test(collation),
    comment: text(row.comment) || null,
  };
}

/** Some catalogue columns come as bytes. */
function text(value: unknown): string {
  return value == null ? '' : Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
}
