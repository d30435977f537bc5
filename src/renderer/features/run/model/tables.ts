// The tables of a run as rows of a grid: how far each is, how fast, and for how long.

import { assertNever } from '../../../../shared/errors.ts';
import type { TablePhase } from '../../../../shared/model/run.ts';
import { compensating, type Progress, type TableProgress } from '../../../../shared/progress.ts';
import { amountOf, fractionOf } from '../../../../shared/progress-figures.ts';

export interface TableRow {
  readonly name: string;
  /** What it does or did; when the run goes back, what was loaded of it is thrown away. */
  readonly state: TablePhase | 'rolled back' | 'stopped' | 'unknown';
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

/** Rows of tables at rest, by how the run goes. */
const kept = { ahead: new WeakMap<TableProgress, TableRow>(), back: new WeakMap<TableProgress, TableRow>() };

/** The moment, and whether figures still move at it. */
interface Now {
  readonly at: number;
  readonly paused: boolean;
}

interface Moment {
  /** null: figures do not move any more. */
  readonly now: Now | null;
  readonly back: boolean;
  readonly at: number | null;
}

/**
 * Largest first. A table that has not moved since keeps its very row, so that it is not drawn anew. `lost`: the engine
 * does not answer, and what moved when it was last heard of is not known to move still.
 */
export function tableRows(progress: Progress, lost = false): TableRow[] {
  const { tables, at, finished, paused } = progress;
  const back = compensating(progress);
  const now = finished || back || at === null ? null : { at, paused };
  const rows = [...tables.values()]
    .sort((a, b) => b.estimate - a.estimate)
    .map((table) => rowOf(table, { now, back, at }));
  if (finished?.state === 'interrupted') return rows.map(asLeft);
  return (finished ? finished.state === 'unknown' : lost) ? rows.map(asLastHeard) : rows;
}

export function stateWords(state: TableRow['state']): string {
  switch (state) {
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
    case 'left out':
      return 'left out';
    case 'rolled back':
      return 'rolled back';
    case 'stopped':
      return 'stopped';
    case 'unknown':
      return 'not known';
    default:
      return assertNever(state);
  }
}

/** What was found stays found; what has become of the others since can't be told. */
function asLastHeard(row: TableRow): TableRow {
  const found = ['loaded', 'verified', 'different', 'failed', 'left out'].includes(row.state);
  return { ...row, rowsPerSecond: null, state: found ? row.state : 'unknown' };
}

/** What was under way stands as far as it came. */
function asLeft(row: TableRow): TableRow {
  return row.state === 'loading' || row.state === 'indexing' || row.state === 'verifying'
    ? { ...row, state: 'stopped' }
    : row;
}

function rowOf(table: TableProgress, { now, back, at }: Moment): TableRow {
  const moves = now !== null && isMoving(table.phase);
  const rest = back ? kept.back : kept.ahead;
  const known = rest.get(table);
  if (known && !moves) return known;
  const amount = amountOf(table);
  const exact = !['waiting', 'loading', 'failed', 'left out'].includes(table.phase);
  const row: TableRow = {
    name: table.name,
    state: back ? stateAfter(table.phase) : table.phase,
    fraction: fractionOf(table),
    rows: amount.rows,
    total: exact ? table.loaded.rows : Math.max(table.estimate, table.loaded.rows),
    exact,
    rowsPerSecond:
      moves && !now.paused && table.phase !== 'indexing' ? rateOf(amount.rows, table.phaseAt, now.at) : null,
    // What was at work when it ended was so until then.
    seconds: secondsOf(table, isMoving(table.phase) ? at : table.phaseAt),
  };
  if (!moves) rest.set(table, row);
  return row;
}

/** What was the reason to go back stays to be seen. */
function stateAfter(phase: TablePhase): TableRow['state'] {
  switch (phase) {
    case 'waiting':
    case 'failed':
    case 'different':
    case 'left out':
      return phase;
    default:
      return 'rolled back';
  }
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
