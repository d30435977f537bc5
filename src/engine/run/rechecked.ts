// Chunks that were loaded before an interruption: each is read from the source once more, through the new snapshot. Where
// its digest is that of the ledger, its rows stay as they are; else the whole table is loaded anew.

import { many } from '../../shared/format.ts';
import type { TablePlan } from '../../shared/model/plan.ts';
import type { RefusedRow } from '../../shared/model/quarantine.ts';
import type { Scanned } from '../pipeline/order.ts';
import { tableWork } from '../pipeline/table-work.ts';
import { parallel } from '../support/parallel.ts';
import { need, type RunContext, tellLog } from './job.ts';
import { type Piece, piecesOf } from './pieces.ts';
import { createStaged } from './staged.ts';

export interface Rechecked {
  readonly piece: Piece;
  readonly result: Scanned;
  /** Rows that the pass left out, as they were when the chunk was loaded. */
  readonly refused: readonly RefusedRow[];
}

/** Of these tables, the chunks that need not be loaded. Tables that changed since are empty afterwards. */
export async function recheckKept(
  context: RunContext,
  tables: readonly TablePlan[],
  limit: number,
): Promise<readonly Rechecked[]> {
  const { made } = context;
  const kept = tables.flatMap((table) => {
    const pieces = piecesOf(table);
    return (made.kept.get(table.target.name) ?? []).map((entry) => ({ piece: pieces[entry.chunk]!, entry }));
  });
  const changed = new Set<TablePlan>();
  const checked = await parallel(
    kept,
    limit,
    async ({ piece, entry }) => {
      const refused: RefusedRow[] = [];
      const result = await scan(context, piece, refused);
      if (result.rows !== entry.rows || result.sum !== entry.digest) changed.add(piece.table);
      return { piece, result, refused };
    },
    () => made.executor?.cancel(),
  );
  for (const table of changed) {
    tellLog(context, 'warning', `${table.source} is no longer as it was read before the interruption: loaded anew.`);
    made.kept.delete(table.target.name);
    await createStaged(context, table);
  }
  const unchanged = checked.filter(({ piece }) => !changed.has(piece.table));
  if (unchanged.length > 0) tellKept(context, unchanged);
  return unchanged;
}

async function scan({ job, made }: RunContext, piece: Piece, refused: RefusedRow[]): Promise<Scanned> {
  const { table, feed, range } = piece;
  return need(made.executor, 'executor').run(
    { kind: 'digest', work: tableWork(job, table, job.identity, feed), side: 'source', range },
    { refused: (rows) => void refused.push(...rows) },
  );
}

function tellKept(context: RunContext, chunks: readonly Rechecked[]): void {
  const rows = chunks.reduce((sum, { result }) => sum + result.rows, 0);
  tellLog(
    context,
    'info',
    `${many(rows, 'row')} in ${many(chunks.length, 'chunk')} are as they were loaded before the interruption.`,
  );
}
