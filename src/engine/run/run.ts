// The run: the page to read first. It lists the steps in order, carries them out as a saga, and says how it ended.

import { DroverError } from '../../shared/errors.ts';
import type { Report } from '../../shared/model/report.ts';
import type { RunEvent, RunState, StepName } from '../../shared/model/run.ts';
import type { Artifacts } from './artifacts.ts';
import { checkpointOf } from './checkpoint.ts';
import { type Job, nothingMade, type RunContext, tellTable } from './job.ts';
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
}

const MEMORY_EVERY_MS = 500;

/** Never throws for a failed migration: what went wrong is told, reported, and the state says where the target stands. */
export async function runMigration(job: Job, ports: RunPorts, signal: AbortSignal): Promise<Report> {
  const { store, artifacts, tell } = ports;
  const run = job.identity.id;
  const context: RunContext = { job, artifacts, signal, tell, made: nothingMade() };
  let last: StepName = 'preflight';
  const times = new Map<string, { began: number; seconds: number }>();

  tell({ kind: 'started', run, folder: artifacts.folder, at: job.startedAt });
  for (const table of job.plan.tables) tellTable(context, table, 'waiting', { rows: 0, bytes: 0 });
  const memory = setInterval(tellMemory, MEMORY_EVERY_MS, tell);
  try {
    const outcome = await runSaga(
      steps,
      context,
      async (step, state, detail) => {
        await store.journal(run, step, state, detail);
        await artifacts.audit(step, state, detail);
        last = step;
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

function tellMemory(tell: (event: RunEvent) => void): void {
  tell({ kind: 'memory', rss: process.memoryUsage.rss(), at: now() });
}

function now(): string {
  return new Date().toISOString();
}
