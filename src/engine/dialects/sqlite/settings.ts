// The settings of every connection that Drover opens to an SQLite file.

import type { Database } from 'better-sqlite3';

/** Waiting for a lock blocks the thread, so waits are short and repeated by whoever can afford to wait. */
export const BUSY_TIMEOUT_MS = 250;

/** Sources are untrusted: what is written in their schema must not run with side effects. */
export function settleReader(db: Database): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('query_only = ON');
  db.pragma('cell_size_check = ON');
  db.pragma('mmap_size = 0');
  db.pragma('cache_size = -4096');
}

/** Foreign keys are checked at publish; the journal mode stays as the owner has it. */
export function settleWriter(db: Database): void {
  db.pragma('trusted_schema = OFF');
  db.pragma('foreign_keys = OFF');
  db.pragma('recursive_triggers = OFF');
  db.pragma('synchronous = FULL');
  // With half of it keys that come in no order take a sixth longer, with four times as much as long.
  db.pragma('cache_size = -4096');
  // One more that sorts while an index is built; a second made it no quicker.
  db.pragma('threads = 1');
}

/** To build an index takes several times as much, and no longer than with more. */
export function settleIndexer(db: Database): void {
  db.pragma('cache_size = -2048');
}
