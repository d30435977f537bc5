// The figures of a run under way: how much of each step, table and of all is done, how fast, how long still.

import type { TablePhase } from './model/run.ts';
import {
  type Amount,
  activityOf,
  currentStep,
  doneSoFar,
  type Progress,
  type TableProgress,
  verifyPhase,
} from './progress.ts';

export interface Overall extends Amount {
  /** null: this step does not count rows. */
  readonly activity: 'loading' | 'verifying' | null;
  readonly total: number;
  /** False while the total is an estimate. */
  readonly exact: boolean;
  /** 0…1; never 1 before all is done. */
  readonly fraction: number;
  readonly rowsPerSecond: number | null;
  readonly bytesPerSecond: number | null;
  readonly secondsLeft: number | null;
}

/** Of the step that counts rows now, or did last. */
export function overall(progress: Progress): Overall {
  const activity = activityOf(progress);
  const { rows, bytes } = doneSoFar(progress);
  let total = 0;
  let exact = true;
  for (const table of progress.tables.values()) {
    if (table.phase === 'left out') continue;
    const known = activity === 'verifying' || pastLoading(table.phase);
    exact &&= known;
    total += known ? table.loaded.rows : Math.max(table.estimate, table.loaded.rows);
  }
  const known = progress.tables.size > 0;
  const complete = known && exact && rows >= total;
  const fraction = complete ? 1 : Math.min(0.999, total === 0 ? 0 : rows / total);
  return { activity, rows, bytes, total, exact, fraction, ...rates(progress, fraction) };
}

export function amountOf(table: TableProgress): Amount {
  return verifyPhase(table.phase) ? table.verified : table.loaded;
}

/** 0…1 of the phase that the table is in. */
export function fractionOf(table: TableProgress): number {
  switch (table.phase) {
    case 'waiting':
      return 0;
    case 'loading': {
      const total = Math.max(table.estimate, table.loaded.rows);
      return total === 0 ? 0 : Math.min(0.999, table.loaded.rows / total);
    }
    case 'verifying':
      return table.loaded.rows === 0 ? 0 : Math.min(0.999, table.verified.rows / table.loaded.rows);
    case 'failed':
    case 'left out': {
      const total = Math.max(table.estimate, table.loaded.rows);
      return total === 0 ? 0 : table.loaded.rows / total;
    }
    case 'loaded':
    case 'indexing':
    case 'verified':
    case 'different':
      return 1;
  }
}

/**
 * 0…1 of the whole run, 1 only at its end: loading is one half, comparing the other. Building indexes lies between
 * them and can't be measured.
 */
export function wholeOf(progress: Progress): number {
  if (progress.finished) return 1;
  let total = 0;
  let done = 0;
  for (const table of progress.tables.values()) {
    if (table.phase === 'left out') continue;
    const rows = pastLoading(table.phase) ? table.loaded.rows : Math.max(table.estimate, table.loaded.rows);
    total += 2 * rows;
    done += table.loaded.rows + Math.min(table.verified.rows, rows);
  }
  return total === 0 ? 0 : Math.min(0.999, done / total);
}

function rates(
  progress: Progress,
  fraction: number,
): Pick<Overall, 'rowsPerSecond' | 'bytesPerSecond' | 'secondsLeft'> {
  const first = progress.samples[0];
  const last = progress.samples.at(-1);
  const seconds = first && last ? (last.at - first.at) / 1000 : 0;
  if (!first || !last || seconds < 0.3) return { rowsPerSecond: null, bytesPerSecond: null, secondsLeft: null };

  const step = currentStep(progress);
  const startedAt = step ? progress.steps.get(step)?.startedAt : null;
  const spent = startedAt ? (last.at - startedAt) / 1000 : 0;
  return {
    rowsPerSecond: Math.max(0, last.rows - first.rows) / seconds,
    bytesPerSecond: Math.max(0, last.bytes - first.bytes) / seconds,
    // Below 1 % a guess would only jump about.
    secondsLeft: fraction >= 0.01 && fraction < 1 && spent > 0 ? (spent * (1 - fraction)) / fraction : null,
  };
}

function pastLoading(phase: TablePhase): boolean {
  return phase === 'loaded' || phase === 'indexing' || verifyPhase(phase);
}
