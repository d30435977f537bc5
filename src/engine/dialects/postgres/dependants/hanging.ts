// What the files of this folder share: the tables whose dependants are asked for, and each dependant as statements.

import type pg from 'pg';
import { literal, quote } from '../syntax.ts';

/** Statements name everything with its schema: they mean the same whichever tables stand there. */
export interface Hanging {
  /** The table that it hangs on; of several the first. */
  readonly table: string;
  /** `view public.v` */
  readonly object: string;
  /** Take it off the table that goes. */
  readonly off: readonly string[];
  /** Put it onto the table that comes, by the same name. */
  readonly on: readonly string[];
}

/** Tables of a schema, by name. */
export interface Going {
  readonly schema: string;
  readonly tables: readonly string[];
  /** Those that nothing replaces: what is theirs goes with them. */
  readonly leaving: readonly string[];
  /** Schema of those that take their places. */
  readonly from: string;
  readonly version: number;
}

/** `select` gives `"table"`, `object`, and arrays of statements `off` and `on`, in which NULLs count for nothing. */
export async function hangingIn(client: pg.Client, going: Going, select: string): Promise<Hanging[]> {
  const { rows } = await client.query<{ table: string; object: string; off: string; on: string }>(
    `WITH t AS (
       SELECT c.oid, c.relname, format('%I.%I', n.nspname, c.relname) AS name, c.relrowsecurity, c.relforcerowsecurity, c.relreplident
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relnamespace = to_regnamespace(${literal(quote(going.schema))}) AND c.relkind IN ('r', 'p') AND c.relname = ANY ($1)),
     leaving AS (SELECT oid FROM pg_class WHERE relnamespace = to_regnamespace(${literal(quote(going.schema))}) AND relname = ANY ($2))
     SELECT "table", object, to_json(array_remove("off", NULL))::text AS "off", to_json(array_remove("on", NULL))::text AS "on"
     FROM (${select}) AS found ORDER BY object, "table"`,
    [going.tables, going.leaving],
  );
  return rows.map(({ table, object, off, on }) => ({
    table,
    object,
    off: JSON.parse(off) as string[],
    on: JSON.parse(on) as string[],
  }));
}

/** The statement that gives a comment again; NULL where there is none. `what` is SQL for the name of the object. */
export function comment(what: string, oid: string, catalogue: string): string {
  return `CASE WHEN obj_description(${oid}, '${catalogue}') IS NOT NULL
    THEN format('COMMENT ON %s IS %L', ${what}, obj_description(${oid}, '${catalogue}')) END`;
}

/** The first of the tables that an object depends on. */
export function firstTable(catalogue: string, oid: string): string {
  return `(SELECT min(t.relname) FROM t JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
    WHERE d.classid = '${catalogue}'::regclass AND d.objid = ${oid})`;
}
