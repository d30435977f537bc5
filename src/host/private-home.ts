// The data folder is for its person only: reports, samples of rows and addresses lie in it.

import { chmodSync, existsSync, mkdirSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Makes the folder, or tightens one that is Drover's own. What can't be done here is told by whoever writes there. */
export function keepPrivate(home: string): void {
  try {
    mkdirSync(home, { recursive: true, mode: 0o700 });
    if (!isOurs(home)) return;
    tighten(home, 0o700);
    for (const file of FILES) if (existsSync(join(home, file))) tighten(join(home, file), 0o600);
  } catch {
    // A folder that can't be written to may still be read from.
  }
}

const FILES = ['drover.db', 'drover.db-wal', 'drover.db-shm'];

/** A folder that serves other ends as well, such as /tmp, is not ours to close. */
function isOurs(home: string): boolean {
  const names = readdirSync(home);
  return names.length === 0 || names.includes('drover.db') || names.includes('settings.json');
}

function tighten(path: string, mode: number): void {
  if ((statSync(path).mode & 0o777 & ~mode) !== 0) chmodSync(path, mode);
}
