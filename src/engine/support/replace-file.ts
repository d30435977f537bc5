// Never half a file: a reader finds the old one or the new one, after a power failure too.

import { open, rename } from 'node:fs/promises';

/** On disk when the promise resolves. */
export async function replaceFile(path: string, content: string | readonly Buffer[]): Promise<void> {
  const file = await open(`${path}.new`, 'w');
  try {
    await file.writeFile(content);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.new`, path);
}
