// Load: every chunk of every table into staging, the largest tables first, then the ledger is asked what arrived.

import { at, DroverError } from '../../../shared/errors.ts';
import { many } from '../../../shared/format.ts';
import type { TablePlan } from '../../../shared/model/plan.ts';
import type { Progress, Scanned } from '../../pipeline/order.ts';
import { asDroverError } from '../../support/failure.ts';
import { parallel } from '../../support/parallel.ts';
import { checkpointOf } from '../checkpoint.ts';
import { need, type RunContext, secondsOf, tellTable } from '../job.ts';
import type { Step } from '../saga.ts';
import { tableWork } from '../work.ts';

export const load: Step<RunContext> = {
  name: 'load',

  async act(context) {
    const { job, made } = context;
    const executor = need(made.executor, 'executor');
    const largestFirst = [...job.plan.tables].sort((a, b) => sizeOf(b) - sizeOf(a));
    const chunks = largestFirst.flatMap((table) => table.chunks.map((_, number) => ({ table, number })));
    const limit = Math.min(made.workers, job.target.capabilities.writers ?? made.workers);
    const counters = new Map(largestFirst.map((table) => [table, new TableCounter(context, table)]));
    await parallel(
      chunks,
      limit,
      (chunk) => loadOne(context, chunk.table, chunk.number, counters.get(chunk.table)!),
      () => executor.cancel(),
    );
    // The writers have done their work; what they keep in memory is better used for indexes.
    await executor.release('target');
    await ledgerAgrees(context);
    const rows = [...made.loads.values()].flat().reduce((sum, chunk) => sum + chunk.rows, 0);
    return `${many(rows, 'row')} in ${many(chunks.length, 'chunk')}`;
  },
};

async function loadOne(context: RunContext, table: TablePlan, number: number, counter: TableCounter): Promise<void> {
  const { job, made, artifacts } = context;
  const began = performance.now();
  try {
    const result = await need(made.executor, 'executor').run(
      {
        kind: 'load',
        work: tableWork(job, table, job.identity),
        chunk: number,
        range: table.chunks[number]!,
        batchSize: job.options.batchSize ?? null,
      },
      (progress) => counter.running(number, progress),
    );
    const seconds = (performance.now() - began) / 1000;
    secondsOf(context, table).load += seconds;
    made.loads.set(table.source, [...(made.loads.get(table.source) ?? []), result]);
    counter.done(number, result);
    await artifacts.table(table.target.name, {
      event: 'chunk loaded',
      chunk: number,
      rows: result.rows,
      bytes: result.bytes,
      digest: result.sum,
      seconds,
    });
    if (counter.complete) await artifacts.checkpoint(checkpointOf(context, 'load', 'running'));
  } catch (thrown) {
    const error = at(asDroverError(thrown), { table: table.source, step: 'load' });
    await artifacts.table(table.target.name, { event: 'chunk failed', chunk: number, error: error.data });
    throw error;
  }
}

/** Adds up the chunks of one table, those done and those under way. */
class TableCounter {
  readonly #context: RunContext;
  readonly #table: TablePlan;
  readonly #chunks: Progress[];
  #done = 0;

  constructor(context: RunContext, table: TablePlan) {
    this.#context = context;
    this.#table = table;
    this.#chunks = table.chunks.map(() => ({ rows: 0, bytes: 0 }));
  }

  get complete(): boolean {
    return this.#done === this.#chunks.length;
  }

  running(number: number, progress: Progress): void {
    this.#chunks[number] = progress;
    tellTable(this.#context, this.#table, 'loading', this.#sum());
  }

  done(number: number, result: Scanned): void {
    this.#chunks[number] = result;
    this.#done++;
    tellTable(this.#context, this.#table, this.complete ? 'loaded' : 'loading', this.#sum());
  }

  #sum(): Progress {
    return this.#chunks.reduce((sum, chunk) => ({ rows: sum.rows + chunk.rows, bytes: sum.bytes + chunk.bytes }));
  }
}

/** The target's own ledger must hold exactly the chunks that were sent. */
async function ledgerAgrees({ job, made }: RunContext): Promise<void> {
  const ledger = await need(made.publisher, 'publisher').ledger();
  for (const table of job.plan.tables) {
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
