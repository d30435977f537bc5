// The exchange of old tables for new ones, and its reverse: renames in one transaction, with the control row among them.
//
// Names and texts are changed in sqlite_schema itself, and its version is raised so that others read it anew. So views,
// triggers and foreign keys that name a renamed table find the new one by its name, as no ALTER TABLE would have it.

import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../../shared/errors.ts';
import type { Move, Publication } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import { hasTable, readControl, refuseOtherEpoch, tablesWith, writeState } from '../ledger.ts';
import { asidePrefix, backupPrefix, stagedIndex, stagedPrefix } from '../names.ts';
import { attach, detachIndex, detachTable, renameIndex, renameTable } from '../schema/detach.ts';
import { SchemaRows } from '../schema/schema-rows.ts';
import { quote } from '../syntax.ts';
import { beginImmediate, commit, rollback } from '../transaction.ts';
import { mergeRows, takeRowsOut } from './merge.ts';
import { refuseNewOrphans, violationsIn } from './references.ts';

/** Publish: old tables become backups, staged tables take their names. Does nothing when that is done already. */
export async function exchange(db: Database, run: RunIdentity, publication: Publication): Promise<void> {
  const { moves, merges } = publication;
  await underSchemaLock(db, async () => {
    refuseOtherEpoch(db, run);
    if (readControl(db, run)!.state === 'published') return false;
    const before = violationsIn(db, publication);
    const triggers = takeTriggers(
      db,
      moves.map(({ table }) => table),
    );
    changeSchema(db, (schema) => {
      for (const move of moves) keepOld(schema, run, move);
      for (const { table } of moves) takePlace(schema, run, table);
    });
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
  const triggers = takeTriggers(
    db,
    moves.flatMap(({ table, replaces }) => (replaces ? [table] : [])),
  );
  changeSchema(db, (schema) => {
    for (const { table } of moves) leavePlace(schema, run, table);
    for (const move of moves) restoreOld(schema, run, move);
  });
  for (const sql of triggers) db.exec(sql);
}

/** What is in staging gets names that dropping staging does not know. */
export async function moveAside(db: Database, run: RunIdentity): Promise<void> {
  await underSchemaLock(db, () => {
    const tables = tablesWith(db, stagedPrefix(run));
    const aside = (name: string): string => asidePrefix(run) + name.slice(stagedPrefix(run).length);
    changeSchema(db, (schema) => {
      for (const staged of tables) move(schema, staged, aside(staged), aside);
    });
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
  // Before BEGIN: in a transaction it would do nothing.
  db.pragma('foreign_keys = OFF');
  try {
    await beginImmediate(db);
    if (await work()) db.pragma(`schema_version = ${Number(db.pragma('schema_version', { simple: true })) + 1}`);
    await commit(db);
  } catch (thrown) {
    rollback(db);
    throw thrown;
  } finally {
    // As it is in the file, also where the transaction was taken back.
    db.pragma('writable_schema = RESET');
    db.unsafeMode(false);
  }
}

function changeSchema(db: Database, change: (schema: SchemaRows) => void): void {
  db.pragma('writable_schema = ON');
  change(new SchemaRows(db));
  // SQLite reads it anew, and refuses what it can't parse.
  db.pragma('writable_schema = RESET');
}

function keepOld(schema: SchemaRows, run: RunIdentity, { table, replaces }: Move): void {
  const taken = schema.isTaken(table);
  if (schema.hasTable(table) !== replaces || taken !== replaces) throw changed(table, taken);
  if (!replaces) return;
  const backup = backupPrefix(run) + table;
  const indexes = schema.indexesOf(table);
  schema.renameTable(table, backup, (sql) => detachTable(sql, backup));
  for (const { name, sql } of indexes) {
    const kept = backupPrefix(run) + name;
    schema.renameIndex(name, kept, detachIndex(sql, kept, backup));
  }
}

function takePlace(schema: SchemaRows, run: RunIdentity, table: string): void {
  const prefix = stagedIndex(run, table, '');
  move(schema, stagedPrefix(run) + table, table, (index) =>
    freeName(schema, index.startsWith(prefix) ? index.slice(prefix.length) : index, table),
  );
}

/** Detached like a kept table: what is done to the old tables, once they are back, must not reach into it. */
function leavePlace(schema: SchemaRows, run: RunIdentity, table: string): void {
  const staged = stagedPrefix(run) + table;
  move(schema, table, staged, (index) => stagedIndex(run, table, index), detachTable);
}

function restoreOld(schema: SchemaRows, run: RunIdentity, { table, replaces }: Move): void {
  if (!replaces) return;
  const backup = backupPrefix(run) + table;
  const indexes = schema.indexesOf(backup);
  schema.renameTable(backup, table, attach);
  for (const { name, sql } of indexes) schema.renameIndex(name, name.slice(backupPrefix(run).length), attach(sql));
}

function move(
  schema: SchemaRows,
  from: string,
  to: string,
  indexName: (name: string) => string,
  rewrite = renameTable,
): void {
  const indexes = schema.indexesOf(from);
  schema.renameTable(from, to, (sql) => rewrite(sql, to));
  for (const { name, sql } of indexes) {
    const wanted = indexName(name);
    schema.renameIndex(name, wanted, renameIndex(sql, wanted, to));
  }
}

/** Triggers go along with their table, so they are made anew, word for word, on whichever has the name afterwards. */
function takeTriggers(db: Database, tables: readonly string[]): string[] {
  const schema = new SchemaRows(db);
  const triggers = tables.flatMap((table) => schema.triggersOf(table));
  for (const { name } of triggers) db.exec(`DROP TRIGGER main.${quote(name)}`);
  return triggers.map(({ sql }) => sql);
}

/** Tables, views and indexes share their names: an index whose own is taken gets its table's in front. */
function freeName(schema: SchemaRows, wanted: string, table: string): string {
  let name = wanted;
  for (let i = 1; schema.isTaken(name); i++) name = i === 1 ? `${table}_${wanted}` : `${table}_${wanted}_${i}`;
  return name;
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
