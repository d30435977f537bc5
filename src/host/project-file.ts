// Project files: read with errors that name the file, written whole or not at all.

import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { formatProject, parseProject, replaceFile } from '../engine/index.ts';
import { DroverError } from '../shared/errors.ts';
import type { Project } from '../shared/model/mapping.ts';

export async function readProject(file: string): Promise<Project> {
  return (await readProjectFile(file)).project;
}

/** `version` tells whether the file is still the same. */
export async function readProjectFile(file: string): Promise<{ project: Project; version: string }> {
  const text = await readText(file);
  return { project: parse(file, text), version: versionOf(text) };
}

/** Resolves with the version that the file has now. */
export async function saveProject(file: string, project: Project): Promise<string> {
  const text = formatProject(project);
  await saveText(file, text);
  return versionOf(text);
}

/** null where there is no such file. */
export async function projectVersion(file: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : versionOf(text);
}

export async function saveText(file: string, text: string): Promise<void> {
  try {
    await replaceFile(file, text.endsWith('\n') ? text : `${text}\n`, await modeOf(file));
  } catch (error) {
    throw new DroverError('project.unwritable', `The file ${file} cannot be written.`, {
      cause: (error as Error).message,
      hint: 'Name a file in a folder that exists and that you may write to.',
      where: { side: 'local' },
    });
  }
}

/** "shop.drover.json" → "shop". */
export function projectName(file: string): string {
  return basename(file).replace(/(\.drover)?(\.json)?$/i, '') || 'project';
}

function versionOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** What nobody else might read before stays so. */
async function modeOf(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(() => null);
  return found ? found.mode & 0o777 : undefined;
}

/** What is wrong is told with the file that it is wrong in. */
function parse(file: string, text: string): Project {
  try {
    return parseProject(text);
  } catch (error) {
    if (!(error instanceof DroverError)) throw error;
    throw DroverError.from({ ...error.data, message: `${file}: ${error.message}` });
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new DroverError('project.missing-file', `The project file ${file} cannot be read.`, {
      cause: (error as Error).message,
      hint: 'Give the path of a project that `drover map … -o <file>` has written.',
      where: { side: 'project' },
    });
  }
}
