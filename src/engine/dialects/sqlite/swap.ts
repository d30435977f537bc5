// The exchange of old tables for new ones, and its reverse: renames in one transaction, with the control row among them.
//
// Both pragmas must be set before BEGIN. legacy_alter_table keeps SQLite from changing views, triggers and foreign keys
// that name a renamed table: they find the new one by its name. Names of indexes, and the texts of kept tables, have no
// statement: they are changed in sqlite_schema itself, and the schema's version is raised so that others read it anew.

import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import type { Move, Publication } from '../publishing.ts';
import type { RunIdentity } from '../session.ts';
import { attach, detachIndex, detachTable, renameIndex } from './detach.ts';
import { hasTable, readControl, refuseOtherEpoch, tablesWith, writeState } from './ledger.ts';
import { mergeRows, takeRowsOut } from './merge.ts';
import { asidePrefix, backupPrefix, stagedIndex, stagedPrefix } from './names.ts';
import { refuseNewOrphans, violationsIn } from './references.ts';
import { quote } from './syntax.ts';
import { beginImmediate, commit, rollback } from './transaction.ts';

/** Publish: old tables become backups, staged tables take their names. Does nothing when that is done already. */
export async function exchange(db: Database, run: RunIdentity, publication: Publication): Promise<void> {
  const { moves, merges } = publication;
  await underSchemaLock(db, async () => {
    refuseOtherEpoch(db, run);
    if (readControl(db, run)!.state === 'published') return false;
    const before = violationsIn(db, publication);
    const triggers = moves.flatMap(({ table }) => takeTriggers(db, table));
    for (const move of moves) keepOld(db, run, move);
    for (const { table } of moves) takePlace(db, run, table);
    for (const sql of triggers) db.exec(sql);
    await mergeRows(db, run, merges);
    refuseNewOrphans(db, publication, before);
    writeState(db, run, 'published');
    return true;
  });
}

/** The reverse: new tables go back into staging, backups get their names and their own texts again. */
export async function giveBack(
  db: Database,
  run: RunIdentity,
  { moves, merges }: Publication,
  keepNewer: boolean,
): Promise<void> {
  await underSchemaLock(db, async () => {
    const control = readControl(db, run);
    if (control) refuseOtherEpoch(db, run);
    if (!(control ? control.state === 'published' : stillPublished(db, run, moves))) return false;
    putBack(db, run, moves);
    await takeRowsOut(db, run, merges, keepNewer);
    if (control) writeState(db, run, 'staged');
    return true;
  });
}

/** `giveBack` of some tables, each once; the run stays published. */
export async function giveSomeBack(db: Database, run: RunIdentity, moves: readonly Move[]): Promise<void> {
  await underSchemaLock(db, () => {
    refuseOtherEpoch(db, run);
    const standing = moves.filter(({ table }) => !hasTable(db, stagedPrefix(run) + table));
    putBack(db, run, standing);
    return standing.length > 0;
  });
}

function putBack(db: Database, run: RunIdentity, moves: readonly Move[]): void {
  const triggers = moves.filter(({ replaces }) => replaces).flatMap(({ table }) => takeTriggers(db, table));
  for (const { table } of moves) leavePlace(db, run, table);
  for (const move of moves) restoreOld(db, run, move);
  for (const sql of triggers) db.exec(sql);
}

/** What is in staging gets names that dropping staging does not know. */
export async function moveAside(db: Database, run: RunIdentity): Promise<void> {
  await underSchemaLock(db, () => {
    const tables = tablesWith(db, stagedPrefix(run));
    for (const staged of tables) {
      const aside = asidePrefix(run) + staged.slice(stagedPrefix(run).length);
      const indexes = indexesOf(db, staged).map(({ name }) => name);
      rename(db, staged, aside);
      for (const index of indexes) renameOneIndex(db, index, asidePrefix(run) + index.slice(stagedPrefix(run).length));
    }
    return tables.length > 0;
  });
}

/** Without a control row the tables must tell: publishing moved all of them, or none. */
function stillPublished(db: Database, run: RunIdentity, moves: readonly Move[]): boolean {
  return moves.every(
    ({ table, replaces }) =>
      hasTable(db, table) &&
      !hasTable(db, stagedPrefix(run) + table) &&
      (!replaces || hasTable(db, backupPrefix(run) + table)),
  );
}

/** `work` says whether it changed anything. */
async function underSchemaLock(db: Database, work: () => boolean | Promise<boolean>): Promise<void> {
  db.unsafeMode(true);
  db.pragma('foreign_keys = OFF');
  db.pragma('legacy_alter_table = ON');
  try {
    await beginImmediate(db);
    db.pragma('writable_schema = ON');
    if (await work()) db.pragma(`schema_version = ${Number(db.pragma('schema_version', { simple: true })) + 1}`);
    await commit(db);
  } catch (thrown) {
    rollback(db);
    throw thrown;
  } finally {
    // Reads the schema anew from the file as well.
    db.pragma('writable_schema = RESET');
    db.pragma('legacy_alter_table = OFF');
    db.unsafeMode(false);
  }
}

function keepOld(db: Database, run: RunIdentity, { table, replaces }: Move): void {
  const stands = hasTable(db, table);
  if (stands !== replaces || (!replaces && nameTaken(db, table))) throw changed(table, nameTaken(db, table));
  if (!replaces) return;
  const backup = backupPrefix(run) + table;
  const old = sqlOf(db, table);
  const indexes = indexesOf(db, table);
  rename(db, table, backup);
  rewrite(db, 'table', backup, backup, detachTable(old.sql, backup));
  for (const { name, sql } of indexes) {
    const kept = backupPrefix(run) + name;
    rewrite(db, 'index', name, kept, detachIndex(sql, kept, backup));
  }
}

function takePlace(db: Database, run: RunIdentity, table: string): void {
  const staged = stagedPrefix(run) + table;
  const prefix = stagedIndex(run, table, '');
  const indexes = indexesOf(db, staged).map(({ name }) => name);
  rename(db, staged, table);
  for (const index of indexes) {
    const wanted = index.startsWith(prefix) ? index.slice(prefix.length) : index;
    renameOneIndex(db, index, freeName(db, wanted, table));
  }
}

/** Detached like a kept table: what is done to the old tables, once they are back, must not reach into it. */
function leavePlace(db: Database, run: RunIdentity, table: string): void {
  const staged = stagedPrefix(run) + table;
  const { sql } = sqlOf(db, table);
  const indexes = indexesOf(db, table).map(({ name }) => name);
  rename(db, table, staged);
  rewrite(db, 'table', staged, staged, detachTable(sql, staged));
  for (const index of indexes) renameOneIndex(db, index, stagedIndex(run, table, index));
}

function restoreOld(db: Database, run: RunIdentity, { table, replaces }: Move): void {
  if (!replaces) return;
  const backup = backupPrefix(run) + table;
  const kept = sqlOf(db, backup);
  const indexes = indexesOf(db, backup);
  rename(db, backup, table);
  rewrite(db, 'table', table, table, attach(kept.sql));
  for (const { name, sql } of indexes) {
    rewrite(db, 'index', name, name.slice(backupPrefix(run).length), attach(sql));
  }
}

/** Triggers go along with their table, so they are made anew, word for word, on whichever has the name afterwards. */
function takeTriggers(db: Database, table: string): string[] {
  const triggers = db
    .prepare("SELECT name, sql FROM main.sqlite_schema WHERE type = 'trigger' AND tbl_name = ? COLLATE NOCASE")
    .all(table) as { name: string; sql: string }[];
  for (const { name } of triggers) db.exec(`DROP TRIGGER main.${quote(name)}`);
  return triggers.map(({ sql }) => sql);
}

function rename(db: Database, from: string, to: string): void {
  db.exec(`ALTER TABLE main.${quote(from)} RENAME TO ${quote(to)}`);
}

function renameOneIndex(db: Database, from: string, to: string): void {
  const sql = db.prepare("SELECT sql FROM main.sqlite_schema WHERE type = 'index' AND name = ?").pluck().get(from);
  rewrite(db, 'index', from, to, renameIndex(sql as string, to));
}

function rewrite(db: Database, type: 'table' | 'index', from: string, to: string, sql: string): void {
  const { changes } = db
    .prepare('UPDATE main.sqlite_schema SET name = ?, sql = ? WHERE type = ? AND name = ? COLLATE NOCASE')
    .run(to, sql, type, from);
  if (changes !== 1) throw new Error(`no ${type} ${from} in the schema`);
}

function sqlOf(db: Database, table: string): { readonly sql: string } {
  return db
    .prepare("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE")
    .get(table) as { sql: string };
}

/** Those made by CREATE INDEX; SQLite names those of constraints itself. */
function indexesOf(db: Database, table: string): { readonly name: string; readonly sql: string }[] {
  return db
    .prepare(
      `SELECT name, sql FROM main.sqlite_schema
       WHERE type = 'index' AND tbl_name = ? COLLATE NOCASE AND sql IS NOT NULL ORDER BY name`,
    )
    .all(table) as { name: string; sql: string }[];
}

/** Tables, views and indexes share their names: an index whose own is taken gets its table's in front. */
function freeName(db: Database, wanted: string, table: string): string {
  let name = wanted;
  for (let i = 1; nameTaken(db, name); i++) name = i === 1 ? `${table}_${wanted}` : `${table}_${wanted}_${i}`;
  return name;
}

function nameTaken(db: Database, name: string): boolean {
  return (
    db.prepare("SELECT 1 FROM main.sqlite_schema WHERE type <> 'trigger' AND name = ? COLLATE NOCASE").get(name) !==
    undefined
  );
}

function changed(table: string, exists: boolean): DroverError {
  return new DroverError(
    'publish.failed',
    exists
      ? `Something named ${table} stands in the target that was not there when the plan was made.`
      : `The table ${table} that should be replaced is no longer in the target.`,
    { hint: 'Make the plan again and look at what is different.', where: { side: 'target', table } },
  );
}
