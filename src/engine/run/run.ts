// The run: the page to read first. It lists the steps in order, carries them out as a saga, and says how it ended.

import { DroverError } from '../../shared/errors.ts';
import { size } from '../../shared/format.ts';
import type { Report } from '../../shared/model/report.ts';
import type { RunState, StepName } from '../../shared/model/run.ts';
import { thisProcess } from '../support/process.ts';
import { sweep } from './artifacts.ts';
import { type Attempted, attemptUntilOver, isTakenOver } from './attempts.ts';
import { checkpointOf } from './checkpoint.ts';
import { MemoryGovernor } from './governor.ts';
import { type Job, type RunContext, type RunPorts, type RunSignals, tellLog, tellTable } from './job.ts';
import { reportOf } from './outcome.ts';
import type { SagaOutcome, Step } from './saga.ts';
import { confirm } from './steps/confirm.ts';
import { finish } from './steps/finish.ts';
import { index } from './steps/index.ts';
import { load } from './steps/load.ts';
import { preflight } from './steps/preflight.ts';
import { publish } from './steps/publish.ts';
import { recheck } from './steps/recheck.ts';
import { snapshot } from './steps/snapshot.ts';
import { stage } from './steps/stage.ts';
import { takeOver } from './steps/take-over.ts';
import { verify } from './steps/verify.ts';
import { takenOver } from './store/store.ts';

/** Until `publish` the target's own tables are untouched. */
const preparing: readonly Step<RunContext>[] = [
  preflight, // both sides are as planned, privileges are there, nobody else works on the target
  snapshot, //  one consistent view of the source, joined by every reader
  stage, //     empty tables, ledger and control row in a namespace of this run
  load, //      every chunk in a transaction of its own, ledger first
  index, //     keys, indexes, checks, foreign keys, identities
  verify, //    read back, hash, compare; ask both databases for witnesses
];

/** After `confirm` nothing is undone any more. */
const publishing: readonly Step<RunContext>[] = [
  publish, //   all tables or none, the old ones kept as a backup
  confirm, //   the target itself says that it is published and has the planned structure
  finish, //    staging away, locks released
];

/** What is left to do, after what is there. */
function stepsFor({ standing, options }: Job): readonly Step<RunContext>[] {
  const stopsShort = options.hold || options.rehearse;
  switch (standing) {
    case 'nothing':
    case 'staged':
      return stopsShort ? preparing : [...preparing, ...publishing];
    case 'verified':
      return stopsShort ? [recheck] : [recheck, ...publishing];
    case 'published':
      return [takeOver, confirm, finish];
  }
}

const MEMORY_EVERY_MS = 500;

/** Never throws for a failed migration: what went wrong is told, reported, and the state says where the target stands. */
export async function runMigration(first: Job, ports: RunPorts, signals: RunSignals): Promise<Report> {
  const { store, artifacts, tell, control } = ports;
  const run = first.identity.id;
  let last: StepName = 'preflight';
  let context: RunContext | null = null;
  let taken = false;
  const times = new Map<string, { began: number; seconds: number }>();

  tell({ kind: 'started', run, folder: artifacts.folder, at: first.startedAt });
  const memory = setInterval(() => watchMemory(context, tell), MEMORY_EVERY_MS);
  try {
    const over = await attemptUntilOver(first, ports, signals, {
      stepsFor,
      begins(begun) {
        context = begun;
        for (const table of begun.job.plan.tables) tellTable(begun, table, 'waiting', { rows: 0, bytes: 0 });
      },
      async journal(step, state, detail) {
        await store.journal(run, step, state, detail, thisProcess());
        await artifacts.audit.write(step, state, detail);
        await artifacts.audit.kept();
        last = step;
        control.entered(step);
        if (context) {
          const current = context;
          await artifacts.checkpoint(() => checkpointOf(current, step, 'running'));
        }
        clock(times, step, state);
        tell({ kind: 'step', step, state, at: now(), ...(detail === null ? {} : { detail }) });
      },
    });
    if (await isTakenOver(first, ports)) {
      taken = true;
      return tellTaken(over.context);
    }
    const state = stateAfter(over);
    const error = errorOf(over.outcome);
    if (error) tell({ kind: 'error', error: error.data, at: now() });

    const seconds = [...times].map(([step, time]) => ({ step, seconds: time.seconds }));
    const report = reportOf(over.context, state, error, seconds);
    await artifacts.report(report);
    await artifacts.checkpoint(() => checkpointOf(over.context, last, state));
    await artifacts.audit.write(last, state === 'unknown' ? 'not known' : 'done', `the run ends: ${state}`);
    await artifacts.audit.kept();
    await store.finish(
      run,
      state,
      state === 'published' ? report.tables.reduce((sum, table) => sum + table.targetRows, 0) : 0,
      report.finishedAt,
    );
    tell({ kind: 'finished', run, state, verdict: report.verdict, folder: artifacts.folder, at: now() });
    return report;
  } finally {
    clearInterval(memory);
    // Whoever has the run now may be using what lies there.
    if (!taken) await sweep(artifacts.folder);
  }
}

/** History, report and files are the other process's from now on. */
function tellTaken(context: RunContext): Report {
  const { job, artifacts, tell } = context;
  const error = takenOver(job.identity.id);
  tell({ kind: 'error', error: error.data, at: now() });
  const report = reportOf(context, 'interrupted', error, []);
  const { verdict } = report;
  tell({ kind: 'finished', run: job.identity.id, state: 'interrupted', verdict, folder: artifacts.folder, at: now() });
  return report;
}

/** A failure before anything was made in the target is a refusal. */
function stateAfter({ outcome, context: { job } }: Attempted): RunState {
  switch (outcome.kind) {
    case 'completed':
      return job.options.hold && job.standing !== 'published' ? 'held' : 'published';
    case 'rehearsed':
      return 'rehearsed';
    case 'left':
      return 'interrupted';
    case 'compensated':
      return outcome.failedAt === 'preflight' || outcome.failedAt === 'snapshot' ? 'refused' : 'rolled back';
    case 'not compensated':
      return 'unknown';
  }
}

function errorOf(outcome: SagaOutcome): DroverError | null {
  switch (outcome.kind) {
    case 'completed':
    case 'rehearsed':
      return null;
    case 'left':
    case 'compensated':
      return outcome.error;
    case 'not compensated': {
      const { error, failures } = outcome;
      const undone = failures.map((failure) => `${failure.step}: ${failure.error.message}`).join(' ');
      return new DroverError('compensate.failed', `${error.message} Afterwards not everything could be undone.`, {
        cause: [error.data.cause, undone].filter(Boolean).join(' '),
        hint: 'The previous tables are where they were or in the backup that the report names. Roll the run back once the target can be reached.',
        where: { ...error.data.where, side: 'target' },
      });
    }
  }
}

function clock(times: Map<string, { began: number; seconds: number }>, step: string, state: string): void {
  if (state === 'running') times.set(step, { began: performance.now(), seconds: 0 });
  const time = times.get(step);
  if (time && (state === 'done' || state === 'failed')) time.seconds = (performance.now() - time.began) / 1000;
}

const governors = new WeakMap<RunContext, MemoryGovernor>();

/** Tells the figure, and lets fewer workers go on while it is above the limit that was set. */
function watchMemory(context: RunContext | null, tell: RunPorts['tell']): void {
  const rss = process.memoryUsage.rss();
  tell({ kind: 'memory', rss, at: now() });
  const limit = context?.job.options.memoryLimit;
  if (!context?.made.executor || limit === undefined) return;
  const governor = governors.get(context) ?? new MemoryGovernor(limit);
  governors.set(context, governor);
  const { workers, changed } = governor.look(rss, context.made.workers);
  context.made.executor.allow(workers);
  if (changed === 'slower') {
    tellLog(context, 'info', `Memory is above ${size(limit)}: fewer workers go on until it is below again.`);
  }
  if (changed === 'as before') tellLog(context, 'info', 'Memory is below its limit again: all workers go on.');
}

function now(): string {
  return new Date().toISOString();
}
