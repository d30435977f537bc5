// The text of a load file, read with errors that name the file.

import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { readLoadFile } from '../engine/index.ts';
import { DroverError } from '../shared/errors.ts';
import type { LoadCommand } from '../shared/model/loadfile.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** Addresses are as the file has them, with their passwords. */
export async function readLoadCommands(file: string, environment: Environment): Promise<LoadCommand[]> {
  const text = await readText(file);
  try {
    return readLoadFile(text, environment);
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    throw DroverError.from({ ...error.data, message: `${file}: ${error.message}` });
  }
}

/** "shop.load" → "shop". */
export function loadFileName(file: string): string {
  return basename(file).replace(/\.load$/i, '') || 'project';
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new DroverError('project.missing-file', `The load file ${file} cannot be read.`, {
      cause: (error as Error).message,
      hint: 'Give the path of a file that holds commands of pgloader’s.',
      where: { side: 'project' },
    });
  }
}
