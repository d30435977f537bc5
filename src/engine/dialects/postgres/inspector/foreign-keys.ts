// Foreign keys: composite, to the table itself, to other schemas.

import type pg from 'pg';
import type { ForeignKey, ReferentialAction } from '../../../../shared/model/catalog.ts';
import type { Server } from '../../../../shared/model/connection.ts';
import { byTable, columnNames, names, rowsOf, tablesCte } from './catalogue.ts';

const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
};

const NOT_ENFORCED = 180_000;

export async function readForeignKeys(
  client: pg.Client,
  schema: string,
  server: Server,
): Promise<Map<string, ForeignKey[]>> {
  const enforced = server.versionNumber >= NOT_ENFORCED ? 'AND k.conenforced' : '';
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)}
     SELECT t.oid, k.conname AS name, ${columnNames('k.conrelid', 'k.conkey')} AS columns,
       CASE WHEN f.relnamespace <> t.relnamespace THEN n.nspname END AS schema, f.relname AS "table",
       ${columnNames('k.confrelid', 'k.confkey')} AS referenced,
       k.confdeltype AS ondelete, k.confupdtype AS onupdate, k.condeferrable AS "deferrable",
       k.condeferred AS deferred,
       k.convalidated AS validated
     FROM t
     JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' AND k.conparentid = 0 ${enforced}
     JOIN pg_class f ON f.oid = k.confrelid
     JOIN pg_namespace n ON n.oid = f.relnamespace
     ORDER BY t.relname, k.conname`,
  );
  return byTable(rows, (row) => ({
    name: row.name!,
    columns: names(row.columns!),
    references: { schema: row.schema!, table: row.table!, columns: names(row.referenced!) },
    onDelete: ACTIONS[row.ondelete!] ?? 'no action',
    onUpdate: ACTIONS[row.onupdate!] ?? 'no action',
    deferrable: row.deferrable === 't',
    ...(row.deferred === 't' ? { initiallyDeferred: true } : {}),
    ...(row.validated === 't' ? {} : { validated: false }),
  }));
}
