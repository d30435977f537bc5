// Never half a file: a reader finds the old one or the new one.

import { rename, writeFile } from 'node:fs/promises';

export async function replaceFile(path: string, content: string | readonly Buffer[]): Promise<void> {
  await writeFile(`${path}.new`, content);
  await rename(`${path}.new`, path);
}
