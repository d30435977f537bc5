// A folder in memory for all that tests write: on a disk, they wait for SQLite's files and the servers' more than they work.

import { readFileSync, statfsSync } from 'node:fs';

const FOLDER = '/dev/shm';
/** A whole run fills less than half of it. */
const ENOUGH_BYTES = 6 * 2 ** 30;

/** Null where there is none, too little of it, or where programs may not be started from it, as PostgreSQL's are. */
export function folderInMemory(): string | null {
  try {
    const mount = readFileSync('/proc/self/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
      .find(([, place]) => place === FOLDER);
    if (!mount || mount[3]!.split(',').includes('noexec')) return null;
    const { bavail, bsize } = statfsSync(FOLDER);
    return Math.min(bavail * bsize, process.availableMemory()) > ENOUGH_BYTES ? FOLDER : null;
  } catch {
    return null;
  }
}
