// Attempts: a run whose connections are lost goes on by itself, from where the target says that it stands, a few times.

import { setTimeout as sleep } from 'node:timers/promises';
import { DroverError } from '../../shared/errors.ts';
import type { StepName } from '../../shared/model/run.ts';
import { asDroverError, isTransient } from '../support/failure.ts';
import { thisProcess } from '../support/process.ts';
import { type Job, nothingMade, type RunContext, type RunPorts, type RunSignals } from './job.ts';
import { proveAsBefore } from './rehearsal.ts';
import { type Journal, runSaga, type SagaOutcome, type Step } from './saga.ts';
import { standAgain } from './standing.ts';
import type { Store } from './store/store.ts';
import { undo } from './undo.ts';

/** Before each further attempt that follows one which got nowhere, milliseconds. */
const PAUSES_MS = [1000, 4000, 15_000];

export interface Attempting {
  readonly stepsFor: (job: Job) => readonly Step<RunContext>[];
  readonly begins: (context: RunContext) => void;
  readonly journal: Journal;
}

export interface Attempted {
  readonly outcome: SagaOutcome;
  /** Of the last attempt. */
  readonly context: RunContext;
}

/** Ends with the first attempt that was not cut off by something that passes, or with the last of a few that were. */
export async function attemptUntilOver(
  first: Job,
  ports: RunPorts,
  signals: RunSignals,
  { stepsFor, begins, journal }: Attempting,
): Promise<Attempted> {
  const signal = AbortSignal.any([signals.cancel, signals.leave]);
  let job = first;
  for (let vain = 0; ; vain++) {
    const { artifacts, tell, control } = ports;
    const context: RunContext = { job, artifacts, signal, tell, control, made: nothingMade() };
    begins(context);
    const outcome = await runSaga(stepsFor(job), context, {
      journal,
      signal,
      afterFailure: async (step, error) =>
        leaves(job, step, error, signals) || (await isTakenOver(job, ports)) ? 'leave' : 'compensate',
      rehearsal: job.options.rehearse ?? false,
    }).catch(async (thrown) => {
      await letGo(context);
      throw thrown;
    });
    if (outcome.kind !== 'left') {
      // The steps that publish release what they no longer need. Who waits for them, or could not be undone, does not get
      // so far, and what is open would keep the process alive.
      if (outcome.kind !== 'completed' || job.options.hold) await letGo(context);
      return { outcome: await proved(outcome, context), context };
    }
    await letGo(context);
    if (hasGotOn(context)) vain = 0;
    const next = await goOn(job, context, ports.store, { error: outcome.error, vain }, signals);
    if (next.kind === 'job') job = next.job;
    else return { outcome: cancelled(signals) ? await undone(context, outcome, journal) : outcome, context };
  }
}

/** A rehearsal that was interrupted can't tell any more what the target held before. */
async function proved(outcome: SagaOutcome, context: RunContext): Promise<SagaOutcome> {
  if (outcome.kind !== 'rehearsed' || context.made.before === null) return outcome;
  try {
    await proveAsBefore(context);
    return outcome;
  } catch (thrown) {
    const error = asDroverError(thrown);
    return { kind: 'not compensated', failedAt: 'verify', error, failures: [] };
  }
}

/**
 * What is verified or published is never thrown away for a fault of the moment, and whoever resumes a run decides
 * himself what becomes of it where it can't even begin.
 */
function leaves(job: Job, step: StepName, error: DroverError, { leave, cancel }: RunSignals): boolean {
  if (leave.aborted) return true;
  const early = step === 'preflight' || step === 'snapshot';
  switch (job.standing) {
    case 'verified':
    case 'published':
      return true;
    case 'staged':
      return early || (isTransient(error) && !cancel.aborted);
    case 'nothing':
      return !early && isTransient(error) && !cancel.aborted;
  }
}

/** A process that stood still may find that its run is another's: then nothing of it is to be undone here. */
export async function isTakenOver({ identity }: Job, { store }: RunPorts): Promise<boolean> {
  return !(await store.isCarriedOutBy(identity.id, thisProcess()));
}

type Next = { readonly kind: 'job'; readonly job: Job } | { readonly kind: 'over' };

/** Waits, and asks the target where the run stands; as often as there are pauses. */
async function goOn(
  job: Job,
  context: RunContext,
  store: Store,
  failure: { readonly error: DroverError; readonly vain: number },
  { cancel, leave }: RunSignals,
): Promise<Next> {
  let { error } = failure;
  for (let tries = failure.vain; tries < PAUSES_MS.length; tries++) {
    if (!isTransient(error) || cancel.aborted || leave.aborted) return { kind: 'over' };
    if (!(await store.isCarriedOutBy(job.identity.id, thisProcess()))) return { kind: 'over' };
    const pause = PAUSES_MS[tries]!;
    await context.artifacts.audit.write(
      'preflight',
      'running',
      `cut off: ${error.message} Tried again in ${pause / 1000} s, ${tries + 1} of ${PAUSES_MS.length}`,
    );
    context.tell({
      kind: 'retrying',
      attempt: tries + 1,
      of: PAUSES_MS.length,
      seconds: pause / 1000,
      message: error.message,
      at: new Date().toISOString(),
    });
    try {
      await sleep(pause, undefined, { signal: AbortSignal.any([cancel, leave]) });
      return { kind: 'job', job: await standAgain(job, context.artifacts.folder, store) };
    } catch (thrown) {
      error = asDroverError(thrown);
    }
  }
  return { kind: 'over' };
}

function cancelled({ cancel, leave }: RunSignals): boolean {
  return cancel.aborted && !leave.aborted;
}

/** A person who cancels while nothing is under way wants it undone all the same. */
async function undone(
  { job, artifacts }: RunContext,
  left: Extract<SagaOutcome, { kind: 'left' }>,
  journal: Journal,
): Promise<SagaOutcome> {
  if (job.standing === 'verified' || job.standing === 'published') return left;
  try {
    await journal('stage', 'compensating', null);
    await undo(job, artifacts.folder);
    await journal('stage', 'compensated', null);
    const error = new DroverError('run.cancelled', 'The run was cancelled.');
    return { kind: 'compensated', failedAt: 'load', error };
  } catch (thrown) {
    const error = asDroverError(thrown);
    await journal('stage', 'not compensated', error.message).catch(() => undefined);
    return { kind: 'not compensated', failedAt: left.failedAt, error, failures: [{ step: 'stage', error }] };
  }
}

/** Connections and threads of the attempt; what it made in the target stays. */
async function letGo({ made }: RunContext): Promise<void> {
  await made.executor?.close().catch(() => undefined);
  await made.snapshot?.release().catch(() => undefined);
  await made.publisher?.close().catch(() => undefined);
}

/** A chunk more is in the target: so what failed before has passed. */
function hasGotOn({ made }: RunContext): boolean {
  const kept = [...made.kept.values()].reduce((sum, rows) => sum + rows.length, 0);
  const there = [...made.loads.values()].reduce((sum, chunks) => sum + chunks.length, 0);
  return there > kept;
}
