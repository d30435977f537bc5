// Rows into tables that stand there, and out again, in MySQL's and MariaDB's words. Tables of the run's own are made
// before, because every DDL statement commits; the rows, their record and the control row go in one transaction.

import { setTimeout as sleep } from 'node:timers/promises';
import { DroverError } from '../../../../shared/errors.ts';
import { mergeIn } from '../../merging.ts';
import { changedRows, takeOut } from '../../merging-out.ts';
import { changedSince as changedSinceError, orphaned } from '../../merging-refusals.ts';
import { strandedBy } from '../../merging-stranded.ts';
import type { MergeWords } from '../../merging-words.ts';
import type { MergedTable, MergeIn, Publication, PublishOptions, Stranded } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import type { Link, Row } from '../connection.ts';
import { createFrom, orphanQuestion } from '../ddl.ts';
import { causeOf, isLocked, type ServerError, statementError } from '../errors.ts';
import { checkEpoch, controlTable } from '../ledger.ts';
import { addedDatabase, backupDatabase, MERGED, stagingDatabase } from '../names.ts';
import { qualified, quote } from '../syntax.ts';
import { refuseOrphans, waysOf, withoutChecks } from './merge-keys.ts';

const TRIES = 20;
const WAIT_SECONDS = 5;

/** 0: rows were never merged. 1: they were. 2: they were taken out again. */
export type Merging = 0 | 1 | 2;

/** What the control row says; the databases are those in which it may stand. */
export async function mergingOf(link: Link, database: string): Promise<Merging> {
  // Runs of older Drovers have no such column.
  const [row] = await link.query(`SELECT * FROM ${qualified(database, 'drover_control')} WHERE id = 1`);
  return Number(row?.merged ?? 0) as Merging;
}

/** Makes what remembers the rows, empty. Idempotent. */
export async function prepareMerges(link: Link, run: RunIdentity, merges: readonly MergeIn[]): Promise<void> {
  const words = wordsFor(link, run);
  await link.query(
    `CREATE TABLE IF NOT EXISTS ${recordOf(run)} (tab VARCHAR(64) NOT NULL PRIMARY KEY, rows_before BIGINT NOT NULL,
       added BIGINT NOT NULL, updated BIGINT NOT NULL, skipped BIGINT NOT NULL, removed BIGINT NOT NULL,
       rows_after BIGINT NOT NULL, number BIGINT UNSIGNED NULL) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin`,
  );
  for (const { table, all, key } of merges) {
    // In this order: what stands among the backups and has no twin is an earlier table, never to be dropped.
    for (const role of ['after', 'before'] as const) {
      await link.query(createFrom(words.reference(table, role), words.reference(table, 'standing'), all, key));
    }
  }
}

/** Commits, or leaves everything as it was. Throws `publish.key-stands`, `publish.failed`, `publish.lock-timeout`. */
export async function mergeRows(
  link: Link,
  run: RunIdentity,
  { merges, late }: Publication,
  { signal, locked }: PublishOptions,
): Promise<void> {
  const numbers = new Map<string, string | null>();
  for (const { table } of merges) numbers.set(table, await numberOf(link, table));
  try {
    await patiently(
      link,
      'publish.failed',
      'Adding the rows to the tables failed; nothing was published',
      async () => {
        await checkEpoch(link, run);
        await lockStanding(link, merges);
        await locked?.();
        const words = wordsFor(link, run);
        for (const done of await mergeIn(words, merges, waysOf(link, merges))) await record(link, run, done, numbers);
        for (const merge of merges) await refuseOrphans(words, merge, 'after');
        for (const table of late) {
          for (const key of table.foreignKeys) {
            const { sql, refuses } = orphanQuestion(key, table, null);
            if ((await link.query(sql)).length > 0) throw orphaned(table.name, refuses ?? '');
          }
        }
        await link.query(`UPDATE ${controlTable(run)} SET merged = 1`);
      },
      signal,
    );
  } catch (error) {
    // Numbers that were drawn in vain are no part of a transaction.
    for (const [table, number] of numbers) await restoreNumber(link, table, number);
    throw error;
  }
}

/** The reverse, in one transaction as well. */
export async function takeRowsOut(
  link: Link,
  run: RunIdentity,
  merges: readonly MergeIn[],
  keepNewer: boolean,
): Promise<void> {
  const words = wordsFor(link, run);
  if (keepNewer) {
    for (const { table } of await changedSince(link, run, merges)) {
      const { all } = merges.find((merge) => merge.table === table)!;
      const staged = words.reference(table, 'staged');
      await link.query(`DROP TABLE IF EXISTS ${staged}`);
      await link.query(createFrom(staged, words.reference(table, 'standing'), all, []));
    }
  }
  // Who refers to the rows is looked for by name: a cascade would take other rows along.
  await withoutChecks(link, () =>
    patiently(link, 'compensate.failed', 'Taking the rows of the run out failed', async () => {
      await checkEpoch(link, run);
      await lockStanding(link, merges);
      const changed = await changedSince(link, run, merges);
      if (changed.length > 0 && !keepNewer) throw changedSinceError(changed);
      await takeOut(words, merges, keepNewer);
      for (const merge of merges) await refuseOrphans(words, merge, 'before');
      await link.query(`UPDATE ${controlTable(run)} SET merged = 2`);
    }),
  );
  for (const row of await link.query(`SELECT tab, number FROM ${recordOf(run)}`)) {
    await restoreNumber(link, String(row.tab), row.number === null ? null : String(row.number));
  }
}

/** What remembers the rows is of no use any more. Idempotent. */
export async function dropRemembered(link: Link, run: RunIdentity): Promise<void> {
  const [backup, added] = [backupDatabase(run), addedDatabase(run)];
  const rows = await link.query('SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ?', [
    added,
  ]);
  for (const { name } of rows) {
    await link.query(`DROP TABLE IF EXISTS ${qualified(backup, String(name))}`);
    await link.query(`DROP TABLE IF EXISTS ${qualified(added, String(name))}`);
  }
  await link.query(`DROP DATABASE IF EXISTS ${quote(added)}`);
}

export async function mergedIn(link: Link, database: string): Promise<MergedTable[]> {
  const rows = await link.query(`SELECT * FROM ${qualified(database, MERGED)} ORDER BY tab`);
  return rows.map((row) => ({
    table: String(row.tab),
    before: Number(row.rows_before),
    added: Number(row.added),
    updated: Number(row.updated),
    skipped: Number(row.skipped),
    removed: Number(row.removed ?? 0),
    after: Number(row.rows_after),
  }));
}

export async function changedSince(
  link: Link,
  run: RunIdentity,
  merges: readonly MergeIn[],
): Promise<{ table: string; rows: number }[]> {
  const words = wordsFor(link, run);
  const changed: { table: string; rows: number }[] = [];
  for (const merge of merges) {
    const rows = await changedRows(words, merge);
    if (rows > 0) changed.push({ table: merge.table, rows });
  }
  return changed;
}

async function record(
  link: Link,
  run: RunIdentity,
  { table, before, added, updated, skipped, removed, after }: MergedTable,
  numbers: ReadonlyMap<string, string | null>,
): Promise<void> {
  const values = [table, before, added, updated, skipped, removed, after, numbers.get(table)!];
  await link.query(`INSERT INTO ${recordOf(run)} VALUES (?, ?, ?, ?, ?, ?, ?, ?)`, values);
}

/** Rows outside that refer to what the staged rows lack. */
export function strandedRows(link: Link, run: RunIdentity, { merges }: Publication): Promise<Stranded[]> {
  return strandedBy({ ...wordsFor(link, run), latest: '' }, merges);
}

/** Every row and the gaps between them: nobody writes until the counts are committed. In one order, against deadlocks. */
async function lockStanding(link: Link, merges: readonly MergeIn[]): Promise<void> {
  for (const table of merges.map((merge) => merge.table).sort()) {
    await link.query(`SELECT COUNT(*) FROM ${qualified(link.database, table)} FOR UPDATE`);
  }
}

function wordsFor(link: Link, run: RunIdentity): MergeWords {
  const databases = {
    standing: link.database,
    staged: stagingDatabase(run),
    before: backupDatabase(run),
    after: addedDatabase(run),
  };
  return {
    quote,
    reference: (table, role) => qualified(databases[role], table),
    // By a collation A may be a, and as text two floats may be one: both ways, it is the same value.
    sameRow: (a, b, columns) =>
      columns
        .map((column) => [`${a}.${quote(column)}`, `${b}.${quote(column)}`])
        .map(([x, y]) => `(CAST(${x} AS BINARY) <=> CAST(${y} AS BINARY) AND ${x} <=> ${y})`)
        .join(' AND '),
    remove: (table, alias, condition) => `DELETE ${alias} FROM ${table} AS ${alias} WHERE ${condition}`,
    update: (into, from, columns, condition) =>
      `UPDATE ${into} AS t JOIN ${from} AS s ON ${condition}
       SET ${columns.map((column) => `t.${quote(column)} = s.${quote(column)}`).join(', ')}`,
    overriding: '',
    latest: ' LOCK IN SHARE MODE',
    createFrom: (made, like, columns, key) => [createFrom(made, like, columns, key)],
    ask: (sql): Promise<Row[]> => link.query(sql),
  };
}

function recordOf(run: RunIdentity): string {
  return qualified(stagingDatabase(run), MERGED);
}

/** The number that the table would hand out next; null where it hands out none. */
async function numberOf(link: Link, table: string): Promise<string | null> {
  const [row] = await link.query(
    'SELECT AUTO_INCREMENT AS number FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ?',
    [link.database, table],
  );
  return row?.number == null ? null : String(row.number);
}

/** The server keeps it above the highest number that stands there. Where somebody holds the table it stays as it is. */
async function restoreNumber(link: Link, table: string, number: string | null): Promise<void> {
  if (number === null || (await numberOf(link, table).catch(() => null)) === number) return;
  await link
    .query(`ALTER TABLE ${qualified(link.database, table)} AUTO_INCREMENT = ${BigInt(number)}`)
    .catch(() => undefined);
}

/** One transaction that asks for its locks briefly, and again after a pause while others hold them. */
async function patiently(
  link: Link,
  code: 'publish.failed' | 'compensate.failed',
  what: string,
  work: () => Promise<void>,
  signal?: AbortSignal,
): Promise<void> {
  await link.query(`SET SESSION lock_wait_timeout = ${WAIT_SECONDS}, innodb_lock_wait_timeout = ${WAIT_SECONDS}`);
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    try {
      await link.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
      await link.query('START TRANSACTION');
      await work();
      await link.query('COMMIT');
      return;
    } catch (error) {
      await link.query('ROLLBACK').catch(() => undefined);
      if (!isLocked(error)) throw statementError(error, { what, code, where: { side: 'target' } });
      if (tries === TRIES) throw stillLocked(error);
    }
    // Others get their turn while nothing of ours waits in their way.
    await sleep(200 + Math.random() * 800);
  }
}

function stillLocked(error: unknown): DroverError {
  return new DroverError('publish.lock-timeout', 'Other sessions kept rows of the tables locked.', {
    cause: causeOf(error as ServerError),
    hint: 'End long transactions on the target, or publish at a quieter time; nothing was changed.',
    where: { side: 'target' },
  });
}
