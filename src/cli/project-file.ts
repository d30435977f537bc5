// A project with what opens its databases: what plan, run and verify want.

import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { readProject } from '../host/project-file.ts';
import type { Endpoint } from '../shared/contract.ts';
import type { Project } from '../shared/model/mapping.ts';
import type { Retyped } from '../shared/model/retyped.ts';
import { access } from './access.ts';
import type { Context } from './context.ts';
import { retypedLines } from './display/retyped.ts';
import { whileWaiting } from './display/waiting.ts';

export interface Saved {
  readonly project: Project;
  readonly source: Endpoint;
  readonly target: Endpoint;
}

/** Other databases than the project's own. */
export interface Elsewhere {
  readonly source?: string;
  readonly target?: string;
}

export async function openProject(context: Context, file: string, elsewhere: Elsewhere = {}): Promise<Saved> {
  const saved = await connectProject(context, await readProject(file), dirname(resolve(file)), elsewhere);
  return elsewhere.source === undefined && elsewhere.target === undefined ? saved : (await bound(context, saved)).saved;
}

/** The project on the databases it is opened with; what that changed in it is told. */
export async function bound(context: Context, saved: Saved): Promise<{ saved: Saved; retyped: Retyped }> {
  const { terminal, host } = context;
  const retyped = await whileWaiting(terminal.theme, 'binding', host.call('map.bind', saved));
  for (const line of retypedLines(terminal.theme, retyped)) terminal.say(line);
  return { saved: { ...saved, project: retyped.project }, retyped };
}

/** Relative SQLite paths in a project count from the folder that the project lies in. */
export async function connectProject(
  context: Context,
  project: Project,
  base?: string,
  elsewhere: Elsewhere = {},
): Promise<Saved> {
  const open = ({ url }: Project['source'], side: 'source' | 'target') =>
    elsewhere[side] === undefined ? access(context, side, url, base) : access(context, side, elsewhere[side]);
  return { project, source: await open(project.source, 'source'), target: await open(project.target, 'target') };
}

export function isFile(path: string): boolean {
  return existsSync(path);
}
