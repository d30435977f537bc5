// What targets say of runs that nobody carries out: asked once, and again when the run has come further.

import { createStore } from 'zustand/vanilla';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { RunState, RunSummary, Standing } from '../../../shared/model/run.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { runsStore } from './runs.ts';

export type Told =
  | { readonly state: 'asking' }
  | { readonly state: 'told'; readonly standing: Standing }
  | { readonly state: 'failed'; readonly error: DroverErrorData };

/** By run. */
export const standings = createStore<Readonly<Record<string, Told>>>(() => ({}));

const OPEN: ReadonlySet<RunState> = new Set(['interrupted', 'held', 'unknown']);

export function isOpen({ state }: Pick<RunSummary, 'state'>): boolean {
  return OPEN.has(state);
}

// A run that was gone on with stands otherwise afterwards.
runsStore.subscribe(({ runs }, before) => {
  const gone = (before.runs ?? []).filter((old) => runs?.find(({ run }) => run === old.run)?.state !== old.state);
  if (gone.length === 0) return;
  const all = { ...standings.getState() };
  for (const { run } of gone) delete all[run];
  standings.setState(all, true);
});

/** Unless it was asked already. */
export async function askStanding({ run, target }: RunSummary, again = false): Promise<void> {
  if (standings.getState()[run] && !again) return;
  standings.setState({ [run]: { state: 'asking' } });
  try {
    const standing = await engine.call('run.standing', { run, target: { url: target, password: null } });
    standings.setState({ [run]: { state: 'told', standing } });
  } catch (thrown) {
    standings.setState({ [run]: { state: 'failed', error: failureOf(thrown) } });
  }
}
