// Load: every chunk of every table into staging, the largest tables first, then the ledger is asked what arrived.

import { at, DroverError } from '../../../shared/errors.ts';
import { many } from '../../../shared/format.ts';
import { endangered, mayBeLeftOut } from '../../../shared/left-out.ts';
import type { TablePlan } from '../../../shared/model/plan.ts';
import type { ErrorPolicy, RefusedRow } from '../../../shared/model/quarantine.ts';
import { DEFAULT_PERCENT, limitWords } from '../../../shared/quarantine-words.ts';
import type { Progress, Scanned } from '../../pipeline/order.ts';
import { tableWork } from '../../pipeline/table-work.ts';
import { asDroverError } from '../../support/failure.ts';
import { parallel } from '../../support/parallel.ts';
import { checkpointOf } from '../checkpoint.ts';
import { need, type RunContext, secondsOf, tellLog, tellTable } from '../job.ts';
import { movingTables, orLeaveOut } from '../left-out.ts';
import { loadOrder, makeLookups } from '../lookups.ts';
import { type Rechecked, recheckKept } from '../rechecked.ts';
import type { Step } from '../saga.ts';

export const load: Step<RunContext> = {
  name: 'load',

  async act(context) {
    const { job, made } = context;
    const executor = need(made.executor, 'executor');
    const largestFirst = [...job.plan.tables].sort((a, b) => sizeOf(b) - sizeOf(a));
    const limit = Math.min(made.workers, job.target.capabilities.writers ?? made.workers);
    const inDanger = endangered(job.plan.tables);
    const counters = new Map(
      largestFirst.map((table) => [table, new TableCounter(context, table, inDanger.has(table))]),
    );
    const isMissing = ({ table, number }: { table: TablePlan; number: number }): boolean =>
      !made.kept.get(table.target.name)?.some(({ chunk }) => chunk === number);
    for (const tables of loadOrder(largestFirst)) {
      await makeLookups(context, tables);
      for (const kept of await recheckKept(context, tables, made.workers)) {
        await orLeaveOut(context, kept.table, 'load', () => keep(context, kept, counters.get(kept.table)!));
      }
      const chunks = tables.flatMap((table) => table.chunks.map((_, number) => ({ table, number }))).filter(isMissing);
      await parallel(
        chunks,
        limit,
        ({ table, number }) =>
          orLeaveOut(context, table, 'load', () => loadOne(context, table, number, counters.get(table)!)),
        () => executor.cancel(),
      );
    }
    // The writers have done their work; what they keep in memory is better used for indexes.
    await executor.release('target');
    await ledgerAgrees(context);
    const chunks = movingTables(context).flatMap(({ source }) => made.loads.get(source) ?? []);
    const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
    return `${many(rows, 'row')} in ${many(chunks.length, 'chunk')}`;
  },
};

/** A chunk from before the interruption counts as one that was loaded now. */
async function keep(context: RunContext, { table, chunk, result, refused }: Rechecked, counter: TableCounter) {
  if (refused.length > 0) counter.refused(chunk, refused);
  await counter.settled();
  context.made.loads.set(table.source, [...(context.made.loads.get(table.source) ?? []), result]);
  counter.done(chunk, result);
  if (counter.overflow) throw counter.overflow;
  await context.artifacts.table(table.target.name, {
    event: 'chunk kept',
    chunk,
    rows: result.rows,
    bytes: result.bytes,
    digest: result.sum,
  });
}

async function loadOne(context: RunContext, table: TablePlan, number: number, counter: TableCounter): Promise<void> {
  const { job, made, artifacts } = context;
  const began = performance.now();
  try {
    const result = await need(made.executor, 'executor').run(
      {
        kind: 'load',
        work: { ...tableWork(job, table, job.identity), mayBeLeftOut: counter.endangered },
        chunk: number,
        range: table.chunks[number]!,
        batchSize: job.options.batchSize ?? table.batchSize,
      },
      {
        progress: (progress) => counter.running(number, progress),
        refused: (rows) => counter.refused(number, rows),
        wanted: () => counter.wanted,
      },
    );
    await counter.settled();
    if (!counter.wanted) return;
    const seconds = (performance.now() - began) / 1000;
    secondsOf(context, table).load += seconds;
    made.loads.set(table.source, [...(made.loads.get(table.source) ?? []), result]);
    counter.done(number, result);
    if (counter.overflow) throw counter.overflow;
    await artifacts.table(table.target.name, {
      event: 'chunk loaded',
      chunk: number,
      rows: result.rows,
      bytes: result.bytes,
      digest: result.sum,
      seconds,
    });
    if (counter.complete) {
      await artifacts.audit('load', 'done', 'all rows are in staging', table.target.name);
      await artifacts.checkpoint(checkpointOf(context, 'load', 'running'));
    }
  } catch (thrown) {
    const error = at(counter.overflow ?? asDroverError(thrown), { table: table.source, step: 'load' });
    await artifacts.table(table.target.name, { event: 'chunk failed', chunk: number, error: error.data });
    throw error;
  }
}

/** Adds up the chunks of one table, those done and those under way, and keeps its rows in quarantine within the limit. */
class TableCounter {
  readonly #context: RunContext;
  readonly #table: TablePlan;
  /** It may be left out, alone or with another. */
  readonly endangered: boolean;
  readonly #chunks: Progress[];
  readonly #writing: Promise<void>[] = [];
  #done = 0;
  #quarantined = 0;
  #warned = false;
  /** Why the run must end, or the table be left out: more rows are in quarantine than it may hold. */
  overflow: DroverError | null = null;

  constructor(context: RunContext, table: TablePlan, inDanger: boolean) {
    this.#context = context;
    this.#table = table;
    this.endangered = inDanger;
    this.#chunks = table.chunks.map(() => ({ rows: 0, bytes: 0 }));
  }

  get complete(): boolean {
    return this.#done === this.#chunks.length;
  }

  /** What is loaded of it may still be published. */
  get wanted(): boolean {
    return this.overflow === null && !this.#context.made.left.has(this.#table.source);
  }

  running(number: number, progress: Progress): void {
    this.#chunks[number] = progress;
    tellTable(this.#context, this.#table, 'loading', this.#sum(), this.#quarantined);
  }

  refused(chunk: number, rows: readonly RefusedRow[]): void {
    if (!this.wanted) return;
    this.#quarantined += rows.length;
    this.#writing.push(this.#context.artifacts.quarantine(this.#table.target.name, chunk, rows));
    const read = Math.max(this.#table.estimate.rows, this.#sum().rows + this.#quarantined);
    this.#hold(read);
  }

  /** What was refused is written; the rows are counted for good once the table is complete. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.splice(0));
    if (this.overflow) throw this.overflow;
  }

  /** Stops the run, or the table, above the limit, and warns once from one percent on. */
  #hold(read: number): void {
    const { errors, source } = this.#table;
    const share = (100 * this.#quarantined) / Math.max(1, read);
    if (share >= WARNED_PERCENT && !this.#warned) {
      this.#warned = true;
      tellLog(this.#context, 'warning', `${source}: ${share.toFixed(1)} % of the rows are in quarantine so far.`);
    }
    if (withinLimit(errors, this.#quarantined, share)) return;
    this.overflow ??= tooMany(source, this.#quarantined, errors);
    if (!mayBeLeftOut(this.#table)) this.#context.made.executor?.cancel();
  }

  done(number: number, result: Scanned): void {
    this.#chunks[number] = result;
    this.#done++;
    tellTable(this.#context, this.#table, this.complete ? 'loaded' : 'loading', this.#sum(), this.#quarantined);
    // Now the rows are known: an estimate that was too high may have hidden a share above the limit.
    if (this.complete && this.#quarantined > 0) this.#hold(this.#sum().rows + this.#quarantined);
  }

  #sum(): Progress {
    return this.#chunks.reduce((sum, chunk) => ({ rows: sum.rows + chunk.rows, bytes: sum.bytes + chunk.bytes }));
  }
}

/** From this share on people are told while it loads. */
const WARNED_PERCENT = 1;

function withinLimit({ rows, percent }: ErrorPolicy, refused: number, share: number): boolean {
  if (rows !== undefined && refused > rows) return false;
  return share <= (percent ?? (rows === undefined ? DEFAULT_PERCENT : 100));
}

function tooMany(table: string, refused: number, policy: ErrorPolicy): DroverError {
  return new DroverError(
    'run.too-many-refused',
    `${many(refused, 'row')} of ${table} can't be moved; at most ${limitWords(policy)} may stay in quarantine.`,
    {
      hint: 'Look at their reasons in the quarantine of this run, mend the mapping, or allow more ("errors").',
      where: { side: 'source', table },
    },
  );
}

/** The target's own ledger must hold exactly the chunks that were sent. */
async function ledgerAgrees(context: RunContext): Promise<void> {
  const { made } = context;
  const ledger = await need(made.publisher, 'publisher').ledger();
  for (const table of movingTables(context)) {
    const sent = made.loads.get(table.source) ?? [];
    const rows = sent.reduce((sum, chunk) => sum + chunk.rows, 0);
    const entries = ledger.filter((entry) => entry.table === table.target.name);
    const held = entries.reduce((sum, entry) => sum + entry.rows, 0);
    if (entries.length === table.chunks.length && held === rows) continue;
    throw new DroverError(
      'load.count',
      `The target's ledger holds ${held} rows of ${table.target.name}, but ${rows} were sent.`,
      {
        hint: 'Run again; if it happens twice, please report it with the audit log.',
        where: { side: 'target', table: table.target.name },
      },
    );
  }
}

function sizeOf(table: TablePlan): number {
  return table.estimate.bytes ?? table.estimate.rows * 100;
}
