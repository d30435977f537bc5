// The snapshot of an SQLite source is a private copy of the file: it outlives a crash and never blocks the owner.

import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { SnapshotHold, SnapshotOptions } from '../reading.ts';
import { openToRead } from './connection.ts';
import { asSqliteError } from './errors.ts';

const PAGES_A_STEP = 2000;

/** When the owner writes meanwhile the copying starts over; after so many times it holds a read lock instead. */
const RESTARTS = 3;

export async function holdSnapshot(path: string, { folder, readers }: SnapshotOptions): Promise<SnapshotHold> {
  const copy = join(folder, `source-${randomBytes(4).toString('hex')}.sqlite`);
  try {
    await copyTo(path, copy);
  } catch (thrown) {
    remove(copy);
    throw asSqliteError(thrown, { path, side: 'source', otherwise: 'inspect.failed' });
  }
  return {
    token: copy,
    method: 'private copy',
    readers: Math.max(1, readers),
    async joined() {},
    async release() {
      remove(copy);
    },
  };
}

async function copyTo(path: string, copy: string): Promise<void> {
  const source = openToRead(path, 'source');
  try {
    // In WAL mode a read transaction disturbs nobody, and the copy can't be overtaken by writers.
    if (source.pragma('journal_mode', { simple: true }) === 'wal') holdStill(source);
    let remaining = Number.POSITIVE_INFINITY;
    let restarts = 0;
    await source.backup(copy, {
      progress({ remainingPages }) {
        if (remainingPages > remaining && ++restarts === RESTARTS) holdStill(source);
        remaining = remainingPages;
        return PAGES_A_STEP;
      },
    });
  } finally {
    source.close();
  }
  // Readers of a copy in WAL mode would have to share memory through a file beside it.
  const db = new Database(copy);
  try {
    db.pragma('journal_mode = DELETE');
  } finally {
    db.close();
  }
}

function holdStill(source: Database.Database): void {
  if (source.inTransaction) return;
  source.exec('BEGIN');
  source.prepare('SELECT count(*) FROM sqlite_schema').get();
}

function remove(copy: string): void {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(copy + suffix, { force: true });
}
