// What the catalogue queries share: which relations count as tables, and rows grouped by their table.

import type pg from 'pg';
import { literal } from '../syntax.ts';

export type Row = Readonly<Record<string, string | null>>;

/**
 * Ordinary tables and partitioned roots of the schema, as the CTE `t`. Partitions belong to their root,
 * and tables of an extension to the extension.
 */
export function tablesCte(schema: string): string {
  return `WITH t AS MATERIALIZED (
    SELECT c.oid, c.relname, c.relkind, c.reltuples, c.relnamespace, c.relhassubclass
    FROM pg_class c
    JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ${literal(schema)} AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND NOT ${isExtensionMember('pg_class', 'c.oid')})`;
}

export function isExtensionMember(catalogue: string, oid: string): string {
  return `EXISTS (SELECT 1 FROM pg_depend e
    WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype = 'e')`;
}

/** The names of the columns whose numbers stand in `numbers`, in that order, as a JSON array. */
export function columnNames(relation: string, numbers: string): string {
  return `(SELECT coalesce(json_agg(a.attname ORDER BY listed.place), '[]') FROM unnest(${numbers}) WITH ORDINALITY listed (number, place)
    JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = listed.number)`;
}

export function names(json: string | null): string[] {
  return json === null ? [] : (JSON.parse(json) as string[]);
}

export async function rowsOf(client: pg.Client, sql: string): Promise<Row[]> {
  return (await client.query<Record<string, string | null>>(sql)).rows;
}

/** Groups rows by the table's oid in the column `oid`. */
export function byTable<T>(rows: readonly Row[], make: (row: Row) => T): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) {
    const group = groups.get(row.oid!);
    if (group) group.push(make(row));
    else groups.set(row.oid!, [make(row)]);
  }
  return groups;
}
