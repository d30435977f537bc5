// The control row and the ledger: two small tables of a run, in the same file as the data they speak of.

import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import type { RunIdentity } from '../session.ts';
import type { LedgerRow } from '../writing.ts';
import { controlTable, ledgerTable } from './names.ts';
import { quote } from './syntax.ts';

export interface Control {
  readonly state: 'staged' | 'published';
  readonly epoch: number;
  /** The file did not exist before this run. */
  readonly madeFile: boolean;
}

/** Inside a transaction of the caller. Raises the epoch; a run that another process took over is refused. */
export function makeControl(db: Database, run: RunIdentity, madeFile: boolean): void {
  takeControl(db, run, 'staged', madeFile);
  db.exec(`CREATE TABLE IF NOT EXISTS ${quote(ledgerTable(run))} (
    "table" TEXT NOT NULL, chunk INTEGER NOT NULL, "rows" INTEGER, digest TEXT, PRIMARY KEY ("table", chunk)
  ) WITHOUT ROWID`);
}

/** Inside a transaction of the caller. Makes the row, or raises its epoch. */
export function takeControl(db: Database, run: RunIdentity, state: Control['state'], madeFile: boolean): void {
  db.exec(`CREATE TABLE IF NOT EXISTS ${quote(controlTable(run))} (
    id INTEGER PRIMARY KEY CHECK (id = 1), state TEXT NOT NULL, epoch INTEGER NOT NULL, made_file INTEGER NOT NULL)`);
  db.prepare(
    `INSERT INTO ${quote(controlTable(run))} VALUES (1, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET epoch = max(epoch, excluded.epoch)`,
  ).run(state, run.epoch, madeFile ? 1 : 0);
  refuseOtherEpoch(db, run);
}

/** Null when the run has nothing here. */
export function readControl(db: Database, run: RunIdentity): Control | null {
  if (!hasTable(db, controlTable(run))) return null;
  const row = db.prepare(`SELECT state, epoch, made_file FROM ${quote(controlTable(run))}`).get() as
    | { state: Control['state']; epoch: number; made_file: number }
    | undefined;
  return row ? { state: row.state, epoch: row.epoch, madeFile: row.made_file === 1 } : null;
}

export function writeState(db: Database, run: RunIdentity, state: Control['state']): void {
  db.prepare(`UPDATE ${quote(controlTable(run))} SET state = ?`).run(state);
}

/** Fencing: whoever took the run over raised the epoch, and what an older process still tries must not commit. */
export function refuseOtherEpoch(db: Database, run: RunIdentity): void {
  const epoch = readControl(db, run)?.epoch;
  if (epoch === run.epoch) return;
  throw new DroverError(
    'run.target-locked',
    epoch === undefined
      ? `Run ${run.id} has nothing staged in the target.`
      : `Run ${run.id} was taken over by another process.`,
    { hint: 'Look at the other process; this one changes nothing any more.', where: { side: 'target' } },
  );
}

/** The first statement of a chunk's transaction: two processes with the same chunk collide here. */
export function openEntry(db: Database, run: RunIdentity, table: string, chunk: number): void {
  const entry = db.prepare(`INSERT OR IGNORE INTO ${quote(ledgerTable(run))} ("table", chunk) VALUES (?, ?)`);
  if (entry.run(table, chunk).changes === 1) return;
  throw new DroverError('load.failed', `Chunk ${chunk} of ${table} is in the target already.`, {
    where: { side: 'target', table },
  });
}

export function completeEntry(db: Database, run: RunIdentity, entry: LedgerRow): void {
  db.prepare(`UPDATE ${quote(ledgerTable(run))} SET "rows" = ?, digest = ? WHERE "table" = ? AND chunk = ?`).run(
    entry.rows,
    entry.digest,
    entry.table,
    entry.chunk,
  );
}

export function forgetEntries(db: Database, run: RunIdentity, table: string): void {
  db.prepare(`DELETE FROM ${quote(ledgerTable(run))} WHERE "table" = ?`).run(table);
}

export function readLedger(db: Database, run: RunIdentity): LedgerRow[] {
  if (!hasTable(db, ledgerTable(run))) return [];
  return db
    .prepare(`SELECT "table", chunk, "rows", digest FROM ${quote(ledgerTable(run))} ORDER BY "table", chunk`)
    .all() as LedgerRow[];
}

export function hasTable(db: Database, name: string): boolean {
  return (
    db.prepare("SELECT 1 FROM main.sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE").get(name) !==
    undefined
  );
}

export function tablesWith(db: Database, prefix: string): string[] {
  return db
    .prepare(
      "SELECT name FROM main.sqlite_schema WHERE type = 'table' AND substr(name, 1, length(?)) = ? ORDER BY name",
    )
    .pluck()
    .all(prefix, prefix) as string[];
}
