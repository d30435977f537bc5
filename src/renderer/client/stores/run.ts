// The run that is watched: how far it is, its throughput, and what it said.

import { createStore } from 'zustand/vanilla';
import type { RunOptions } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { many } from '../../../shared/format.ts';
import { type RunEvent, type RunSummary, type StepName, type StepState, stepNames } from '../../../shared/model/run.ts';
import { advanceAll, initialProgress, type Progress } from '../../../shared/progress.ts';
import { overall } from '../../../shared/progress-figures.ts';
import { engine } from '../engine.ts';
import { failureOf } from '../failure.ts';
import { go } from './navigation.ts';
import { projectStore } from './project.ts';
import { leaveRetry, type Retry } from './retry.ts';
import { lastOwnRun, readRuns, runsStore } from './runs.ts';
import { endpointOf } from './sides.ts';
import { readVerdict } from './verdicts.ts';

export interface LogLine {
  readonly at: string;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** One point of the charts. Rates are per second. */
export interface Point {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly rows: number;
  readonly bytes: number;
  readonly rss: number | null;
}

export interface RunState {
  readonly run: string | null;
  /** The project that runs, by name. */
  readonly project: string | null;
  /** It is a run of the migration at hand; another one is watched only when a person wants to. */
  readonly own: boolean;
  readonly progress: Progress;
  readonly points: readonly Point[];
  readonly log: readonly LogLine[];
  readonly starting: boolean;
  /** Why it could not start, or can't be watched. */
  readonly error: DroverErrorData | null;
  /** A person wished to cancel, and the run has not said yet that it stops. */
  readonly cancelling: boolean;
  /** A person wished to leave it as it is, and it has not ended yet. */
  readonly leaving: boolean;
}

const none: RunState = {
  run: null,
  project: null,
  own: false,
  progress: initialProgress(stepNames),
  points: [],
  log: [],
  starting: false,
  error: null,
  cancelling: false,
  leaving: false,
};

const CHART_MS = 5 * 60_000;
const POINT_EVERY_MS = 500;
const LOG_KEPT = 5000;

export const runStore = createStore<RunState>(() => none);

let watching: AbortController | null = null;

// Another migration shows its own last run, or none.
projectStore.subscribe(({ visit }, before) => {
  if (visit !== before.visit) void showOwnRun();
});

// A run that was rolled back after its end is not what its own events say.
runsStore.subscribe(({ runs }) => {
  const { run, progress } = runStore.getState();
  const state = runs?.find((each) => each.run === run)?.state;
  if ((state !== 'undone' && state !== 'rolled back') || !progress.finished || progress.finished.state === state)
    return;
  runStore.setState({ progress: { ...progress, error: null, finished: { ...progress.finished, state } } });
});

/** Starts the retry, else the project at hand; true when it runs. */
export async function startRun(options: RunOptions, retry: Retry | null): Promise<boolean> {
  const project = retry?.project ?? projectStore.getState().project;
  if (!project) return false;
  leave();
  runStore.setState({ starting: true });
  try {
    const { run } = await engine.call('run.start', {
      project,
      source: retry?.source ?? endpointOf('source'),
      target: retry?.target ?? endpointOf('target'),
      options,
      consent: 'screens',
    });
    if (retry) leaveRetry();
    void watch(run, project.name, retry === null);
    return true;
  } catch (thrown) {
    runStore.setState({ starting: false, error: failureOf(thrown) });
    return false;
  }
}

/** Of the migration at hand: one under way, or the last one where the engine still has its events. */
export async function showOwnRun(): Promise<void> {
  leave();
  const { visit } = projectStore.getState();
  await readRuns();
  const last = lastOwnRun();
  const { run, starting } = runStore.getState();
  if (!last || run !== null || starting || projectStore.getState().visit !== visit) return;
  void readVerdict(last.run);
  void watch(last.run, last.project, true);
}

/** Any run, by wish. */
export function watchRun({ run, project }: Pick<RunSummary, 'run' | 'project'>): void {
  if (runStore.getState().run !== run) void watch(run, project, lastOwnRun()?.run === run);
}

export async function pauseRun(paused: boolean): Promise<void> {
  await command(paused ? 'run.pause' : 'run.continue');
}

export async function cancelRun(): Promise<void> {
  runStore.setState({ cancelling: true });
  await command('run.cancel');
}

export async function leaveRun(): Promise<void> {
  runStore.setState({ leaving: true });
  await command('run.leave');
}

/** It goes on: what it says from now on, from its first step. */
export function watchAgain({ run, project }: Pick<RunSummary, 'run' | 'project'>): void {
  void watch(run, project, lastOwnRun()?.run === run);
}

/** The steps of the run that is shown, as they run back after its end. Returns what puts them as they were. */
export function showGoingBack(run: string, step: StepName, state: StepState): () => void {
  const before = runStore.getState();
  if (before.run !== run || !before.progress.finished) return () => undefined;
  const { steps } = before.progress;
  const at = steps.get(step);
  if (at) runStore.setState({ progress: { ...before.progress, steps: new Map(steps).set(step, { ...at, state }) } });
  return () => {
    if (runStore.getState().run === run) runStore.setState({ progress: before.progress });
  };
}

export function isRunning({ run, progress, starting }: RunState): boolean {
  return starting || (run !== null && progress.finished === null);
}

/** Where a run is to be seen: itself while it goes on, its report after that. */
export function goToRun({ run, project }: Pick<RunSummary, 'run' | 'project'>): void {
  if (runsStore.getState().active.has(run)) {
    watchRun({ run, project });
    go({ at: 'run' });
  } else {
    go({ at: 'report', run });
  }
}

function leave(): void {
  watching?.abort();
  runStore.setState(none);
}

/** Follows a run to its end; when the line breaks it goes on where it was. */
async function watch(run: string, project: string, own: boolean): Promise<void> {
  leave();
  const controller = new AbortController();
  watching = controller;
  const { signal } = controller;
  runStore.setState({ run, project, own });
  let after = 0;
  while (!signal.aborted && runStore.getState().progress.finished === null) {
    try {
      for await (const item of engine.stream('run.watch', { run, after }, signal)) {
        if (signal.aborted) return;
        after = item.seq;
        take(item.events);
      }
    } catch (thrown) {
      if (signal.aborted) return;
      const error = failureOf(thrown);
      if (error.code === 'support.disconnected') continue;
      // Of a run that was over before, the history tells.
      if (after === 0 && error.code === 'run.not-running') runStore.setState(none);
      else runStore.setState({ error });
      return;
    }
  }
  if (!signal.aborted) await readRuns();
}

function take(events: readonly RunEvent[]): void {
  const before = runStore.getState();
  const progress = advanceAll(before.progress, events);
  const said = events.flatMap(lineOf);
  runStore.setState({
    progress,
    points: withPoint(before.points, progress),
    log: said.length > 0 ? [...before.log, ...said].slice(-LOG_KEPT) : before.log,
  });
}

function withPoint(points: readonly Point[], progress: Progress): readonly Point[] {
  const at = progress.at ?? Date.now();
  const last = points.at(-1);
  if (last && at - last.at < POINT_EVERY_MS) return points;
  const { rowsPerSecond, bytesPerSecond } = overall(progress);
  const point = { at, rows: rowsPerSecond ?? 0, bytes: bytesPerSecond ?? 0, rss: progress.rss };
  return [...points.filter((each) => at - each.at <= CHART_MS), point];
}

function lineOf(event: RunEvent): LogLine[] {
  switch (event.kind) {
    case 'log':
      return [{ at: event.at, level: event.level, message: event.message }];
    case 'error':
      return [{ at: event.at, level: 'error', message: event.error.message }];
    case 'step':
      return [
        {
          at: event.at,
          level: event.state === 'failed' || event.state === 'not compensated' ? 'error' : 'info',
          message: `${event.step}: ${event.state}${event.detail ? ` (${event.detail})` : ''}`,
        },
      ];
    case 'started':
      return [{ at: event.at, level: 'info', message: `run ${event.run} started` }];
    case 'finished':
      return [{ at: event.at, level: 'info', message: `run ${event.run} ended: ${event.state}` }];
    case 'retrying':
      return [
        {
          at: event.at,
          level: 'warning',
          message: `${event.message} Goes on from where the target stands in ${many(event.seconds, 'second')}, attempt ${event.attempt} of ${event.of}.`,
        },
      ];
    case 'table':
    case 'memory':
    case 'paused':
      return [];
  }
}

async function command(name: 'run.pause' | 'run.continue' | 'run.cancel' | 'run.leave'): Promise<void> {
  const { run } = runStore.getState();
  if (run === null) return;
  try {
    await engine.call(name, { run });
  } catch (thrown) {
    const error = failureOf(thrown);
    // Whether the wish was heard nobody knows: the run goes on being watched, and will tell itself.
    const unheard = error.code === 'support.disconnected';
    runStore.setState({ ...(unheard ? {} : { error }), cancelling: false, leaving: false });
  }
}
