// Targets of growth: with 4 and 16 times the rows, a row takes as long and the memory is as much.

import type { Figure } from '../figures.ts';
import { figure, type Target, type Unit } from './target.ts';

const MORE = 1.1;

type Pick = (figure: Figure) => number | null;

export function growthTargets(medians: readonly Figure[]): Target[] {
  const own = medians.filter(({ part, failure }) => part === 'growth' && failure === null);
  const pairs = Map.groupBy(own, ({ source, target }) => `${source} → ${target}`);
  return [...pairs].flatMap(([pair, figures]) => {
    const sizes = figures.toSorted((a, b) => a.rows - b.rows);
    return sizes.slice(1).flatMap((each, i) => {
      const smaller = sizes.slice(0, i + 1);
      return [
        growth(pair, 'time for a row', 'µs a row', each, smaller, ({ wall, rows }) => (wall / rows) * 1e6),
        growth(pair, 'peak memory', 'bytes', each, smaller, ({ peak }) => peak),
      ];
    });
  });
}

/** Against the best of all that were smaller: what a run costs before its first row would hide growth behind it. */
function growth(pair: string, what: string, unit: Unit, large: Figure, smaller: readonly Figure[], pick: Pick): Target {
  const best = smaller.toSorted((a, b) => (pick(a) ?? 0) - (pick(b) ?? 0))[0]!;
  const times = ({ rows }: Figure) => `${Math.round(rows / smaller[0]!.rows)}×`;
  return {
    what: `${pair}, ${what} at ${times(large)}`,
    unit,
    measured: figure('Drover', pick(large), `${what} was not measured`),
    against: figure(`Drover at ${times(best)}`, pick(best), `${what} was not measured`),
    demand: { kind: 'at most', ratio: MORE },
  };
}
