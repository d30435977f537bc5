// The mapping under work: every change can be undone, and is saved as it is made.

import { createStore } from 'zustand/vanilla';
import { keepTypesByHand } from '../../../shared/by-hand.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { readDesk } from './desk.ts';
import { freeName } from './free-name.ts';
import { askToLeave } from './leaving.ts';
import { resetSides, setUrl, sides } from './sides.ts';

export type Saving =
  | { readonly state: 'saved' }
  | { readonly state: 'changed' }
  | { readonly state: 'saving' }
  /** The file is another than was read or written here: nothing is written until a person has decided. */
  | { readonly state: 'elsewhere' }
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
  /** Counts the migrations that were opened or begun: tells one from the next. */
  readonly visit: number;
}

const empty = {
  path: null,
  project: null,
  done: [],
  undone: [],
  saving: { state: 'saved' },
} as const satisfies Partial<ProjectState>;
const CHANGES_KEPT = 500;
const SAVE_AFTER_MS = 600;

export const projectStore = createStore<ProjectState>(() => ({ ...empty, visit: 0 }));

/** Where a migration is saved, and what the file was when it was last read or written: one object for each visit. */
interface File {
  path: string | null;
  version: string | null;
}

let timer: ReturnType<typeof setTimeout> | undefined;
let saves: Promise<void> = Promise.resolve();
let file: File = { path: null, version: null };

/** Another migration: nothing is mapped yet. False when the person stays with this one. */
export async function startAnew(): Promise<boolean> {
  if (!(await mayLeave())) return false;
  visit({ path: null, version: null }, null);
  resetSides();
  return true;
}

/** False when the person stays with the project at hand. Throws DroverError. */
export async function openProject(path: string): Promise<boolean> {
  await flush();
  if (!(await mayLeave())) return false;
  const { path: found, version, project } = await engine.call('project.open', { path });
  visit({ path: found, version }, project);
  resetSides({ source: project.source.url, target: project.target.url });
  void readDesk();
  return true;
}

/** Maps both sides automatically. Types set by hand stay; the rest can be had back with undo. Throws DroverError. */
export async function mapAutomatically(
  options: Partial<Pick<Project, 'name' | 'naming' | 'mode'>> = {},
): Promise<void> {
  const { source, target } = sides.getState();
  const { project } = projectStore.getState();
  const made = await engine.call('map', {
    source: { url: source.url, password: null },
    target: { url: target.url, password: null },
    name: options.name ?? project?.name ?? freeName(nameFor(target.url), await namesTaken()),
    naming: options.naming ?? project?.naming ?? 'keep',
    ...((options.mode ?? project?.mode) ? { mode: options.mode ?? project?.mode } : {}),
    ...(project?.typeRules ? { typeRules: project.typeRules } : {}),
  });
  if (project) change('Map automatically', (before) => keepTypesByHand(made, before));
  else {
    projectStore.setState({ ...empty, project: made, saving: { state: 'changed' } });
    await save();
  }
}

/** A project that was made of something else: it is new here, and saved at once. */
export async function adopt(project: Project): Promise<void> {
  const named = { ...project, name: freeName(project.name, await namesTaken()) };
  projectStore.setState({ ...empty, project: named, saving: { state: 'changed' } });
  await save();
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
  // What still waits for its turn is written into the file of before.
  file = { path, version: null };
  projectStore.setState({ path, project: { ...project, name: nameOf(path) } });
  await save();
  await readDesk();
}

/** Instead of the project at hand the one in its file, which somebody else has changed; undo brings back what was here. */
export async function takeTheFiles(): Promise<void> {
  const { path } = projectStore.getState();
  if (path === null) return;
  const ours = file;
  try {
    const { version, project } = await engine.call('project.open', { path });
    if (file !== ours) return;
    file.version = version;
    change('Take the project as it was changed elsewhere', () => project);
    clearTimeout(timer);
    projectStore.setState({ saving: { state: 'saved' } });
    setUrl('source', project.source.url);
    setUrl('target', project.target.url);
  } catch (thrown) {
    if (file === ours) projectStore.setState({ saving: { state: 'failed', error: failureOf(thrown) } });
  }
}

/** Whatever stands in the file by now. */
export async function saveOver(): Promise<void> {
  file.version = null;
  await save();
}

/** What can't be saved by itself is not given up unasked. */
function mayLeave(): Promise<boolean> {
  const { state } = projectStore.getState().saving;
  return state === 'elsewhere' || state === 'failed' ? askToLeave() : Promise.resolve(true);
}

/** What is left is saved, not lost with the screen. */
function visit(next: File, project: Project | null): void {
  void flush();
  file = next;
  projectStore.setState(({ visit }) => ({ ...empty, path: next.path, project, visit: visit + 1 }));
}

function saveSoon(): void {
  if (projectStore.getState().saving.state === 'elsewhere') return;
  projectStore.setState({ saving: { state: 'changed' } });
  clearTimeout(timer);
  timer = setTimeout(() => void save(), SAVE_AFTER_MS);
}

/** One after another: two at once would make two files of a new project. */
function save(): Promise<void> {
  const { project } = projectStore.getState();
  const into = file;
  saves = saves.then(() => write(project, into));
  return saves;
}

/** What belongs to a project that was left meanwhile is written all the same, and told to nobody. */
async function write(project: Project | null, into: File): Promise<void> {
  if (!project) return;
  const tell = (state: Partial<ProjectState>): void => {
    if (into === file) projectStore.setState(state);
  };
  tell({ saving: { state: 'saving' } });
  try {
    const isNew = into.path === null;
    const saved = await engine.call('project.save', { path: into.path, project, version: into.version });
    Object.assign(into, saved);
    if (isNew) void readDesk();
    const isLatest = projectStore.getState().project === project;
    tell({ path: saved.path, saving: { state: isLatest ? 'saved' : 'changed' } });
  } catch (thrown) {
    const error = failureOf(thrown);
    tell({ saving: error.code === 'project.changed-elsewhere' ? { state: 'elsewhere' } : { state: 'failed', error } });
  }
}

function flush(): Promise<void> {
  clearTimeout(timer);
  return projectStore.getState().saving.state === 'changed' ? save() : saves;
}

/** Names of projects that stand in the history or on the desk: by them runs are told apart. */
async function namesTaken(): Promise<ReadonlySet<string>> {
  const [{ recent }, runs] = await Promise.all([engine.call('desk', {}), engine.call('runs', {})]);
  return new Set([...recent.map(({ name }) => name), ...runs.map(({ project }) => project)]);
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
