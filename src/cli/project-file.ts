// A project with what opens its databases: what plan, run and verify want.

import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readProject } from '../host/project-file.ts';
import type { Endpoint } from '../shared/contract.ts';
import type { Project } from '../shared/model/mapping.ts';
import { access } from './access.ts';
import type { Context } from './context.ts';

export interface Saved {
  readonly project: Project;
  readonly source: Endpoint;
  readonly target: Endpoint;
}

export async function openProject(context: Context, file: string): Promise<Saved> {
  return connectProject(context, await readProject(file), dirname(resolve(file)));
}

/** Relative SQLite paths in a project count from the folder that the project lies in. */
export async function connectProject(context: Context, project: Project, base?: string): Promise<Saved> {
  return {
    project,
    source: await access(context, 'source', project.source.url, base),
    target: await access(context, 'target', project.target.url, base),
  };
}

export function isFile(path: string): boolean {
  return existsSync(path);
}
