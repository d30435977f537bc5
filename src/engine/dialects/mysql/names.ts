// The names a run makes in the target: its databases, control row, ledger and marker.

import type { RunIdentity, TableName } from '../session.ts';
import { qualified, quote } from './syntax.ts';

/** Holds the new tables under their final names until they are published. */
export function stagingDatabase(run: RunIdentity): string {
  return `drover_${run.id}`;
}

/** Holds the tables that were replaced. */
export function backupDatabase(run: RunIdentity): string {
  return `drover_${run.id}_backup`;
}

/** Holds the rows that went into tables which stand there, as publish left them. */
export function addedDatabase(run: RunIdentity): string {
  return `drover_${run.id}_added`;
}

/** Holds new tables that were taken back with rows in them that somebody wrote after the run. */
export function asideDatabase(run: RunIdentity): string {
  return `drover_${run.id}_newer`;
}

export const CONTROL = 'drover_control';
export const LEDGER = 'drover_ledger';
/** An empty table whose name tells the state: it is renamed within the publishing statement itself. */
export const READY = 'drover_ready';
/** Its name while new tables stand in their places, and rows that go into others are on their way. */
export const MOVED = 'drover_moved';
export const PUBLISHED = 'drover_published';
/** Its name for a moment within the statement that takes some tables back: that fails where the marker is elsewhere. */
export const RETURNING = 'drover_returning';
export const MARKERS: readonly string[] = [READY, MOVED, PUBLISHED];
/** One row for each table into which rows went, written in the transaction that put them there. */
export const MERGED = 'drover_merged';

/** The comment of the control row's table, which tells in which database the run replaces tables. */
export function controlRemark(database: string): string {
  return `Replaces tables of ${database}.`;
}

export const OWN_TABLES: readonly string[] = [CONTROL, LEDGER, MERGED, ...MARKERS];

/** `database` is the user's own. */
export function tableReference(table: TableName, database: string): string {
  if (table.query !== undefined) return `(${table.query}) AS ${quote(table.name)}`;
  return qualified(table.staging ? stagingDatabase(table.staging) : database, table.name);
}
