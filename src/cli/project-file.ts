// Project files: read with errors that name the file, written whole or not at all.

import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { formatProject, parseProject } from '../engine/index.ts';
import type { Endpoint } from '../shared/contract.ts';
import { DroverError } from '../shared/errors.ts';
import type { Project } from '../shared/model/mapping.ts';
import { access } from './access.ts';
import type { Context } from './context.ts';

/** A project with where to connect: what plan, run and verify want. */
export interface Saved {
  readonly project: Project;
  readonly source: Endpoint;
  readonly target: Endpoint;
}

export async function openProject(context: Context, file: string): Promise<Saved> {
  return connectProject(context, parse(file, await readText(file)), dirname(resolve(file)));
}

/** Relative SQLite paths in a project count from the folder that the project lies in. */
export async function connectProject(context: Context, project: Project, base?: string): Promise<Saved> {
  return {
    project,
    source: await access(context, 'source', project.source.url, base),
    target: await access(context, 'target', project.target.url, base),
  };
}

/** Replaces the file in one act, so that a crash leaves the old one or the new one. */
export async function saveProject(file: string, project: Project): Promise<void> {
  await saveText(file, formatProject(project));
}

export async function saveText(file: string, text: string): Promise<void> {
  const scratch = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  try {
    await writeFile(scratch, text.endsWith('\n') ? text : `${text}\n`);
    await rename(scratch, file);
  } catch (error) {
    await rm(scratch, { force: true });
    throw new DroverError('support.usage', `The file ${file} cannot be written.`, {
      cause: (error as Error).message,
      hint: 'Name a file in a folder that exists and that you may write to.',
      where: { side: 'local' },
    });
  }
}

export function isFile(path: string): boolean {
  return existsSync(path);
}

/** "shop.drover.json" → "shop". */
export function projectName(file: string): string {
  return basename(file).replace(/(\.drover)?(\.json)?$/i, '') || 'project';
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
