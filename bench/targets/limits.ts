// Targets that are limits: memory, transforms, start-up.

import { count } from '../../src/shared/format.ts';
import type { Figure, StartupFigure } from '../figures.ts';
import { middleOf, ROWS_A_SECOND, type TransformFigure } from '../transforms/figure.ts';
import { figure, limit, type Target } from './target.ts';

/** Bytes resident. */
const PEAK = 200_000_000;

/** Drover's threads are one process: its peak is all of it. */
export function memoryTarget(medians: readonly Figure[]): Target {
  const peakOf = ({ peak }: Figure) => peak ?? 0;
  const highest = medians
    .filter(({ contender, failure }) => contender === 'Drover' && failure === null)
    .toSorted((a, b) => peakOf(b) - peakOf(a))[0];
  const where = highest ? `: ${highest.source} → ${highest.target}, ${highest.set}, ${count(highest.rows)} rows` : '';
  return {
    what: `peak memory, the highest median${where}`,
    unit: 'bytes',
    measured: figure('Drover', highest?.peak ?? null, 'no peak was measured'),
    against: limit(PEAK),
    demand: { kind: 'at most', ratio: 1 },
  };
}

export function transformTargets(figures: readonly TransformFigure[]): Target[] {
  return figures
    .filter((each) => each.limit !== null)
    .map(({ what, perCore }) => ({
      what: `transforms, ${what}`,
      unit: 'rows/s',
      measured: figure('a core', middleOf(perCore), ''),
      against: limit(ROWS_A_SECOND),
      demand: { kind: 'at least', ratio: 1 },
    }));
}

export function startupTargets(figures: readonly StartupFigure[]): Target[] {
  return figures.map(({ what, values, limit: seconds }) => ({
    what,
    unit: 's',
    measured: figure('Drover', middleOf(values), ''),
    against: limit(seconds),
    demand: { kind: 'at most', ratio: 1 },
  }));
}
