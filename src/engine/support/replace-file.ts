// Never half a file: a reader finds the old one or the new one, after a power failure too.

import { randomBytes } from 'node:crypto';
import { open, readdir, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isAlive } from './process.ts';

/** A draft is its process's own: two may write the same file, as when a run is taken over from one that only slept. */
const DRAFT = /\.(\d+)\.[0-9a-f]+\.new$/;

/** On disk when the promise resolves. Throws what the system says, and leaves the old file then. */
export async function replaceFile(path: string, content: string | readonly Buffer[], mode = 0o666): Promise<void> {
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}.new`;
  try {
    await writeDurably(draft, content, mode);
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
}

async function writeDurably(path: string, content: string | readonly Buffer[], mode: number): Promise<void> {
  const file = await open(path, 'wx', mode);
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** What processes left in a folder that died in the middle of it. */
export async function sweepDrafts(folder: string): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const pid = Number(DRAFT.exec(name)?.[1]);
    if (pid && !isAlive({ pid, began: null, host: hostname() })) await rm(join(folder, name), { force: true });
  }
}
