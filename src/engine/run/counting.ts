// Counting: what of a table is loaded so far, and whether its rows in quarantine are still as many as they may be.

import { DroverError } from '../../shared/errors.ts';
import { many } from '../../shared/format.ts';
import { mayBeLeftOut } from '../../shared/left-out.ts';
import type { Feed, TablePlan } from '../../shared/model/plan.ts';
import type { ErrorPolicy, RefusedRow } from '../../shared/model/quarantine.ts';
import { limitWords, withinLimit } from '../../shared/quarantine-words.ts';
import type { Progress, Scanned } from '../pipeline/order.ts';
import { type RunContext, tellLog, tellTable } from './job.ts';
import { type Piece, piecesOf } from './pieces.ts';

/**
 * Adds up the chunks of one table, those done and those under way, and keeps the rows in quarantine within the limit
 * that each of its sources has.
 */
export class TableCounter {
  readonly #context: RunContext;
  readonly #table: TablePlan;
  /** It may be left out, alone or with another. */
  readonly endangered: boolean;
  readonly #pieces: readonly Piece[];
  readonly #chunks: Progress[];
  readonly #writing: Promise<void>[] = [];
  readonly #quarantined = new Map<Feed, number>();
  readonly #warned = new Set<Feed>();
  #done = 0;
  /** Why the run must end, or the table be left out: more rows are in quarantine than it may hold. */
  overflow: DroverError | null = null;

  constructor(context: RunContext, table: TablePlan, inDanger: boolean) {
    this.#context = context;
    this.#table = table;
    this.endangered = inDanger;
    this.#pieces = piecesOf(table);
    this.#chunks = this.#pieces.map(() => ({ rows: 0, bytes: 0 }));
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
    this.#tell('loading');
  }

  refused(chunk: number, rows: readonly RefusedRow[]): void {
    if (!this.wanted) return;
    const { feed } = this.#pieces[chunk]!;
    this.#quarantined.set(feed, this.#refusedOf(feed) + rows.length);
    const { artifacts } = this.#context;
    const writing = artifacts.quarantine(this.#table.target.name, feed.source, chunk, rows);
    // Where the chunk itself fails nobody waits for it any more.
    writing.catch(() => undefined);
    this.#writing.push(writing);
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

  /** Stops the run, or the table, above the limit, and warns once from one percent on. */
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
    if (!mayBeLeftOut(this.#table)) this.#context.made.executor?.cancel();
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
