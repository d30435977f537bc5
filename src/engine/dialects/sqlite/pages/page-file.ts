// The pages of a file while nobody changes them: of Drover's own copy, or of a file that others may use as well.

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { keptFile } from '../../../support/kept-files.ts';

export interface PageFile {
  readonly descriptor: number;
  /** Bytes. */
  readonly pageSize: number;
  /** So many at the end of each page are nobody's. */
  readonly reserved: number;
  /** Until `release` nobody changes the file. False, with nothing to release, where somebody has since the first time. */
  hold(): boolean;
  release(): void;
  close(): void;
}

/** A file that nobody else opens. */
export function copyOf(path: string): PageFile {
  const descriptor = openSync(path, 'r');
  return {
    ...headerOf(descriptor),
    descriptor,
    hold: () => true,
    release: () => undefined,
    close: () => closeSync(descriptor),
  };
}

/** Null where its pages can't be had. `db` is a connection to it, outside of a transaction. */
export async function liveFile(db: Database, path: string): Promise<PageFile | null> {
  const descriptor = await keptFile(path);
  if (descriptor === null) return null;
  // SQLite puts it beside the file itself, whatever links led there.
  const log = `${db.prepare("SELECT file FROM pragma_database_list WHERE name = 'main'").pluck().get()}-wal`;
  let version: unknown = null;
  const release = (): void => void db.exec('COMMIT');
  return {
    ...headerOf(descriptor),
    descriptor,
    hold() {
      db.exec('BEGIN');
      try {
        // The first statement takes the lock.
        const found = db.pragma('data_version', { simple: true });
        version ??= found;
        if (version === found && !hasContent(log)) return true;
      } catch (error) {
        release();
        throw error;
      }
      release();
      return false;
    },
    release,
    close: () => undefined,
  };
}

/** What was written lies in the log until it is brought over. What comes into it later is not for who reads already. */
function hasContent(log: string): boolean {
  return (statSync(log, { throwIfNoEntry: false })?.size ?? 0) > 0;
}

function headerOf(descriptor: number): Pick<PageFile, 'pageSize' | 'reserved'> {
  const head = Buffer.alloc(100);
  readSync(descriptor, head, 0, 100, 0);
  const size = head.readUInt16BE(16);
  return { pageSize: size === 1 ? 65_536 : size, reserved: head[20]! };
}
