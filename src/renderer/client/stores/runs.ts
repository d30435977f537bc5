// All runs that this machine remembers, newest first, and which of them are the migration's at hand.

import { createStore } from 'zustand/vanilla';
import type { Side } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { projectStore } from './project.ts';
import { type Sides, sides } from './sides.ts';

export interface RunsState {
  /** null until they were read. */
  readonly runs: readonly RunSummary[] | null;
  /** Those under way in the engine of this page: they can be watched. */
  readonly active: ReadonlySet<string>;
  readonly error: DroverErrorData | null;
}

export const runsStore = createStore<RunsState>(() => ({ runs: null, active: new Set(), error: null }));

export async function readRuns(): Promise<void> {
  try {
    // In this order: one that ends in between is told as ended.
    const active = await engine.call('run.active', {});
    const runs = await engine.call('runs', {});
    runsStore.setState({
      runs: runs.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)),
      active: new Set(active.map(({ run }) => run)),
      error: null,
    });
  } catch (thrown) {
    runsStore.setState({ error: failureOf(thrown) });
  }
}

/** The last run of the migration at hand. */
export function lastOwnRun({ runs }: RunsState = runsStore.getState()): RunSummary | null {
  const { project } = projectStore.getState();
  const urls = sides.getState();
  return runs?.find((run) => isOf(run, project, urls)) ?? null;
}

/** Runs know their project by its name; a copy of it that leads to other databases is another one. */
export function isOf(run: RunSummary, project: Project | null, urls: Sides): boolean {
  if (project === null || run.project !== project.name) return false;
  const leads = (side: Side) => run[side] === project[side].url || run[side] === urls[side].url;
  return leads('source') && leads('target');
}
