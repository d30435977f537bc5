// The mapping under work: every change can be undone, and is saved as it is made.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { readDesk } from './desk.ts';
import { resetSides, sides } from './sides.ts';

export type Saving =
  | { readonly state: 'saved' }
  | { readonly state: 'changed' }
  | { readonly state: 'saving' }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

interface Change {
  /** What was done, as a person would say it: "Rename customers.mail to email". */
  readonly what: string;
  readonly before: Project;
  readonly after: Project;
}

export interface ProjectState {
  /** Where it is saved; null while it is new. */
  readonly path: string | null;
  readonly project: Project | null;
  readonly done: readonly Change[];
  readonly undone: readonly Change[];
  readonly saving: Saving;
}

const empty: ProjectState = { path: null, project: null, done: [], undone: [], saving: { state: 'saved' } };
const CHANGES_KEPT = 500;
const SAVE_AFTER_MS = 600;

export const projectStore = createStore<ProjectState>(() => empty);

let timer: ReturnType<typeof setTimeout> | undefined;
let saves: Promise<void> = Promise.resolve();
/** Counts the projects that were opened or begun. */
let visit = 0;

/** Another migration: nothing is mapped yet. */
export function startAnew(): void {
  leave();
  projectStore.setState(empty);
  resetSides();
}

/** Throws DroverError. */
export async function openProject(path: string): Promise<void> {
  await flush();
  const opened = await engine.call('project.open', { path });
  take(opened.path, opened.project);
}

/** Maps both sides automatically; what was mapped by hand can be had back with undo. Throws DroverError. */
export async function mapAutomatically(
  options: Partial<Pick<Project, 'name' | 'naming' | 'mode'>> = {},
): Promise<void> {
  const { source, target } = sides.getState();
  const { project } = projectStore.getState();
  const made = await engine.call('map', {
    source: { url: source.url, password: null },
    target: { url: target.url, password: null },
    name: options.name ?? project?.name ?? nameFor(target.url),
    naming: options.naming ?? project?.naming ?? 'keep',
    ...((options.mode ?? project?.mode) ? { mode: options.mode ?? project?.mode } : {}),
    ...(project?.typeRules ? { typeRules: project.typeRules } : {}),
  });
  if (project) change('Map automatically', () => made);
  else {
    projectStore.setState({ ...empty, project: made, saving: { state: 'changed' } });
    await save();
  }
}

/** Does one thing to the project. Nothing happens when `edit` gives back what it got. */
export function change(what: string, edit: (project: Project) => Project): void {
  const { project, done } = projectStore.getState();
  if (!project) return;
  const after = edit(project);
  if (after === project) return;
  const all = [...done, { what, before: project, after }].slice(-CHANGES_KEPT);
  projectStore.setState({ project: after, done: all, undone: [] });
  saveSoon();
}

export function undo(): void {
  const { done, undone } = projectStore.getState();
  const last = done.at(-1);
  if (!last) return;
  projectStore.setState({ project: last.before, done: done.slice(0, -1), undone: [...undone, last] });
  saveSoon();
}

export function redo(): void {
  const { done, undone } = projectStore.getState();
  const last = undone.at(-1);
  if (!last) return;
  projectStore.setState({ project: last.after, done: [...done, last], undone: undone.slice(0, -1) });
  saveSoon();
}

/** Elsewhere, under the file's name; from then on it lives there. */
export async function saveAs(path: string): Promise<void> {
  const { project } = projectStore.getState();
  if (!project) return;
  projectStore.setState({ path, project: { ...project, name: nameOf(path) } });
  await save();
  await readDesk();
}

function take(path: string, project: Project): void {
  leave();
  projectStore.setState({ ...empty, path, project });
  resetSides({ source: project.source.url, target: project.target.url });
  void readDesk();
}

function saveSoon(): void {
  projectStore.setState({ saving: { state: 'changed' } });
  clearTimeout(timer);
  timer = setTimeout(() => void save(), SAVE_AFTER_MS);
}

/** One after another: two at once would make two files of a new project. */
function save(): Promise<void> {
  const { path, project } = projectStore.getState();
  const held = { path, project, visit };
  saves = saves.then(() => write(held));
  return saves;
}

interface Held {
  readonly path: string | null;
  readonly project: Project | null;
  readonly visit: number;
}

/** What belongs to a project that was left meanwhile is written all the same, and told to nobody. */
async function write({ path: known, project, visit: ours }: Held): Promise<void> {
  if (!project) return;
  const isOpen = () => ours === visit;
  const path = isOpen() ? projectStore.getState().path : known;
  if (isOpen()) projectStore.setState({ saving: { state: 'saving' } });
  try {
    const saved = await engine.call('project.save', { path, project });
    if (path === null) void readDesk();
    if (!isOpen()) return;
    const isLatest = projectStore.getState().project === project;
    projectStore.setState({ path: saved.path, saving: { state: isLatest ? 'saved' : 'changed' } });
  } catch (thrown) {
    if (isOpen()) projectStore.setState({ saving: { state: 'failed', error: failureOf(thrown) } });
  }
}

/** The last changes of the project that is left are not lost with it. */
function leave(): void {
  void flush();
  visit++;
}

function flush(): Promise<void> {
  clearTimeout(timer);
  return projectStore.getState().saving.state === 'changed' ? save() : saves;
}

function nameOf(path: string): string {
  return /([^\\/]*)$/.exec(path)![1]!.replace(/\.drover\.json$|\.json$/i, '');
}

function nameFor(targetUrl: string): string {
  const last =
    targetUrl
      .replace(/[?#].*$/, '')
      .split(/[\\/:]/)
      .filter(Boolean)
      .at(-1) ?? 'migration';
  return decodeURIComponent(last).replace(/\.[a-z0-9]+$/i, '');
}
