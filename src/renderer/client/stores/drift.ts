// What is otherwise in the two databases than when the project at hand was mapped; and what changing its databases changed.

import { createStore } from 'zustand/vanilla';
import type { Drift } from '../../../shared/model/drift.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import type { Retyped } from '../../../shared/model/retyped.ts';
import { engine } from '../engine.ts';
import { projectStore } from './project.ts';
import { endpointOf, sides } from './sides.ts';

export interface DriftState {
  /** null until it was looked for. */
  readonly drift: Drift | null;
  /** Whether Map shows it instead of the mapping. */
  readonly shown: boolean;
  /** Of the last change to a database of another family; null where there was none, or it was read. */
  readonly rebound: Omit<Retyped, 'project'> | null;
}

const none: DriftState = { drift: null, shown: false, rebound: null };

export const driftStore = createStore<DriftState>(() => none);

interface Looked {
  readonly visit: number;
  readonly project: Project;
  readonly urls: string;
  readonly at: number;
}

let looked: Looked | null = null;
const FRESH_MS = 30_000;

projectStore.subscribe((now, before) => {
  if (now.visit !== before.visit) {
    looked = null;
    driftStore.setState(none);
  } else if (driftStore.getState().rebound && addressesOf(now.project) !== addressesOf(before.project)) {
    // Undone, or bound anew.
    driftStore.setState({ rebound: null });
  }
});

function addressesOf(project: Project | null): string {
  return `${project?.source.url}\n${project?.target.url}`;
}

/** Looks where it may have changed: at a project just opened, at other databases, and while something differs. */
export async function lookForDrift(): Promise<void> {
  const { project, visit } = projectStore.getState();
  const { source, target } = sides.getState();
  if (!project || source.url === '' || target.url === '') return;
  const urls = `${source.url}\n${target.url}`;
  const before = looked;
  const isFirst = before?.visit !== visit || before.urls !== urls;
  const isOld = before !== null && Date.now() - before.at > FRESH_MS;
  const { drift: known } = driftStore.getState();
  const differs = known !== null && (known.differences.length > 0 || known.elsewhere);
  const settles = differs && before?.project !== project;
  if (!isFirst && !isOld && !settles) return;
  const mine: Looked = { visit, project, urls, at: isFirst || isOld ? Date.now() : before.at };
  looked = mine;
  try {
    const input = { project, source: endpointOf('source'), target: endpointOf('target') };
    const drift = await engine.call('map.drift', { ...input, refresh: isFirst || isOld });
    if (looked !== mine) return;
    const matters = drift.differences.some(({ severity }) => severity !== 'note');
    driftStore.setState(({ shown }) => ({
      drift,
      shown: drift.differences.length > 0 && (shown || (isFirst && matters)),
    }));
  } catch {
    // Who can't be reached is told where it was tried; the next look asks again.
    if (looked === mine) looked = null;
  }
}

export function showDrift(shown: boolean): void {
  driftStore.setState({ shown });
}

export function tellRebound(rebound: DriftState['rebound']): void {
  driftStore.setState({ rebound });
}
