// Foreign keys of tables that stay and refer to one that goes, and the rows that they would find without a parent.

import type pg from 'pg';
import { shownValue } from '../../merging-refusals.ts';
import type { Stranded } from '../../publishing.ts';
import { literal, quote } from '../syntax.ts';
import { comment } from './hanging.ts';

const leadingHere = (from: string) => `
  FROM t JOIN pg_constraint k ON k.confrelid = t.oid AND k.contype = 'f' AND k.conparentid = 0 AND k.conrelid ${from} (SELECT oid FROM t)
  JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace`;
const OUTSIDE = leadingHere('NOT IN');

/**
 * NOT VALID where it was so, else validated in a statement of its own. Of a partitioned table every key is valid from the
 * start.
 */
const OFF_AND_ON = `
  SELECT t.relname AS "table", format('foreign key %s of %s.%s', k.conname, n.nspname, c.relname) AS object,
    ARRAY[format('ALTER TABLE %I.%I DROP CONSTRAINT %I', n.nspname, c.relname, k.conname)] AS "off",
    ARRAY[format('ALTER TABLE %I.%I ADD CONSTRAINT %I %s%s', n.nspname, c.relname, k.conname, pg_get_constraintdef(k.oid),
        CASE WHEN k.convalidated AND c.relkind = 'r' THEN ' NOT VALID' ELSE '' END),
      CASE WHEN k.convalidated AND c.relkind = 'r' THEN format('ALTER TABLE %I.%I VALIDATE CONSTRAINT %I', n.nspname, c.relname, k.conname) END,
      ${comment("format('CONSTRAINT %I ON %I.%I', k.conname, n.nspname, c.relname)", 'k.oid', 'pg_constraint')}] AS "on"`;
export const OUTSIDE_KEYS = `${OFF_AND_ON} ${OUTSIDE} WHERE k.conrelid NOT IN (SELECT oid FROM leaving)`;
/** Keys from one of the tables to another, or to itself. */
export const INNER_KEYS = `${OFF_AND_ON} ${leadingHere('IN')}`;

/** Tables that have such keys, for a lock beforehand: those that this role may lock. */
export async function tablesOutside(client: pg.Client, schema: string, tables: readonly string[]): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    `${named(schema)} SELECT DISTINCT format('%I.%I', n.nspname, c.relname) AS name ${OUTSIDE} WHERE pg_has_role(c.relowner, 'USAGE')`,
    [tables],
  );
  return rows.map(({ name }) => name);
}

/** By the tables of `staging` that will take the places of those in `schema`. */
export async function strandedIn(
  client: pg.Client,
  schema: string,
  staging: string,
  tables: readonly string[],
): Promise<Stranded[]> {
  const { rows } = await client.query<Key>(
    `${named(schema)}
     SELECT k.conname AS key, c.relname AS "table", t.relname AS "references", format('%I.%I', n.nspname, c.relname) AS child,
       CASE WHEN c.relkind = 'r' THEN 'ONLY ' ELSE '' END AS only,
       (SELECT json_agg(json_build_array(a.attname, b.attname) ORDER BY place)::text
        FROM unnest(k.conkey, k.confkey) WITH ORDINALITY pair (own, other, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = own
        JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = other) AS pairs
     ${OUTSIDE} WHERE k.convalidated ORDER BY 2, 1`,
    [tables],
  );
  const found: Stranded[] = [];
  for (const key of rows) {
    const counted = await countStranded(client, key, staging);
    if (counted.rows > 0) found.push({ key: key.key, table: key.table, references: key.references, ...counted });
  }
  return found;
}

interface Key {
  readonly key: string;
  readonly table: string;
  readonly references: string;
  readonly child: string;
  readonly only: string;
  /** Columns of the key with those that they refer to, as JSON. */
  readonly pairs: string;
}

async function countStranded(
  client: pg.Client,
  { references, child, only, pairs }: Key,
  staging: string,
): Promise<Pick<Stranded, 'rows' | 'example'>> {
  const columns = JSON.parse(pairs) as (readonly [own: string, other: string])[];
  const whole = columns.map(([own]) => `o.${quote(own)} IS NOT NULL`).join(' AND ');
  const match = columns.map(([own, other]) => `n.${quote(other)} = o.${quote(own)}`).join(' AND ');
  const { rows } = await client.query<Record<string, string>>(
    `SELECT count(*) OVER () AS "rows", ${columns.map(([own], i) => `o.${quote(own)}::text AS c${i}`).join(', ')}
     FROM ${only}${child} o
     WHERE ${whole} AND NOT EXISTS (SELECT FROM ${quote(staging)}.${quote(references)} n WHERE ${match}) LIMIT 1`,
  );
  const [first] = rows;
  if (!first) return { rows: 0, example: '' };
  const example = columns.map(([own], i) => `${own} ${shownValue(first[`c${i}`])}`).join(', ');
  return { rows: Number(first.rows), example };
}

function named(schema: string): string {
  return `WITH t AS (SELECT oid, relname FROM pg_class
    WHERE relnamespace = to_regnamespace(${literal(quote(schema))}) AND relkind IN ('r', 'p') AND relname = ANY ($1))`;
}
