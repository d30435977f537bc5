// How far a run is, from its events alone: a pure reducer. What a display asks of it is in progress-figures.ts.

import type { DroverErrorData } from './errors.ts';
import { many } from './format.ts';
import type { Verdict } from './model/report.ts';
import type { RunEvent, RunState, StepName, StepState, TablePhase } from './model/run.ts';

export interface StepProgress {
  readonly state: StepState;
  /** Milliseconds since 1970. */
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  readonly detail: string | null;
}

export interface Amount {
  readonly rows: number;
  readonly bytes: number;
}

export interface TableProgress {
  readonly name: string;
  readonly phase: TablePhase;
  readonly estimate: number;
  readonly loaded: Amount;
  readonly verified: Amount;
  /** Rows kept aside so far. */
  readonly quarantined: number;
  readonly startedAt: number | null;
  /** When its last phase so far began. */
  readonly phaseAt: number | null;
}

export interface Waiting {
  readonly attempt: number;
  readonly of: number;
  /** When the attempt begins; milliseconds since 1970. */
  readonly until: number;
  readonly message: string;
}

/** All rows and bytes of the current step at one moment; a few seconds of them give the rate. */
interface Sample extends Amount {
  readonly at: number;
}

export interface Progress {
  readonly run: string | null;
  readonly folder: string | null;
  readonly startedAt: number | null;
  /** Time of the last event. */
  readonly at: number | null;
  readonly steps: ReadonlyMap<StepName, StepProgress>;
  readonly tables: ReadonlyMap<string, TableProgress>;
  readonly samples: readonly Sample[];
  readonly paused: boolean;
  /** It was cut off and waits for its next attempt; null as soon as that acts. */
  readonly waiting: Waiting | null;
  readonly rss: number | null;
  readonly peakRss: number | null;
  /** Warnings and errors that the engine told on the way, newest last. */
  readonly log: readonly { readonly level: 'warning' | 'error'; readonly message: string }[];
  readonly error: DroverErrorData | null;
  readonly finished: { readonly state: RunState; readonly verdict: Verdict | null; readonly folder: string } | null;
}

const RATE_WINDOW_MS = 5000;
const LOG_KEPT = 50;

export function initialProgress(
  steps: readonly StepName[],
  tables: readonly { name: string; rows: number }[] = [],
): Progress {
  return {
    run: null,
    folder: null,
    startedAt: null,
    at: null,
    steps: new Map(steps.map((step) => [step, pendingStep])),
    tables: new Map(tables.map(({ name, rows }) => [name, waitingTable(name, rows)])),
    samples: [],
    paused: false,
    waiting: null,
    rss: null,
    peakRss: null,
    log: [],
    error: null,
    finished: null,
  };
}

export function advance(progress: Progress, event: RunEvent): Progress {
  const at = Date.parse(event.at);
  const next = { ...progress, at };
  switch (event.kind) {
    case 'started':
      return { ...next, run: event.run, folder: event.folder, startedAt: at };
    case 'step':
      return { ...next, ...withStep(progress, event, at) };
    case 'table': {
      const tables = new Map(progress.tables);
      tables.set(event.table, tableAfter(tables.get(event.table), event, at));
      return sampled({ ...next, tables }, at);
    }
    case 'memory':
      return { ...next, rss: event.rss, peakRss: Math.max(progress.peakRss ?? 0, event.rss) };
    case 'paused':
      // A pause is not slowness: the rate starts anew after it.
      return { ...next, paused: event.paused, samples: [] };
    case 'retrying': {
      const { attempt, of, seconds, message } = event;
      const words = `${message} Drover goes on from where the target stands, in ${many(seconds, 'second')}.`;
      return {
        ...next,
        waiting: { attempt, of, until: at + seconds * 1000, message },
        samples: [],
        log: [...progress.log, { level: 'warning' as const, message: words }].slice(-LOG_KEPT),
      };
    }
    case 'log':
      if (event.level === 'info') return next;
      return { ...next, log: [...progress.log, { level: event.level, message: event.message }].slice(-LOG_KEPT) };
    case 'error':
      return { ...next, error: event.error };
    case 'finished':
      return {
        ...next,
        run: event.run,
        folder: event.folder,
        finished: { state: event.state, verdict: event.verdict, folder: event.folder },
      };
  }
}

/** As `advance`, for many at once: of thousands of tables a batch is copied and summed up only once. */
export function advanceAll(progress: Progress, events: readonly RunEvent[]): Progress {
  let next = progress;
  let tables: Map<string, TableProgress> | null = null;
  let unsampled: number | null = null;
  const sample = (): void => {
    if (tables === null || unsampled === null) return;
    next = sampled({ ...next, at: Math.max(next.at ?? 0, unsampled), tables }, unsampled);
    unsampled = null;
  };
  for (const event of events) {
    if (event.kind === 'table') {
      tables ??= new Map(next.tables);
      unsampled = Date.parse(event.at);
      tables.set(event.table, tableAfter(tables.get(event.table), event, unsampled));
    } else {
      // The amounts so far belong to the step before, or to the time before the pause.
      if (event.kind !== 'log' && event.kind !== 'memory') sample();
      next = advance(next, event);
    }
  }
  sample();
  return next;
}

/** The step that acts or is being undone now. */
export function currentStep(progress: Progress): StepName | null {
  for (const [name, { state }] of progress.steps) {
    if (state === 'running' || state === 'compensating') return name;
  }
  return null;
}

/** Whether the saga goes backwards. */
export function compensating(progress: Progress): boolean {
  for (const { state } of progress.steps.values()) {
    if (state === 'compensating' || state === 'compensated' || state === 'not compensated') return true;
  }
  return false;
}

const pendingStep: StepProgress = { state: 'pending', startedAt: null, finishedAt: null, detail: null };

const nothing: Amount = { rows: 0, bytes: 0 };

function waitingTable(name: string, estimate: number): TableProgress {
  return {
    name,
    phase: 'waiting',
    estimate,
    loaded: nothing,
    verified: nothing,
    quarantined: 0,
    startedAt: null,
    phaseAt: null,
  };
}

function withStep(progress: Progress, event: Extract<RunEvent, { kind: 'step' }>, at: number): Partial<Progress> {
  const steps = stepsBefore(progress, event);
  const before = steps.get(event.step) ?? pendingStep;
  const begins = event.state === 'running' || event.state === 'compensating';
  const after: StepProgress = {
    state: event.state,
    startedAt: begins ? at : before.startedAt,
    finishedAt: begins ? null : at,
    detail: event.detail ?? before.detail,
  };
  // Rates belong to one step: the next one starts its own window.
  return { steps: new Map(steps).set(event.step, after), waiting: null, ...(begins ? { samples: [] } : {}) };
}

/** Of an attempt that was cut off they are shown until the next one acts, which begins them anew; undoing goes on from them. */
function stepsBefore({ steps, waiting }: Progress, { state }: Extract<RunEvent, { kind: 'step' }>): Progress['steps'] {
  if (waiting === null || state !== 'running') return steps;
  return new Map([...steps.keys()].map((step) => [step, pendingStep]));
}

function tableAfter(
  known: TableProgress | undefined,
  event: Extract<RunEvent, { kind: 'table' }>,
  at: number,
): TableProgress {
  // So each attempt begins.
  if (event.phase === 'waiting') return waitingTable(event.table, event.estimate || (known?.estimate ?? 0));
  const before = known ?? waitingTable(event.table, event.estimate);
  const amount = { rows: event.rows, bytes: event.bytes };
  const loads = event.phase === 'loading' || event.phase === 'loaded';
  return {
    ...before,
    phase: event.phase,
    estimate: event.estimate || before.estimate,
    loaded: loads ? amount : before.loaded,
    // What an attempt before had compared counts no more once it is loaded again.
    verified: loads ? nothing : verifyPhase(event.phase) ? amount : before.verified,
    quarantined: event.quarantined ?? before.quarantined,
    startedAt: before.startedAt ?? at,
    phaseAt: event.phase === before.phase ? before.phaseAt : at,
  };
}

function sampled(progress: Progress, at: number): Progress {
  const { samples } = progress;
  const sample = { at, ...doneSoFar(progress) };
  // One sample each 100 ms is plenty, and keeps the window short however often events come.
  const last = samples.at(-1);
  if (last && samples.length > 1 && at - samples.at(-2)!.at < 100) {
    return { ...progress, samples: [...samples.slice(0, -1), sample] };
  }
  return { ...progress, samples: [...samples.filter((each) => at - each.at <= RATE_WINDOW_MS), sample] };
}

/** Rows and bytes that the current activity has behind it, over all tables. */
export function doneSoFar(progress: Progress): Amount {
  const verifying = activityOf(progress) === 'verifying';
  let rows = 0;
  let bytes = 0;
  for (const table of progress.tables.values()) {
    if (table.phase === 'left out') continue;
    const amount = verifying ? table.verified : table.loaded;
    rows += amount.rows;
    bytes += amount.bytes;
  }
  return { rows, bytes };
}

/** null: the current step does not count rows. */
export function activityOf(progress: Progress): 'loading' | 'verifying' | null {
  const step = currentStep(progress);
  if (step === 'load') return 'loading';
  if (step === 'verify') return 'verifying';
  return null;
}

export function verifyPhase(phase: TablePhase): boolean {
  return phase === 'verifying' || phase === 'verified' || phase === 'different';
}
