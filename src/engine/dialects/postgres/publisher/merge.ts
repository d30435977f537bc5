// Rows into tables that stand there, and out again: PostgreSQL's words for it, its locks, and its sequences.

import type pg from 'pg';
import { DroverError } from '../../../../shared/errors.ts';
import { type MergeWays, mergeIn } from '../../merging.ts';
import { changedRows, takeOut } from '../../merging-out.ts';
import {
  changedSince as changedSinceError,
  noWayBack,
  orphaned,
  parentGone,
  uniqueBroken,
} from '../../merging-refusals.ts';
import { strandedBy } from '../../merging-stranded.ts';
import type { MergeWords } from '../../merging-words.ts';
import type { MergedTable, MergeIn, Publication, PublishOptions, Stranded } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import type { Link } from '../connection.ts';
import { ddl } from '../ddl.ts';
import { type Hanging, hangingIn } from '../dependants/hanging.ts';
import { INNER_KEYS } from '../dependants/outside-keys.ts';
import { causeOf, isLocked, isLost, type ServerError } from '../errors.ts';
import { addedSchema, backupRemark, backupSchema, mergedTable, stagingSchema } from '../namespace.ts';
import { literal, qualified, quote } from '../syntax.ts';
import { advance, type Change, type Numbers, numbersOf, restoreNumbers } from './merge-numbers.ts';
import { dropIfEmpty } from './move.ts';

/** Inside the publishing transaction. Throws `publish.key-stands`, `publish.failed`. */
export async function mergeRows(
  { client, server, connection: { schema } }: Link,
  run: RunIdentity,
  { merges, late }: Publication,
  { locked }: PublishOptions,
): Promise<void> {
  if (merges.length === 0) return;
  const words = wordsFor(client, run, schema);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(backupSchema(run))}`);
  await client.query(`COMMENT ON SCHEMA ${quote(backupSchema(run))} IS ${literal(backupRemark(schema))}`);
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(addedSchema(run))}`);
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${mergedTable(run)} (table_name text PRIMARY KEY, before bigint NOT NULL,
       added bigint NOT NULL, updated bigint NOT NULL, skipped bigint NOT NULL, removed bigint NOT NULL, after bigint NOT NULL,
       numbers text NOT NULL)`,
  );
  await lockStanding(client, schema, merges);
  // Where the tables' own foreign keys allow it, rows may come in any order.
  await client.query('SET CONSTRAINTS ALL DEFERRED');
  const before = new Map<string, Numbers[]>();
  for (const merge of merges) {
    const numbers = await numbersOf(client, schema, merge);
    before.set(merge.table, numbers);
    // A sequence behind the numbers that stand there would give them out again.
    if (merge.keyHandedOut) for (const each of numbers) await advance(client, schema, merge.table, each);
    for (const role of ['before', 'after'] as const) {
      const like = words.reference(merge.table, 'standing');
      for (const sql of words.createFrom(words.reference(merge.table, role), like, merge.all, merge.key)) {
        await client.query(sql);
      }
    }
    await client.query(`ANALYZE ${words.reference(merge.table, 'staged')}`);
  }
  await locked?.();
  const unbound = await unbind(client, server, schema, merges);
  for (const done of await mergeIn(words, merges, WAYS)) {
    const { table, before: rows, added, updated, skipped, removed, after } = done;
    await client.query(`INSERT INTO ${mergedTable(run)} VALUES ($1, $2, $3, $4, $5, $6, $7, '[]')`, [
      table,
      rows,
      added,
      updated,
      skipped,
      removed,
      after,
    ]);
  }
  // A table with checks that are still to come can't be altered.
  await telling(merges[0]!.table, () => client.query('SET CONSTRAINTS ALL IMMEDIATE'));
  await telling(merges[0]!.table, () => bind(client, unbound));
  for (const table of late) {
    for (const { sql } of ddl.relate(table, server, null)) await telling(table.name, () => client.query(sql));
  }
  // Last, because no transaction takes a sequence back.
  for (const merge of merges) {
    const numbers: Change[] = [];
    for (const each of before.get(merge.table)!) {
      await advance(client, schema, merge.table, each);
      const [left] = (await numbersOf(client, schema, merge)).filter(({ column }) => column === each.column);
      numbers.push({ ...each, left: left!.last, leftCalled: left!.called });
    }
    await client.query(`UPDATE ${mergedTable(run)} SET numbers = $1 WHERE table_name = $2`, [
      JSON.stringify(numbers),
      merge.table,
    ]);
  }
}

/** Inside the transaction that takes the run back; children first. */
export async function takeRowsOut(
  { client, server, connection: { schema } }: Link,
  run: RunIdentity,
  merges: readonly MergeIn[],
  keepNewer: boolean,
): Promise<void> {
  if (merges.length === 0) return;
  const words = wordsFor(client, run, schema);
  await lockStanding(client, schema, merges);
  await client.query('SET CONSTRAINTS ALL DEFERRED');
  if (!keepNewer) await refuseChanged(words, merges);
  for (const merge of merges) {
    if (keepNewer && (await changedRows(words, merge)) > 0) {
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(stagingSchema(run))}`);
      const staged = words.reference(merge.table, 'staged');
      await client.query(`DROP TABLE IF EXISTS ${staged}`);
      for (const sql of words.createFrom(staged, words.reference(merge.table, 'standing'), merge.all, [])) {
        await client.query(sql);
      }
    }
  }
  const unbound = await unbind(client, server, schema, merges);
  await takeOut(words, merges, keepNewer).catch(comingBack);
  await client.query('SET CONSTRAINTS ALL IMMEDIATE').catch(comingBack);
  await bind(client, unbound);
  await restoreNumbers(client, run);
  for (const { table } of merges) {
    await client.query(`DROP TABLE ${words.reference(table, 'before')}, ${words.reference(table, 'after')}`);
  }
  await client.query(`DROP TABLE ${mergedTable(run)}`);
  await dropIfEmpty(client, backupSchema(run));
  await dropIfEmpty(client, addedSchema(run));
}

const WAYS: MergeWays = {
  around: (merge, _, work) => telling(merge.table, work),
  reversing: (work) =>
    work().catch((error) => {
      // Others in the way are waited for, and a lost line says nothing of the way back.
      if (isLocked(error) || isLost(error)) throw error;
      throw noWayBack(error instanceof DroverError ? error.message : causeOf(error as ServerError));
    }),
};

/** Where rows of refilled tables refer to each other, their keys are taken off meanwhile: they allow no order of all. */
async function unbind(
  client: pg.Client,
  { versionNumber: version }: Link['server'],
  schema: string,
  merges: readonly MergeIn[],
): Promise<Hanging[]> {
  if (!merges.some(({ refills }) => refills)) return [];
  const tables = merges.map(({ table }) => table);
  const going = { schema, tables, leaving: [], from: schema, version };
  const keys = await hangingIn(client, going, INNER_KEYS);
  for (const sql of keys.flatMap(({ off }) => off)) await client.query(sql);
  return keys;
}

/** On again, and held to every row. */
async function bind(client: pg.Client, keys: readonly Hanging[]): Promise<void> {
  for (const sql of keys.flatMap(({ on }) => on)) await client.query(sql);
}

/** They would keep the rows that they refer to, or go with them. */
export async function dropLateKeys(client: pg.Client, schema: string, { late }: Publication): Promise<void> {
  for (const { name, foreignKeys } of late) {
    for (const key of foreignKeys) {
      await client.query(`ALTER TABLE ${qualified(schema, name)} DROP CONSTRAINT IF EXISTS ${quote(key.name)}`);
    }
  }
}

export async function merged(client: pg.Client, run: RunIdentity): Promise<MergedTable[]> {
  const known = await client.query<{ table: string | null }>(
    `SELECT to_regclass(${literal(mergedTable(run))}) AS "table"`,
  );
  if (known.rows[0]?.table == null) return [];
  const { rows } = await client.query<Record<string, string>>(`SELECT * FROM ${mergedTable(run)} ORDER BY table_name`);
  return rows.map((row) => ({
    table: row.table_name!,
    before: Number(row.before),
    added: Number(row.added),
    updated: Number(row.updated),
    skipped: Number(row.skipped),
    removed: Number(row.removed ?? 0),
    after: Number(row.after),
  }));
}

export async function changedSince(
  client: pg.Client,
  run: RunIdentity,
  schema: string,
  merges: readonly MergeIn[],
): Promise<{ table: string; rows: number }[]> {
  const words = wordsFor(client, run, schema);
  const changed: { table: string; rows: number }[] = [];
  for (const merge of merges) {
    const rows = await changedRows(words, merge);
    if (rows > 0) changed.push({ table: merge.table, rows });
  }
  return changed;
}

/** Rows outside that refer to what the staged rows lack. */
export function strandedRows(
  client: pg.Client,
  run: RunIdentity,
  schema: string,
  merges: readonly MergeIn[],
): Promise<Stranded[]> {
  return strandedBy(wordsFor(client, run, schema), merges);
}

async function refuseChanged(words: MergeWords, merges: readonly MergeIn[]): Promise<void> {
  const changed: { table: string; rows: number }[] = [];
  for (const merge of merges) {
    const rows = await changedRows(words, merge);
    if (rows > 0) changed.push({ table: merge.table, rows });
  }
  if (changed.length > 0) throw changedSinceError(changed);
}

function wordsFor(client: pg.Client, run: RunIdentity, schema: string): MergeWords {
  const schemas = { standing: schema, staged: stagingSchema(run), before: backupSchema(run), after: addedSchema(run) };
  const row = (alias: string, columns: readonly string[]) =>
    `ROW(${columns.map((column) => `${alias}.${quote(column)}`).join(', ')})::record`;
  return {
    quote,
    reference: (table, role) => qualified(schemas[role], table),
    // The images of the rows: also for types without equality, and 1.0 is not 1.00.
    sameRow: (a, b, columns) => `${row(a, columns)} *= ${row(b, columns)}`,
    remove: (table, alias, condition) => `DELETE FROM ${table} ${alias} WHERE ${condition}`,
    update: (into, from, columns, condition) =>
      `UPDATE ${into} t SET ${columns.map((column) => `${quote(column)} = s.${quote(column)}`).join(', ')}
       FROM ${from} s WHERE ${condition}`,
    overriding: ' OVERRIDING SYSTEM VALUE',
    latest: '',
    createFrom: (made, like, columns, key) => [
      `CREATE TABLE ${made} AS SELECT ${columns.map(quote).join(', ')} FROM ${like} WITH NO DATA`,
      ...(key.length > 0 ? [`ALTER TABLE ${made} ADD PRIMARY KEY (${key.map(quote).join(', ')})`] : []),
    ],
    ask: async (sql) => (await client.query(sql)).rows,
  };
}

/**
 * Readers go on; whoever wants to write waits until the counts are committed. So does who writes into tables that refer to
 * rows which go: a key may take their rows along.
 */
async function lockStanding(client: pg.Client, schema: string, merges: readonly MergeIn[]): Promise<void> {
  const tables = merges.flatMap(({ table, refills, referrers }) => [
    table,
    ...(refills ? referrers.map((each) => each.table) : []),
  ]);
  const references = [...new Set(tables)].map((table) => qualified(schema, table)).sort();
  await client.query(`LOCK TABLE ${references.join(', ')} IN SHARE ROW EXCLUSIVE MODE`);
}

const UNIQUE = /^(23505|23P01)$/;
const FOREIGN_KEY = '23503';

/** A row that comes back, and what it refers to is gone. */
function comingBack(thrown: unknown): never {
  const error = thrown as ServerError & { readonly table?: string };
  if (error.code === FOREIGN_KEY) throw parentGone(error.table ?? 'the target', causeOf(error));
  throw thrown;
}

async function telling<T>(table: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = thrown as ServerError;
    if (UNIQUE.test(error.code ?? '')) throw uniqueBroken(table, causeOf(error));
    if (error.code === FOREIGN_KEY) throw orphaned(table, causeOf(error));
    throw thrown;
  }
}
