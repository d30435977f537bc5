// The pieces in which a table is loaded: every chunk of every source that feeds it.

import { feedsOf } from '../../shared/feeds.ts';
import type { ChunkRange, Feed, TablePlan } from '../../shared/model/plan.ts';

export interface Piece {
  readonly table: TablePlan;
  readonly feed: Feed;
  readonly range: ChunkRange;
  /** Among all chunks of the table: so the ledger knows it. */
  readonly number: number;
}

export function piecesOf(table: TablePlan): Piece[] {
  return feedsOf(table)
    .flatMap((feed) => feed.chunks.map((range) => ({ table, feed, range })))
    .map((piece, number) => ({ ...piece, number }));
}

/** "chunk 3 of orders, id above 1000 up to 2000" */
export function pieceWords({ feed, range, number }: Piece): string {
  const whole = `chunk ${number} of ${feed.source}`;
  if (range.kind === 'all') return whole;
  const bounds = [
    range.after === null ? '' : ` above ${range.after}`,
    range.upto === null ? '' : ` up to ${range.upto}`,
  ];
  return `${whole}, ${range.column}${bounds.join('')}`;
}
