// Rows into tables that stand there, and out again: SQLite's words for it. Foreign keys are off meanwhile and checked
// as a whole afterwards; the numbers that AUTOINCREMENT keeps belong to the transaction like everything else.

import Database from 'better-sqlite3';
import { type MergeWays, mergeIn } from '../../merging.ts';
import { changedRows, takeOut } from '../../merging-out.ts';
import { changedSince as changedSinceError, noWayBack, uniqueBroken } from '../../merging-refusals.ts';
import type { MergeWords } from '../../merging-words.ts';
import type { MergedTable, MergeIn } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import { hasTable } from '../ledger.ts';
import { addedPrefix, backupPrefix, mergedTable, stagedPrefix } from '../names.ts';
import { literal, quote } from '../syntax.ts';

/** Inside the publishing transaction. Throws `publish.key-stands`, `publish.failed`. */
export async function mergeRows(db: Database.Database, run: RunIdentity, merges: readonly MergeIn[]): Promise<void> {
  if (merges.length === 0) return;
  const words = wordsFor(db, run);
  const record = quote(mergedTable(run));
  db.exec(`CREATE TABLE ${record} ("table" TEXT PRIMARY KEY, before INTEGER NOT NULL, added INTEGER NOT NULL,
    updated INTEGER NOT NULL, skipped INTEGER NOT NULL, removed INTEGER NOT NULL, after INTEGER NOT NULL, number INTEGER, "left" INTEGER)`);
  const numbers = new Map(merges.map(({ table }) => [table, numberOf(db, table)]));
  for (const merge of merges) {
    for (const role of ['before', 'after'] as const) {
      const like = words.reference(merge.table, 'standing');
      for (const sql of words.createFrom(words.reference(merge.table, role), like, merge.all, merge.key)) db.exec(sql);
    }
  }
  for (const done of await mergeIn(words, merges, WAYS)) {
    const { table, before, added, updated, skipped, removed, after } = done;
    db.prepare(`INSERT INTO ${record} VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`).run(
      table,
      before,
      added,
      updated,
      skipped,
      removed,
      after,
      numbers.get(table),
      numberOf(db, table),
    );
  }
}

const WAYS: MergeWays = {
  around: (merge, _, work) => telling(merge.table, work),
  reversing: (work) =>
    work().catch((error: Error) => {
      throw noWayBack(error.message);
    }),
};

/** Inside the transaction that takes the run back. */
export async function takeRowsOut(
  db: Database.Database,
  run: RunIdentity,
  merges: readonly MergeIn[],
  keepNewer: boolean,
): Promise<void> {
  if (merges.length === 0) return;
  const words = wordsFor(db, run);
  const changed = await changedSince(db, run, merges);
  if (changed.length > 0 && !keepNewer) throw changedSinceError(changed);
  for (const merge of merges) {
    if (changed.some(({ table }) => table === merge.table)) {
      const staged = words.reference(merge.table, 'staged');
      db.exec(`DROP TABLE IF EXISTS ${staged}`);
      const like = words.reference(merge.table, 'standing');
      for (const sql of words.createFrom(staged, like, merge.all, [])) db.exec(sql);
    }
  }
  await takeOut(words, merges, keepNewer);
  for (const { table } of merges) restoreNumber(db, run, table);
  for (const { table } of merges) {
    db.exec(`DROP TABLE ${words.reference(table, 'before')}`);
    db.exec(`DROP TABLE ${words.reference(table, 'after')}`);
  }
  db.exec(`DROP TABLE ${quote(mergedTable(run))}`);
}

export function merged(db: Database.Database, run: RunIdentity): MergedTable[] {
  if (!hasTable(db, mergedTable(run))) return [];
  return db
    .prepare(
      `SELECT "table", before, added, updated, skipped, removed, after FROM ${quote(mergedTable(run))} ORDER BY 1`,
    )
    .all() as MergedTable[];
}

export async function changedSince(
  db: Database.Database,
  run: RunIdentity,
  merges: readonly MergeIn[],
): Promise<{ table: string; rows: number }[]> {
  const words = wordsFor(db, run);
  const changed: { table: string; rows: number }[] = [];
  for (const merge of merges) {
    const rows = await changedRows(words, merge);
    if (rows > 0) changed.push({ table: merge.table, rows });
  }
  return changed;
}

function wordsFor(db: Database.Database, run: RunIdentity): MergeWords {
  const prefixes = { standing: '', staged: stagedPrefix(run), before: backupPrefix(run), after: addedPrefix(run) };
  return {
    quote,
    reference: (table, role) => `main.${quote(prefixes[role] + table)}`,
    // 1 IS 1.0, and NOCASE takes a for A: neither is the same value.
    sameRow: (a, b, columns) =>
      columns
        .map((column) => [`${a}.${quote(column)}`, `${b}.${quote(column)}`])
        .map(([x, y]) => `(${x} COLLATE BINARY IS ${y} AND typeof(${x}) = typeof(${y}))`)
        .join(' AND '),
    remove: (table, alias, condition) => `DELETE FROM ${table} AS ${alias} WHERE ${condition}`,
    update: (into, from, columns, condition) =>
      `UPDATE ${into} AS t SET ${columns.map((column) => `${quote(column)} = s.${quote(column)}`).join(', ')}
       FROM ${from} AS s WHERE ${condition}`,
    overriding: '',
    latest: '',
    createFrom: (made, like, columns, key) => [
      `CREATE TABLE ${made} AS SELECT ${columns.map(quote).join(', ')} FROM ${like} LIMIT 0`,
      ...(key.length > 0 ? [keyIndex(made, key)] : []),
    ],
    ask: async (sql) => {
      const statement = db.prepare(sql);
      if (statement.reader) return statement.safeIntegers().all() as Record<string, unknown>[];
      statement.run();
      return [];
    },
  };
}

/** Without it every row of the one table would be looked for in all of the other. */
function keyIndex(made: string, key: readonly string[]): string {
  const name = made.replace(/^main\./, '');
  return `CREATE INDEX main.${name.replace(/"$/, '__key"')} ON ${name} (${key.map(quote).join(', ')})`;
}

/** The last number that AUTOINCREMENT gave; null where it has given none, or counts nothing. */
function numberOf(db: Database.Database, table: string): number | bigint | null {
  if (!hasTable(db, 'sqlite_sequence')) return null;
  const number = db.prepare('SELECT seq FROM sqlite_sequence WHERE name = ? COLLATE NOCASE').safeIntegers().pluck();
  return (number.get(table) as bigint | undefined) ?? null;
}

/** Where no number was given since; else the numbers go on from there. */
function restoreNumber(db: Database.Database, run: RunIdentity, table: string): void {
  const record = db.prepare(`SELECT number, "left" FROM ${quote(mergedTable(run))} WHERE "table" = ?`).safeIntegers();
  const { number, left } = record.get(table) as { number: bigint | null; left: bigint | null };
  if (left === null || left === number || numberOf(db, table) !== left) return;
  const name = `name = ${literal(table)} COLLATE NOCASE`;
  if (number === null) db.exec(`DELETE FROM sqlite_sequence WHERE ${name}`);
  else db.prepare(`UPDATE sqlite_sequence SET seq = ? WHERE ${name}`).run(number);
}

async function telling<T>(table: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const code = thrown instanceof Database.SqliteError ? thrown.code : '';
    if (!/^SQLITE_CONSTRAINT_(UNIQUE|PRIMARYKEY|ROWID)$/.test(code)) throw thrown;
    throw uniqueBroken(table, (thrown as Error).message);
  }
}
