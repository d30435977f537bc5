// The run: the page to read first. It lists the steps in order, carries them out as a saga, and says how it ended.

import { rm } from 'node:fs/promises';
import { DroverError } from '../../shared/errors.ts';
import { size } from '../../shared/format.ts';
import type { Report } from '../../shared/model/report.ts';
import type { RunEvent, RunState, StepName } from '../../shared/model/run.ts';
import type { Artifacts } from './artifacts.ts';
import { checkpointOf } from './checkpoint.ts';
import type { RunControl } from './control.ts';
import { MemoryGovernor } from './governor.ts';
import { type Job, nothingMade, type RunContext, tellLog, tellTable } from './job.ts';
import { reportOf } from './outcome.ts';
import { runSaga, type SagaOutcome, type Step } from './saga.ts';
import { confirm } from './steps/confirm.ts';
import { finish } from './steps/finish.ts';
import { index } from './steps/index.ts';
import { load } from './steps/load.ts';
import { preflight } from './steps/preflight.ts';
import { publish } from './steps/publish.ts';
import { snapshot } from './steps/snapshot.ts';
import { stage } from './steps/stage.ts';
import { verify } from './steps/verify.ts';
import type { Store } from './store/store.ts';

/** Until `publish` the target's own tables are untouched; after `confirm` nothing is undone any more. */
const steps: readonly Step<RunContext>[] = [
  preflight, // both sides are as planned, privileges are there, nobody else works on the target
  snapshot, //  one consistent view of the source, joined by every reader
  stage, //     empty tables, ledger and control row in a namespace of this run
  load, //      every chunk in a transaction of its own, ledger first
  index, //     keys, indexes, checks, foreign keys, identities
  verify, //    read back, hash, compare; ask both databases for witnesses
  publish, //   all tables or none, the old ones kept as a backup
  confirm, //   the target itself says that it is published and has the planned structure
  finish, //    staging away, locks released
];

export interface RunPorts {
  readonly store: Store;
  readonly artifacts: Artifacts;
  readonly tell: (event: RunEvent) => void;
  readonly control: RunControl;
}

const MEMORY_EVERY_MS = 500;

/** Never throws for a failed migration: what went wrong is told, reported, and the state says where the target stands. */
export async function runMigration(job: Job, ports: RunPorts, signal: AbortSignal): Promise<Report> {
  const { store, artifacts, tell, control } = ports;
  const run = job.identity.id;
  const context: RunContext = { job, artifacts, signal, tell, control, made: nothingMade() };
  let last: StepName = 'preflight';
  const times = new Map<string, { began: number; seconds: number }>();

  tell({ kind: 'started', run, folder: artifacts.folder, at: job.startedAt });
  for (const table of job.plan.tables) tellTable(context, table, 'waiting', { rows: 0, bytes: 0 });
  const memory = watchMemory(context);
  try {
    const outcome = await runSaga(
      steps,
      context,
      async (step, state, detail) => {
        await store.journal(run, step, state, detail);
        await artifacts.audit(step, state, detail);
        last = step;
        control.entered(step);
        await artifacts.checkpoint(checkpointOf(context, step, 'running'));
        clock(times, step, state);
        tell({ kind: 'step', step, state, at: now(), ...(detail === null ? {} : { detail }) });
      },
      signal,
    );
    const state = stateAfter(outcome);
    const error = outcome.kind === 'completed' ? null : explained(outcome);
    if (error) tell({ kind: 'error', error: error.data, at: now() });

    const seconds = [...times].map(([step, time]) => ({ step, seconds: time.seconds }));
    const report = reportOf(context, state, error, seconds);
    await artifacts.report(report);
    await artifacts.checkpoint(checkpointOf(context, last, state));
    await store.finish(
      run,
      state,
      state === 'published' ? report.tables.reduce((sum, table) => sum + table.targetRows, 0) : 0,
    );
    tell({ kind: 'finished', run, state, verdict: report.verdict, folder: artifacts.folder, at: now() });
    return report;
  } finally {
    clearInterval(memory);
    // Keys of the target lie in them.
    await rm(job.shaping.lookups, { recursive: true, force: true });
  }
}

/** A failure before anything was made in the target is a refusal. */
function stateAfter(outcome: SagaOutcome): RunState {
  switch (outcome.kind) {
    case 'completed':
      return 'published';
    case 'compensated':
      return outcome.failedAt === 'preflight' || outcome.failedAt === 'snapshot' ? 'refused' : 'rolled back';
    case 'not compensated':
      return 'unknown';
  }
}

function explained(outcome: Exclude<SagaOutcome, { kind: 'completed' }>): DroverError {
  if (outcome.kind === 'compensated') return outcome.error;
  const undone = outcome.failures.map(({ step, error }) => `${step}: ${error.message}`).join(' ');
  return new DroverError('compensate.failed', `${outcome.error.message} Afterwards not everything could be undone.`, {
    cause: [outcome.error.data.cause, undone].filter(Boolean).join(' '),
    hint: 'The previous tables are where they were or in the backup that the report names; look at the target before you run again.',
    where: { ...outcome.error.data.where, side: 'target' },
  });
}

function clock(times: Map<string, { began: number; seconds: number }>, step: string, state: string): void {
  if (state === 'running') times.set(step, { began: performance.now(), seconds: 0 });
  const time = times.get(step);
  if (time && (state === 'done' || state === 'failed')) time.seconds = (performance.now() - time.began) / 1000;
}

/** Tells the figure, and lets fewer workers go on while it is above the limit that was set. */
function watchMemory(context: RunContext): NodeJS.Timeout {
  const { job, made, tell } = context;
  const limit = job.options.memoryLimit;
  const governor = limit === undefined ? null : new MemoryGovernor(limit);
  return setInterval(() => {
    const rss = process.memoryUsage.rss();
    tell({ kind: 'memory', rss, at: now() });
    if (!governor || !made.executor) return;
    const { workers, changed } = governor.look(rss, made.workers);
    made.executor.allow(workers);
    if (changed === 'slower') {
      tellLog(context, 'info', `Memory is above ${size(limit ?? 0)}: fewer workers go on until it is below again.`);
    }
    if (changed === 'as before') tellLog(context, 'info', 'Memory is below its limit again: all workers go on.');
  }, MEMORY_EVERY_MS);
}

function now(): string {
  return new Date().toISOString();
}
