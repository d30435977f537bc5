// All runs that this machine remembers, newest first.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { RunSummary } from '../../../shared/model/run.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';

export interface RunsState {
  /** null until they were read. */
  readonly runs: readonly RunSummary[] | null;
  readonly error: DroverErrorData | null;
}

export const runsStore = createStore<RunsState>(() => ({ runs: null, error: null }));

export async function readRuns(): Promise<void> {
  try {
    const runs = await engine.call('runs', {});
    runsStore.setState({ runs: runs.toSorted((a, b) => b.startedAt.localeCompare(a.startedAt)), error: null });
  } catch (thrown) {
    runsStore.setState({ error: failureOf(thrown) });
  }
}
