// Load: every chunk of every table into staging, the largest tables first and workers on different ones; then the ledger is
// asked what arrived.

import { at, DroverError } from '../../../shared/errors.ts';
import { chunksOf, estimateOf } from '../../../shared/feeds.ts';
import { many } from '../../../shared/format.ts';
import { endangered } from '../../../shared/left-out.ts';
import type { TablePlan } from '../../../shared/model/plan.ts';
import type { Scanned } from '../../pipeline/order.ts';
import { tableWork } from '../../pipeline/table-work.ts';
import { type Turn, Turns } from '../../pipeline/turns.ts';
import { asDroverError } from '../../support/failure.ts';
import { collectAll } from '../../support/memory.ts';
import { parallelApart } from '../../support/parallel.ts';
import { checkpointOf } from '../checkpoint.ts';
import { TableCounter } from '../counting.ts';
import { withFeedHint } from '../feed-hint.ts';
import { loadsOf, need, type RunContext, secondsOf } from '../job.ts';
import { movingTables, orLeaveOut } from '../left-out.ts';
import { loadOrder, makeLookups } from '../lookups.ts';
import { type Piece, piecesOf, pieceWords } from '../pieces.ts';
import { type Rechecked, recheckKept } from '../rechecked.ts';
import type { Step } from '../saga.ts';

/** While one writes, so many others prepare what comes next. */
const ENOUGH_FOR_ONE_WRITER = 3;

export const load: Step<RunContext> = {
  name: 'load',

  async act(context) {
    const { job, made } = context;
    const executor = need(made.executor, 'executor');
    const largestFirst = [...job.plan.tables].sort((a, b) => sizeOf(b) - sizeOf(a));
    const turns = job.target.capabilities.oneWriter ? new Turns() : null;
    const limit = turns ? Math.min(made.workers, ENOUGH_FOR_ONE_WRITER) : made.workers;
    // What planning left behind would stay as long as the workers take more.
    collectAll();
    const inDanger = endangered(job.plan.tables);
    const counters = new Map(
      largestFirst.map((table) => [table, new TableCounter(context, table, inDanger.has(table))]),
    );
    const isMissing = ({ table, number }: Piece): boolean =>
      !made.kept.get(table.target.name)?.some(({ chunk }) => chunk === number);
    for (const tables of loadOrder(largestFirst)) {
      await makeLookups(context, tables);
      for (const kept of await recheckKept(context, tables, made.workers)) {
        const { table } = kept.piece;
        await orLeaveOut(context, table, 'load', () => keep(context, kept, counters.get(table)!));
      }
      await parallelApart(
        tables.map((table) => piecesOf(table).filter(isMissing)),
        limit,
        (piece) =>
          orLeaveOut(context, piece.table, 'load', () => loadOne(context, piece, counters.get(piece.table)!, turns)),
        () => executor.cancel(),
      );
    }
    // The writers have done their work; what they keep in memory is better used for indexes.
    await executor.release('target');
    await ledgerAgrees(context);
    const chunks = movingTables(context).flatMap((table) => loadsOf(made, table));
    const rows = chunks.reduce((sum, chunk) => sum + chunk.rows, 0);
    return `${many(rows, 'row')} in ${many(chunks.length, 'chunk')}`;
  },
};

/** A chunk from before the interruption counts as one that was loaded now. */
async function keep(context: RunContext, { piece, result, refused }: Rechecked, counter: TableCounter): Promise<void> {
  if (refused.length > 0) counter.refused(piece.number, refused);
  await counter.settled();
  await counted(context, piece, result, counter, { event: 'chunk kept' });
}

async function loadOne(context: RunContext, piece: Piece, counter: TableCounter, turns: Turns | null): Promise<void> {
  const { job, made, artifacts } = context;
  const { table, feed, range, number } = piece;
  const began = performance.now();
  const loaded = (turn: Turn | null): Promise<Scanned> =>
    need(made.executor, 'executor').run(
      {
        kind: 'load',
        work: { ...tableWork(job, table, job.identity, feed), mayBeLeftOut: counter.endangered },
        chunk: number,
        range,
        batchSize: job.options.batchSize ?? feed.batchSize,
        turn,
      },
      {
        progress: (progress) => counter.running(number, progress),
        refused: (rows) => counter.refused(number, rows),
        wanted: () => counter.wanted,
      },
    );
  try {
    const result = await (turns ? turns.during(loaded) : loaded(null));
    await counter.settled();
    if (!counter.wanted) return;
    const seconds = (performance.now() - began) / 1000;
    secondsOf(context, table).load += seconds;
    await counted(context, piece, result, counter, { event: 'chunk loaded', seconds });
  } catch (thrown) {
    const error = at(counter.overflow ?? withFeedHint(asDroverError(thrown), table), {
      table: feed.source,
      step: 'load',
    });
    await artifacts.audit.write('load', 'failed', `${pieceWords(piece)}: ${error.message}`, table.target.name);
    await artifacts.table(table.target.name, {
      event: 'chunk failed',
      source: feed.source,
      chunk: number,
      error: error.data,
    });
    throw error;
  }
}

async function counted(
  context: RunContext,
  piece: Piece,
  result: Scanned,
  counter: TableCounter,
  what: { readonly event: 'chunk kept' | 'chunk loaded'; readonly seconds?: number },
): Promise<void> {
  const { table, feed, number } = piece;
  const { made, artifacts } = context;
  made.loads.set(feed.source, [...(made.loads.get(feed.source) ?? []), result]);
  counter.done(number, result);
  if (counter.overflow) throw counter.overflow;
  const { rows, bytes, sum: digest } = result;
  const became = what.event === 'chunk kept' ? 'loaded before, equal to the source' : 'committed with its ledger row';
  const amount = `${many(rows, 'row')}, ${many(bytes, 'byte')}, digest ${digest}`;
  artifacts.audit.tell('load', 'done', `${pieceWords(piece)}: ${amount}, ${became}`, table.target.name);
  await artifacts.table(table.target.name, { ...what, source: feed.source, chunk: number, rows, bytes, digest });
  if (!counter.complete) return;
  artifacts.audit.tell('load', 'done', 'all rows are in staging', table.target.name);
  // Where it can't be written, neither can the next, for which the step's end waits.
  artifacts.checkpoint(() => checkpointOf(context, 'load', 'running')).catch(() => undefined);
}

/** The target's own ledger must hold exactly the chunks that were sent. */
async function ledgerAgrees(context: RunContext): Promise<void> {
  const { made } = context;
  const ledger = await need(made.publisher, 'publisher').ledger();
  for (const table of movingTables(context)) {
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
