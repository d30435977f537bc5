// Primary keys, unique constraints and checks.

import type pg from 'pg';
import type { Check, Key } from '../../../../shared/model/catalog.ts';
import type { Server } from '../../../../shared/model/connection.ts';
import { NULLS_NOT_DISTINCT } from '../capabilities.ts';
import { columnNames, names, rowsOf, tablesCte } from './catalogue.ts';

export interface TableKeys {
  primaryKey: Key | null;
  readonly uniques: Key[];
  readonly checks: Check[];
}

const NOT_ENFORCED = 180_000;

export async function readKeysAndChecks(
  client: pg.Client,
  schema: string,
  server: Server,
): Promise<Map<string, TableKeys>> {
  const enforced = server.versionNumber >= NOT_ENFORCED ? 'AND k.conenforced' : '';
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)}
     SELECT t.oid, k.conname AS name, k.contype AS kind, ${columnNames('t.oid', 'k.conkey')} AS columns,
       CASE WHEN k.contype = 'c' THEN pg_get_expr(k.conbin, k.conrelid) END AS expression,
       k.convalidated AS validated
     FROM t JOIN pg_constraint k ON k.conrelid = t.oid
     WHERE (k.contype = 'p' OR k.contype = 'c' ${enforced} OR k.contype = 'u' AND ${isPlainUnique('k.conindid', server)})
     ORDER BY t.relname, k.conname`,
  );
  const keys = new Map<string, TableKeys>();
  for (const row of rows) {
    const of = keys.get(row.oid!) ?? { primaryKey: null, uniques: [], checks: [] };
    keys.set(row.oid!, of);
    const key = { name: row.name!, columns: names(row.columns!) };
    if (row.kind === 'p') of.primaryKey = key;
    else if (row.kind === 'u') of.uniques.push(key);
    else
      of.checks.push({
        name: row.name!,
        expression: row.expression!,
        ...(row.validated === 't' ? {} : { validated: false }),
      });
  }
  return keys;
}

/** A unique constraint that is no more than its columns; one with INCLUDE or NULLS NOT DISTINCT is told as its index. */
export function isPlainUnique(index: string, server: Server): string {
  const distinct = server.versionNumber >= NULLS_NOT_DISTINCT ? 'AND NOT plain.indnullsnotdistinct' : '';
  return `EXISTS (SELECT 1 FROM pg_index plain
    WHERE plain.indexrelid = ${index} AND plain.indnkeyatts = plain.indnatts ${distinct})`;
}
