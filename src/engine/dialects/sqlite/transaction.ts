// Transactions that wait for other programs without blocking the thread, and not for ever.

import { setTimeout } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { isBusy } from './errors.ts';

/** With the driver's own wait of 250 ms at each try, some twenty seconds in all. */
const TRIES = 60;
const LONGEST_PAUSE_MS = 150;

export async function beginImmediate(db: Database): Promise<void> {
  await patiently(() => db.exec('BEGIN IMMEDIATE'));
}

/** An open reader keeps a file in rollback-journal mode from being committed to; the transaction stays open meanwhile. */
export async function commit(db: Database): Promise<void> {
  await patiently(() => db.exec('COMMIT'));
}

export function rollback(db: Database): void {
  if (db.inTransaction) db.exec('ROLLBACK');
}

/** All of `work` or nothing. */
export async function inTransaction<T>(db: Database, work: () => T): Promise<T> {
  await beginImmediate(db);
  try {
    const result = work();
    await commit(db);
    return result;
  } catch (thrown) {
    rollback(db);
    throw thrown;
  }
}

/** Tries again while other programs hold the file, for some twenty seconds. */
export async function patiently<T>(act: () => T): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return act();
    } catch (thrown) {
      if (!isBusy(thrown) || tries >= TRIES) throw thrown;
      await setTimeout(Math.random() * LONGEST_PAUSE_MS);
    }
  }
}
