// The tables of a run as rows of a grid: how far each is, how fast, and for how long.

import { assertNever } from '../../../../shared/errors.ts';
import type { TablePhase } from '../../../../shared/model/run.ts';
import { amountOf, fractionOf, type Progress, type TableProgress } from '../../../../shared/progress.ts';

export interface TableRow {
  readonly name: string;
  readonly phase: TablePhase;
  /** 0…1 of its phase. */
  readonly fraction: number;
  readonly rows: number;
  /** Estimated total while loading; what was loaded afterwards. */
  readonly total: number;
  readonly exact: boolean;
  readonly rowsPerSecond: number | null;
  /** Since it began; null while it waits. */
  readonly seconds: number | null;
}

const kept = new WeakMap<TableProgress, TableRow>();

/** Largest first. A table that has not moved since keeps its very row, so that it is not drawn anew. */
export function tableRows({ tables, at, finished }: Progress): TableRow[] {
  const now = finished ? null : at;
  return [...tables.values()].sort((a, b) => b.estimate - a.estimate).map((table) => rowOf(table, now));
}

export function phaseWords(phase: TablePhase): string {
  switch (phase) {
    case 'waiting':
      return 'waiting';
    case 'loading':
      return 'loading';
    case 'loaded':
      return 'loaded';
    case 'indexing':
      return 'building indexes';
    case 'verifying':
      return 'comparing';
    case 'verified':
      return 'equal';
    case 'different':
      return 'different';
    case 'failed':
      return 'failed';
    default:
      return assertNever(phase);
  }
}

function rowOf(table: TableProgress, now: number | null): TableRow {
  const moves = now !== null && isMoving(table.phase);
  const known = kept.get(table);
  if (known && !moves) return known;
  const amount = amountOf(table);
  const exact = table.phase !== 'waiting' && table.phase !== 'loading' && table.phase !== 'failed';
  const row: TableRow = {
    name: table.name,
    phase: table.phase,
    fraction: fractionOf(table),
    rows: amount.rows,
    total: exact ? table.loaded.rows : Math.max(table.estimate, table.loaded.rows),
    exact,
    rowsPerSecond: moves ? rateOf(amount.rows, table.phaseAt, now) : null,
    seconds: secondsOf(table, moves ? now : table.phaseAt),
  };
  if (!moves) kept.set(table, row);
  return row;
}

function isMoving(phase: TablePhase): boolean {
  return phase === 'loading' || phase === 'verifying' || phase === 'indexing';
}

/** Rows a second since the phase began; below a third of a second nothing is said. */
function rateOf(rows: number, since: number | null, now: number): number | null {
  const seconds = since === null ? 0 : (now - since) / 1000;
  return seconds < 0.3 ? null : rows / seconds;
}

function secondsOf({ startedAt }: TableProgress, until: number | null): number | null {
  return startedAt === null || until === null ? null : Math.max(0, until - startedAt) / 1000;
}
