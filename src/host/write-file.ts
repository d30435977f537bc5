// Writing a file whole or not at all: beside it first, onto the disk, then in its place in one act.

import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';

/** A crash leaves the old file or the new one. Throws what the system says. */
export async function replaceFile(file: string, text: string, mode = 0o666): Promise<void> {
  const scratch = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeDurably(scratch, text, mode);
    await rename(scratch, file);
  } catch (error) {
    await rm(scratch, { force: true });
    throw error;
  }
}

async function writeDurably(file: string, text: string, mode: number): Promise<void> {
  const handle = await open(file, 'wx', mode);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
