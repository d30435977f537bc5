// The files of a folder, for a person who looks for one: folders first, hidden ones left out.

import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { CallOutput } from '../../shared/contract.ts';
import { DroverError } from '../../shared/errors.ts';
import type { FileEntry } from '../../shared/model/desk.ts';

export async function listFiles(given: string | null): Promise<CallOutput<'files.list'>> {
  const folder = resolve(given === null ? homedir() : given.replace(/^~(?=$|[\\/])/, homedir()));
  const names = (await read(folder)).filter(({ name }) => !name.startsWith('.'));
  const found = await Promise.all(names.map(({ name }) => entry(folder, name)));
  const up = dirname(folder);
  return {
    folder,
    parent: up === folder ? null : up,
    entries: found.filter((each) => each !== null).sort(inOrder),
  };
}

async function read(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new DroverError('files.unreadable', `The folder ${folder} cannot be opened: ${reason(error)}.`, {
      cause: (error as Error).message,
      hint: 'Choose another folder.',
      where: { side: 'local' },
    });
  }
}

function reason(error: unknown): string {
  switch ((error as NodeJS.ErrnoException).code) {
    case 'ENOENT':
      return 'it is not there';
    case 'ENOTDIR':
      return 'it is a file';
    case 'EACCES':
    case 'EPERM':
      return 'you may not read it';
    default:
      return 'the system refuses';
  }
}

/** null for what is neither file nor folder, or gone by now. */
async function entry(folder: string, name: string): Promise<FileEntry | null> {
  const path = join(folder, name);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile() && !found?.isDirectory()) return null;
  return {
    name,
    path,
    kind: found.isDirectory() ? 'folder' : 'file',
    bytes: found.isDirectory() ? 0 : found.size,
    modifiedAt: found.mtime.toISOString(),
  };
}

const byName = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

function inOrder(a: FileEntry, b: FileEntry): number {
  if (a.kind !== b.kind) return a.kind === 'folder' ? -1 : 1;
  return byName.compare(a.name, b.name);
}
