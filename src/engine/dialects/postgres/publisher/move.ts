// Moves tables between schemas inside one transaction, with what must follow them: partitions, owner and grants.

import type pg from 'pg';
import type { Move } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import { tablesOutside } from '../dependants/outside-keys.ts';
import { tablesOf } from '../kept.ts';
import { backupRemark, backupSchema, stagingSchema } from '../namespace.ts';
import { literal, qualified, quote } from '../syntax.ts';

/** All that `moveIn` moves, with the tables outside whose foreign keys lead there. */
export async function lockMoved(
  client: pg.Client,
  run: RunIdentity,
  schema: string,
  moves: readonly Move[],
): Promise<void> {
  await lockExchange(client, schema, moves, { made: stagingSchema(run), old: schema });
}

/** Old tables out to the backup schema, new ones in; the new ones get the owner and the grants of the old. */
export async function moveIn(
  client: pg.Client,
  run: RunIdentity,
  schema: string,
  moves: readonly Move[],
): Promise<void> {
  const staging = stagingSchema(run);
  const backup = backupSchema(run);
  const replaced = replacedOf(moves);
  if (replaced.length > 0) {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(backup)}`);
    await client.query(`COMMENT ON SCHEMA ${quote(backup)} IS ${literal(backupRemark(schema))}`);
  }
  await setSchema(client, schema, backup, replaced);
  const all = moves.map(({ table }) => table);
  await setSchema(client, staging, schema, all);
  await copyRights(client, backup, schema, replaced);
  await grantDefaults(
    client,
    schema,
    all.filter((table) => !replaced.includes(table)),
  );
}

/** The reverse of `lockMoved`, for `moveOut`. */
export async function lockMovedBack(
  client: pg.Client,
  run: RunIdentity,
  schema: string,
  moves: readonly Move[],
): Promise<void> {
  await lockExchange(client, schema, moves, { made: schema, old: backupSchema(run) });
}

/** The reverse of `moveIn`. */
export async function moveOut(
  client: pg.Client,
  run: RunIdentity,
  schema: string,
  moves: readonly Move[],
): Promise<void> {
  const staging = stagingSchema(run);
  const backup = backupSchema(run);
  const replaced = replacedOf(moves);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(staging)}`);
  const all = moves.map(({ table }) => table);
  await setSchema(client, schema, staging, all);
  await setSchema(client, backup, schema, replaced);
  await dropIfEmpty(client, backup);
}

/** Those of the moves that are not taken back yet. */
export async function stillIn(client: pg.Client, run: RunIdentity, moves: readonly Move[]): Promise<Move[]> {
  const out = new Set(await tablesOf(client, stagingSchema(run)));
  return moves.filter(({ table }) => !out.has(table));
}

/** Where some tables went out without the others: a key that led to one which stays would hold its rows for nobody. */
export async function dropKeysToStanding(client: pg.Client, run: RunIdentity, schema: string): Promise<void> {
  const staging = stagingSchema(run);
  const { rows } = await client.query<{ table: string; key: string }>(
    `SELECT c.relname AS "table", k.conname AS key
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
     WHERE k.contype = 'f' AND k.conparentid = 0 AND c.relnamespace = ${literal(quote(staging))}::regnamespace
       AND r.relnamespace = ${literal(quote(schema))}::regnamespace`,
  );
  for (const { table, key } of rows) {
    await client.query(`ALTER TABLE ${qualified(staging, table)} DROP CONSTRAINT ${quote(key)}`);
  }
}

export function replacedOf(moves: readonly Move[]): string[] {
  return moves.filter(({ replaces }) => replaces).map(({ table }) => table);
}

/** Where the new tables and the old ones stand before it. */
async function lockExchange(
  client: pg.Client,
  schema: string,
  moves: readonly Move[],
  at: { readonly made: string; readonly old: string },
): Promise<void> {
  const old = replacedOf(moves);
  await lockTables(client, [
    ...moves.map(({ table }) => qualified(at.made, table)),
    ...old.map((table) => qualified(at.old, table)),
    ...(await tablesOutside(client, schema, old)),
  ]);
}

/** All at once and in one order, so that two publishers can't wait for each other. */
async function lockTables(client: pg.Client, references: readonly string[]): Promise<void> {
  if (references.length === 0) return;
  await client.query(`LOCK TABLE ${[...references].sort().join(', ')} IN ACCESS EXCLUSIVE MODE`);
}

export async function dropIfEmpty(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ empty: string }>(
    `SELECT NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid) AS empty FROM pg_namespace n WHERE nspname = $1`,
    [schema],
  );
  if (rows[0]?.empty === 't') await client.query(`DROP SCHEMA ${quote(schema)}`);
}

/** Indexes, constraints, triggers and owned sequences go along by themselves; partitions do not. */
async function setSchema(client: pg.Client, from: string, to: string, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  const { rows } = await client.query<{ name: string }>(
    `SELECT DISTINCT p.relname AS name
     FROM pg_class c
     JOIN pg_namespace n ON n.oid = c.relnamespace
     CROSS JOIN LATERAL pg_partition_tree(c.oid) t
     JOIN pg_class p ON p.oid = t.relid AND p.oid <> c.oid AND p.relnamespace = c.relnamespace
     WHERE c.relkind = 'p' AND n.nspname = $1 AND c.relname = ANY ($2)`,
    [from, tables],
  );
  const all = [...tables, ...rows.map(({ name }) => name)];
  await client.query(all.map((table) => `ALTER TABLE ${qualified(from, table)} SET SCHEMA ${quote(to)}`).join(';\n'));
}

/** Owner and grants (those on columns and their sequences too) of the tables in `from`, given to their namesakes in `to`. */
async function copyRights(client: pg.Client, from: string, to: string, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  const { rows } = await client.query<{ sql: string }>(
    `WITH pair AS (
       SELECT o.oid AS old, n.oid AS new, o.relname AS name, o.relowner AS owner, n.relowner AS newowner,
         o.relacl AS acl, n.relacl AS newacl, ${literal(quote(to))} || '.' || quote_ident(n.relname) AS reference
       FROM pg_class o JOIN pg_class n ON n.relname = o.relname
       WHERE o.relnamespace = ${literal(quote(from))}::regnamespace AND n.relnamespace = ${literal(quote(to))}::regnamespace
         AND o.relname = ANY ($1)),
     statement AS (
       SELECT 1 AS place, format('ALTER TABLE %s OWNER TO %I', reference, pg_get_userbyid(owner)) AS sql
       FROM pair WHERE owner <> newowner
       UNION ALL
       SELECT 2, format('REVOKE ALL ON %s FROM %s', reference, ${GRANTEE})
       FROM pair CROSS JOIN LATERAL aclexplode(newacl) g
       UNION ALL
       SELECT 3, format('GRANT %s ON %s TO %s%s', g.privilege_type, reference, ${GRANTEE}, ${GRANTABLE})
       FROM pair CROSS JOIN LATERAL aclexplode(acl) g
       UNION ALL
       SELECT 4, format('GRANT %s (%I) ON %s TO %s%s', g.privilege_type, a.attname, reference, ${GRANTEE}, ${GRANTABLE})
       FROM pair
       JOIN pg_attribute a ON a.attrelid = pair.old AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_attribute b ON b.attrelid = pair.new AND b.attname = a.attname AND NOT b.attisdropped
       CROSS JOIN LATERAL aclexplode(a.attacl) g
       UNION ALL
       SELECT 5, format('GRANT %s ON SEQUENCE %s TO %s%s', g.privilege_type, s.name, ${GRANTEE}, ${GRANTABLE})
       FROM pair
       JOIN pg_attribute a ON a.attrelid = pair.old AND a.attnum > 0 AND NOT a.attisdropped
       JOIN pg_attribute b ON b.attrelid = pair.new AND b.attname = a.attname AND NOT b.attisdropped
       JOIN ${OWNED} o ON o.refobjid = a.attrelid AND o.refobjsubid = a.attnum
       JOIN ${OWNED} s ON s.refobjid = b.attrelid AND s.refobjsubid = b.attnum
       CROSS JOIN LATERAL aclexplode(o.acl) g)
     SELECT sql FROM statement ORDER BY place, sql`,
    [tables],
  );
  if (rows.length > 0) await client.query(rows.map(({ sql }) => sql).join(';\n'));
}

/** What ALTER DEFAULT PRIVILEGES says of new tables in this schema: they were made in another one. */
async function grantDefaults(client: pg.Client, schema: string, tables: readonly string[]): Promise<void> {
  if (tables.length === 0) return;
  const { rows } = await client.query<{ sql: string }>(
    `WITH made AS (
       SELECT 'r' AS kind, c.relowner AS owner, 'TABLE ' || format('%I.%I', n.nspname, c.relname) AS object, c.oid
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND c.relname = ANY ($2)),
     object AS (
       SELECT kind, owner, object FROM made
       UNION ALL
       SELECT 'S', owner, 'SEQUENCE ' || s.name FROM made JOIN ${OWNED} s ON s.refobjid = made.oid)
     SELECT format('GRANT %s ON %s TO %s%s', g.privilege_type, object, ${GRANTEE}, ${GRANTABLE}) AS sql
     FROM object
     JOIN pg_default_acl d ON d.defaclrole = owner AND d.defaclobjtype::text = kind AND d.defaclnamespace = ${literal(quote(schema))}::regnamespace
     CROSS JOIN LATERAL aclexplode(d.defaclacl) g ORDER BY 1`,
    [schema, tables],
  );
  if (rows.length > 0) await client.query(rows.map(({ sql }) => sql).join(';\n'));
}

const GRANTEE = `CASE g.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(g.grantee)) END`;
const GRANTABLE = `CASE WHEN g.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END`;
/** Sequences that go with a column. */
const OWNED = `(SELECT d.refobjid, d.refobjsubid, q.relacl AS acl, format('%I.%I', n.nspname, q.relname) AS name
  FROM pg_depend d JOIN pg_class q ON q.oid = d.objid AND q.relkind = 'S' JOIN pg_namespace n ON n.oid = q.relnamespace
  WHERE d.classid = 'pg_class'::regclass AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i'))`;
