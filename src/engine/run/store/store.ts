// The local store: history of runs and the journal of their steps, in a SQLite file of the data folder.

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { z } from 'zod';
import { type RunOptions, runOptions } from '../../../shared/contract.ts';
import { DroverError } from '../../../shared/errors.ts';
import type { RunState, RunSummary, StepName, StepState } from '../../../shared/model/run.ts';
import { asDroverError } from '../../support/failure.ts';
import { isAlive, type ProcessIdentity } from '../../support/process.ts';
import { migrate } from './migrations.ts';

export interface NewRun {
  readonly run: string;
  readonly project: string;
  readonly source: string;
  readonly target: string;
  readonly startedAt: string;
  /** Project file text, so that a run can be verified again. */
  readonly projectFile: string;
  readonly options: RunOptions;
  /** Who carries it out. */
  readonly process: ProcessIdentity;
}

export interface KnownRun extends RunSummary {
  readonly projectFile: string;
  readonly options: RunOptions;
}

export interface Store {
  /** Throws when a run of this id exists. */
  createRun(run: NewRun): Promise<void>;
  /**
   * One durable line; the write is on disk when the promise resolves. Throws `run.taken-over` where `by` is no longer
   * the process that carries the run out.
   */
  journal(run: string, step: StepName, state: StepState, detail: string | null, by?: ProcessIdentity): Promise<void>;
  /** `at`: as its report has it, where it has one; else now. */
  finish(run: string, state: RunState, rows: number, at?: string): Promise<void>;
  /** Somebody goes on with it. Throws `run.target-locked` when it is being carried out, unless that is taken over. */
  takeUp(run: string, process: ProcessIdentity, takeOver: boolean): Promise<void>;
  /** Whether it is this process that carries the run out, or did so last. */
  isCarriedOutBy(run: string, process: ProcessIdentity): Promise<boolean>;
  /** What became of a run that was over already. */
  restate(run: string, state: RunState): Promise<void>;
  /** Tables of a published run that were rolled back, while others stay. On disk when the promise resolves. */
  tookBack(run: string, tables: readonly string[]): Promise<void>;
  /** What was journalled of one step, in order. */
  journalled(run: string, step: StepName): Promise<readonly StepState[]>;
  /** Why the last try to go on with it could not even begin; null where it did, or nobody has tried. */
  stuckAt(run: string): Promise<string | null>;
  runs(): Promise<RunSummary[]>;
  /** Throws `run.no-such-run`. `run` may be a prefix that only one run has, or "last". */
  find(run: string): Promise<KnownRun>;
  close(): Promise<void>;
}

/** Of a run's records. */
export function runFolder(home: string, run: string): string {
  return join(home, 'runs', run);
}

export async function openStore(home: string): Promise<Store> {
  await mkdir(home, { recursive: true });
  // Half of what starting would take, and not all that Drover does asks the history.
  const { default: knex } = await import('knex');
  const database = knex({
    client: 'better-sqlite3',
    connection: { filename: join(home, 'drover.db') },
    useNullAsDefault: true,
    pool: { min: 1, max: 1 },
    // What goes wrong is thrown as well: the engine prints nothing.
    log: { warn() {}, error() {}, deprecate() {}, debug() {} },
  });
  try {
    await database.raw('PRAGMA journal_mode = WAL');
    await database.raw('PRAGMA synchronous = FULL');
    await database.raw('PRAGMA busy_timeout = 5000');
    await migrate(database);
  } catch (error) {
    // A pool that is left open keeps the process alive for ever.
    await database.destroy();
    throw unopened(home, error);
  }
  return storeOn(database, home);
}

function unopened(home: string, error: unknown): DroverError {
  const code = (error as { code?: unknown })?.code;
  if (code !== 'SQLITE_NOTADB' && code !== 'SQLITE_CORRUPT') return asDroverError(error);
  return new DroverError('support.history-damaged', 'The history of runs on this machine is damaged.', {
    cause: error instanceof Error ? error.message : null,
    hint: `Move ${join(home, 'drover.db')} aside. What runs have left in a target, the target itself tells.`,
    command: 'drover runs --target <url>',
    where: { side: 'local' },
  });
}

export async function withStore<T>(home: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(home);
  try {
    return await use(store);
  } finally {
    await store.close();
  }
}

interface RunRow {
  run: string;
  project: string;
  source: string;
  target: string;
  state: RunState;
  step: StepName | null;
  started_at: string;
  finished_at: string | null;
  rows: number;
  project_file: string;
  options: string | null;
  taken_back: string | null;
  pid: number | null;
  pid_began: string | null;
  host: string | null;
}

function storeOn(database: Knex, home: string): Store {
  const summary = (row: RunRow): RunSummary => ({ ...known(row), folder: runFolder(home, row.run) });

  /**
   * A transaction that reads the run before it changes it. It begins with a write: one that has only read can't write
   * any more once somebody else did, however long it would wait.
   */
  const writing = (run: string, work: (transaction: Knex.Transaction) => Promise<void>): Promise<void> =>
    database.transaction(async (transaction) => {
      await transaction<RunRow>('runs').where({ run }).update({ run });
      await work(transaction);
    });

  return {
    async createRun(run) {
      await database<RunRow>('runs').insert({
        run: run.run,
        project: run.project,
        source: run.source,
        target: run.target,
        state: 'running',
        step: null,
        started_at: run.startedAt,
        finished_at: null,
        rows: 0,
        project_file: run.projectFile,
        options: JSON.stringify(run.options),
        ...columnsOf(run.process),
      });
    },
    async journal(run, step, state, detail, by) {
      await database.transaction(async (transaction) => {
        const own = by ? { run, ...columnsOf(by) } : { run };
        const known = await transaction<RunRow>('runs').where(own).update({ step });
        if (by && known === 0) throw takenOver(run);
        await transaction('journal').insert({ run, step, state, detail, at: new Date().toISOString() });
      });
    },
    async finish(run, state, rows, at = new Date().toISOString()) {
      await database<RunRow>('runs').where({ run }).update({ state, rows, finished_at: at });
    },
    async takeUp(run, process, takeOver) {
      // In one transaction: of two that resume it at once, one is refused.
      await writing(run, async (transaction) => {
        const row = await transaction<RunRow>('runs').where({ run }).first();
        if (row && stateOf(row) === 'running' && !takeOver) throw underWay(row);
        await transaction<RunRow>('runs')
          .where({ run })
          .update({ state: 'running', finished_at: null, ...columnsOf(process) });
      });
    },
    async isCarriedOutBy(run, process) {
      const row = await database<RunRow>('runs')
        .where({ run, ...columnsOf(process) })
        .first();
      return row !== undefined;
    },
    async restate(run, state) {
      await database<RunRow>('runs').where({ run }).update({ state });
    },
    async tookBack(run, tables) {
      await writing(run, async (transaction) => {
        const row = await transaction<RunRow>('runs').where({ run }).first();
        const all = new Set([...(row ? takenBackOf(row) : []), ...tables]);
        await transaction<RunRow>('runs')
          .where({ run })
          .update({ taken_back: JSON.stringify([...all]) });
      });
    },
    async journalled(run, step) {
      const entries = database<{ id: number; run: string; step: StepName; state: StepState }>('journal');
      return (await entries.where({ run, step }).orderBy('id')).map(({ state }) => state);
    },
    async stuckAt(run) {
      const last = await database<{ id: number; run: string; step: StepName; state: StepState; detail: string | null }>(
        'journal',
      )
        .where({ run })
        .orderBy('id', 'desc')
        .first();
      return last?.step === 'preflight' && last.state === 'failed' ? last.detail : null;
    },
    async runs() {
      const rows = await database<RunRow>('runs').select('*').orderBy('started_at', 'desc');
      return rows.map(summary);
    },
    async find(run) {
      const query = database<RunRow>('runs').select('*').orderBy('started_at', 'desc').limit(2);
      const rows =
        run === 'last' ? (await query).slice(0, 1) : await query.where('run', 'like', `${run.replace(/[%_]/g, '')}%`);
      const found = rows[0];
      if (!found || rows.length > 1) throw noSuchRun(run, rows.length);
      return { ...summary(found), projectFile: found.project_file, options: optionsOf(found) };
    },
    async close() {
      await database.destroy();
    },
  };
}

function known(row: RunRow): Omit<RunSummary, 'folder'> {
  return {
    run: row.run,
    project: row.project,
    source: row.source,
    target: row.target,
    state: stateOf(row),
    step: row.step,
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    rows: row.rows,
    takenBack: takenBackOf(row),
  };
}

function takenBackOf({ taken_back: tables }: RunRow): string[] {
  return z.array(z.string()).parse(JSON.parse(tables ?? '[]'));
}

/** Runs of older Drovers were not kept with theirs. */
function optionsOf({ options }: RunRow): RunOptions {
  return runOptions.parse(JSON.parse(options ?? '{}'));
}

function columnsOf({ pid, began, host }: ProcessIdentity): Pick<RunRow, 'pid' | 'pid_began' | 'host'> {
  return { pid, pid_began: began, host };
}

/** A process that was killed could not say how its run ended. */
function stateOf({ state, pid, pid_began: began, host }: RunRow): RunState {
  if (state !== 'running' || pid === null || host === null) return state;
  return isAlive({ pid, began, host }) ? state : 'interrupted';
}

function underWay({ run, pid, host }: RunRow): DroverError {
  return new DroverError('run.target-locked', `Run ${run} is being carried out by process ${pid} on ${host}.`, {
    hint: 'Wait until it has ended, or end that process. If it no longer answers, take the run over.',
    command: `drover resume ${run} --take-over`,
  });
}

export function takenOver(run: string): DroverError {
  return new DroverError('run.taken-over', `Run ${run} was taken over by another process while this one stood still.`, {
    hint: 'See in the history what became of it.',
    command: 'drover runs',
  });
}

function noSuchRun(run: string, found: number): DroverError {
  const message = found > 1 ? `More than one run begins with ${run}.` : `There is no run ${run}.`;
  return new DroverError('run.no-such-run', message, { hint: 'See the history of runs.', command: 'drover runs' });
}
