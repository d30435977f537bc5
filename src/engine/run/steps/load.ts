// Load: every chunk of every table into staging, the largest tables first, then the ledger is asked what arrived.

import { at, DroverError } from '../../../shared/errors.ts';
import { chunksOf, estimateOf, feedsOf } from '../../../shared/feeds.ts';
import { many } from '../../../shared/format.ts';
import type { ChunkRange, Feed, TablePlan } from '../../../shared/model/plan.ts';
import type { ErrorPolicy, RefusedRow } from '../../../shared/model/quarantine.ts';
import { DEFAULT_PERCENT, limitWords } from '../../../shared/quarantine-words.ts';
import type { Progress, Scanned } from '../../pipeline/order.ts';
import { tableWork } from '../../pipeline/table-work.ts';
import { asDroverError } from '../../support/failure.ts';
import { parallel } from '../../support/parallel.ts';
import { checkpointOf } from '../checkpoint.ts';
import { withFeedHint } from '../feed-hint.ts';
import { loadsOf, need, type RunContext, secondsOf, tellLog, tellTable } from '../job.ts';
import { loadOrder, makeLookups } from '../lookups.ts';
import type { Step } from '../saga.ts';

export const load: Step<RunContext> = {
  name: 'load',

  async act(context) {
    const { job, made } = context;
    const executor = need(made.executor, 'executor');
    const largestFirst = [...job.plan.tables].sort((a, b) => sizeOf(b) - sizeOf(a));
    const limit = Math.min(made.workers, job.target.capabilities.writers ?? made.workers);
    const counters = new Map(largestFirst.map((table) => [table, new TableCounter(context, table)]));
    for (const tables of loadOrder(largestFirst)) {
      await makeLookups(job, tables, executor, made.workers);
      await parallel(
        tables.flatMap(piecesOf),
        limit,
        (piece) => loadOne(context, piece, counters.get(piece.table)!),
        () => executor.cancel(),
      );
    }
    // The writers have done their work; what they keep in memory is better used for indexes.
    await executor.release('target');
    await ledgerAgrees(context);
    const rows = [...made.loads.values()].flat().reduce((sum, chunk) => sum + chunk.rows, 0);
    const chunks = largestFirst.reduce((sum, table) => sum + chunksOf(table), 0);
    return `${many(rows, 'row')} in ${many(chunks, 'chunk')}`;
  },
};

/** One chunk of one of the sources of a table, by its number among all chunks of the table: so the ledger knows it. */
interface Piece {
  readonly table: TablePlan;
  readonly feed: Feed;
  readonly range: ChunkRange;
  readonly number: number;
}

function piecesOf(table: TablePlan): Piece[] {
  return feedsOf(table)
    .flatMap((feed) => feed.chunks.map((range) => ({ table, feed, range })))
    .map((piece, number) => ({ ...piece, number }));
}

async function loadOne(
  context: RunContext,
  { table, feed, range, number }: Piece,
  counter: TableCounter,
): Promise<void> {
  const { job, made, artifacts } = context;
  const began = performance.now();
  try {
    const result = await need(made.executor, 'executor').run(
      {
        kind: 'load',
        work: tableWork(job, table, job.identity, feed),
        chunk: number,
        range,
        batchSize: job.options.batchSize ?? feed.batchSize,
      },
      {
        progress: (progress) => counter.running(number, progress),
        refused: (rows) => counter.refused(number, rows),
      },
    );
    await counter.settled();
    const seconds = (performance.now() - began) / 1000;
    secondsOf(context, table).load += seconds;
    made.loads.set(feed.source, [...(made.loads.get(feed.source) ?? []), result]);
    counter.done(number, result);
    if (counter.overflow) throw counter.overflow;
    await artifacts.table(table.target.name, {
      event: 'chunk loaded',
      source: feed.source,
      chunk: number,
      rows: result.rows,
      bytes: result.bytes,
      digest: result.sum,
      seconds,
    });
    if (counter.complete) await artifacts.checkpoint(checkpointOf(context, 'load', 'running'));
  } catch (thrown) {
    const error = at(counter.overflow ?? withFeedHint(asDroverError(thrown), table), {
      table: feed.source,
      step: 'load',
    });
    await artifacts.table(table.target.name, {
      event: 'chunk failed',
      source: feed.source,
      chunk: number,
      error: error.data,
    });
    throw error;
  }
}

/**
 * Adds up the chunks of one table, those done and those under way, and keeps the rows in quarantine within the limit
 * that each of its sources has.
 */
class TableCounter {
  readonly #context: RunContext;
  readonly #table: TablePlan;
  readonly #pieces: readonly Piece[];
  readonly #chunks: Progress[];
  readonly #writing: Promise<void>[] = [];
  readonly #quarantined = new Map<Feed, number>();
  readonly #warned = new Set<Feed>();
  #done = 0;
  /** Why the run must end: more rows are in quarantine than it may hold. */
  overflow: DroverError | null = null;

  constructor(context: RunContext, table: TablePlan) {
    this.#context = context;
    this.#table = table;
    this.#pieces = piecesOf(table);
    this.#chunks = this.#pieces.map(() => ({ rows: 0, bytes: 0 }));
  }

  get complete(): boolean {
    return this.#done === this.#chunks.length;
  }

  running(number: number, progress: Progress): void {
    this.#chunks[number] = progress;
    this.#tell('loading');
  }

  refused(chunk: number, rows: readonly RefusedRow[]): void {
    const { feed } = this.#pieces[chunk]!;
    this.#quarantined.set(feed, this.#refusedOf(feed) + rows.length);
    const { artifacts } = this.#context;
    this.#writing.push(artifacts.quarantine(this.#table.target.name, feed.source, chunk, rows));
    this.#hold(feed, Math.max(feed.estimate.rows, this.#read(feed)));
  }

  /** What was refused is written; the rows are counted for good once the table is complete. */
  async settled(): Promise<void> {
    await Promise.all(this.#writing.splice(0));
    if (this.overflow) throw this.overflow;
  }

  done(number: number, result: Scanned): void {
    this.#chunks[number] = result;
    this.#done++;
    this.#tell(this.complete ? 'loaded' : 'loading');
    if (!this.complete) return;
    // Now the rows are known: an estimate that was too high may have hidden a share above the limit.
    for (const feed of this.#quarantined.keys()) this.#hold(feed, this.#read(feed));
  }

  /** Stops the run above the limit, and warns once from one percent on. */
  #hold(feed: Feed, read: number): void {
    const { errors, source } = feed;
    const refused = this.#refusedOf(feed);
    const share = (100 * refused) / Math.max(1, read);
    if (share >= WARNED_PERCENT && !this.#warned.has(feed)) {
      this.#warned.add(feed);
      tellLog(this.#context, 'warning', `${source}: ${share.toFixed(1)} % of the rows are in quarantine so far.`);
    }
    if (withinLimit(errors, refused, share)) return;
    this.overflow ??= tooMany(source, refused, errors);
    this.#context.made.executor?.cancel();
  }

  #refusedOf(feed: Feed): number {
    return this.#quarantined.get(feed) ?? 0;
  }

  /** Rows of one source, those that move and those that do not. */
  #read(feed: Feed): number {
    return sumOf(this.#chunks.filter((_, number) => this.#pieces[number]!.feed === feed)).rows + this.#refusedOf(feed);
  }

  #tell(phase: 'loading' | 'loaded'): void {
    const quarantined = [...this.#quarantined.values()].reduce((sum, rows) => sum + rows, 0);
    tellTable(this.#context, this.#table, phase, sumOf(this.#chunks), quarantined);
  }
}

function sumOf(chunks: readonly Progress[]): Progress {
  return chunks.reduce((sum, chunk) => ({ rows: sum.rows + chunk.rows, bytes: sum.bytes + chunk.bytes }), {
    rows: 0,
    bytes: 0,
  });
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
async function ledgerAgrees({ job, made }: RunContext): Promise<void> {
  const ledger = await need(made.publisher, 'publisher').ledger();
  for (const table of job.plan.tables) {
    const sent = loadsOf(made, table);
    const rows = sent.reduce((sum, chunk) => sum + chunk.rows, 0);
    const entries = ledger.filter((entry) => entry.table === table.target.name);
    const held = entries.reduce((sum, entry) => sum + entry.rows, 0);
    if (entries.length === chunksOf(table) && held === rows) continue;
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
  const { bytes, rows } = estimateOf(table);
  return bytes ?? rows * 100;
}
