// What can be done about a run that is not under way here: go on with it, publish it, take it back, drop its backups.

import { createStore } from 'zustand/vanilla';
import type { CallOutput, Endpoint } from '../../../shared/contract.ts';
import { assertNever, type DroverErrorData } from '../../../shared/errors.ts';
import type { RunState, RunSummary } from '../../../shared/model/run.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { go } from './navigation.ts';
import { showGoingBack, watchAgain } from './run.ts';
import { readRuns } from './runs.ts';

export type Deed = 'resume' | 'publish' | 'take over' | 'roll back' | 'drop backups' | 'give password';

export type RolledBack = CallOutput<'run.rollback'>;

export interface Recovery {
  /** What is asked about, in a dialog over any screen. */
  readonly asked: { readonly deed: Deed; readonly run: RunSummary } | null;
  readonly working: boolean;
  readonly error: DroverErrorData | null;
  /** What rollbacks have done here, by run. */
  readonly results: Readonly<Record<string, RolledBack>>;
}

export const recovery = createStore<Recovery>(() => ({ asked: null, working: false, error: null, results: {} }));

/** What may be done, in the order in which it is offered. `active`: under way in the engine of this page. */
export function deedsFor(state: RunState, active: boolean): readonly Deed[] {
  switch (state) {
    case 'held':
      return ['publish', 'roll back'];
    case 'interrupted':
    case 'unknown':
      return ['resume', 'roll back'];
    case 'published':
      return ['roll back', 'drop backups'];
    case 'running':
      return active ? [] : ['take over'];
    case 'rehearsed':
    case 'undone':
    case 'rolled back':
    case 'refused':
      return [];
    default:
      return assertNever(state);
  }
}

/** Nothing happens before the dialog was answered. */
export function ask(deed: Deed, run: RunSummary): void {
  recovery.setState({ asked: { deed, run }, error: null });
}

export function putOff(): void {
  if (!recovery.getState().working) recovery.setState({ asked: null, error: null });
}

/** Leads to the run, which is watched. */
export function goOnWith(
  found: RunSummary,
  how: { readonly takeOver: boolean; readonly publish: boolean },
): Promise<void> {
  const { run, source, target } = found;
  return work(async () => {
    await engine.call('run.resume', { run, source: endpoint(source), target: endpoint(target), ...how, consent });
    watchAgain(found);
    go({ at: 'run' });
  });
}

/** `some`: only these tables of a published run. */
export function rollBack(
  { run, target, state }: RunSummary,
  keepNewer: boolean,
  some: readonly string[] | null = null,
): Promise<void> {
  return work(async () => {
    const step = state === 'published' ? 'publish' : 'stage';
    const asBefore = some ? () => undefined : showGoingBack(run, step, 'compensating');
    try {
      const tables = some ? { tables: [...some] } : {};
      const how = { keepNewer, ...tables };
      const result = await engine.call('run.rollback', { run, target: endpoint(target), ...how, consent });
      recovery.setState(({ results }) => ({ results: { ...results, [run]: result } }));
      if (result.staying.length === 0) showGoingBack(run, step, 'compensated');
    } catch (thrown) {
      asBefore();
      throw thrown;
    }
  });
}

export function dropBackups({ run, target }: RunSummary): Promise<void> {
  return work(async () => {
    await engine.call('run.clean', { run, target: endpoint(target), consent });
  });
}

/** One dialog asks before any of it. */
const consent = 'screens';

/** The host adds the password it keeps. */
export function endpoint(url: string): Endpoint {
  return { url, password: null };
}

async function work(deed: () => Promise<void>): Promise<void> {
  if (recovery.getState().working) return;
  recovery.setState({ working: true, error: null });
  try {
    await deed();
    recovery.setState({ asked: null });
  } catch (thrown) {
    recovery.setState({ error: failureOf(thrown) });
  } finally {
    recovery.setState({ working: false });
  }
  // Also after a failure: the run may stand otherwise than before.
  await readRuns();
}
