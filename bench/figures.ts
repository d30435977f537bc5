// Figures: one line for each measured run, and what is drawn from several of them.

import type { Outcome, Phases } from './contenders/outcome.ts';
import type { EngineName } from './engines.ts';
import type { Part } from './options.ts';

/** One measured run. Times in seconds, memory in bytes; null is not measured. */
export interface Figure extends Phases {
  readonly part: Part;
  /** The data set. */
  readonly set: string;
  readonly source: EngineName | null;
  /** null where it only reads. */
  readonly target: EngineName | null;
  readonly contender: string;
  readonly round: number;
  readonly rows: number;
  readonly wall: number;
  readonly cpu: number | null;
  readonly peak: number | null;
  /** Why the figures don't count; null where they do. */
  readonly failure: string | null;
}

/** What a command takes that has little to do. */
export interface StartupFigure {
  readonly what: string;
  /** Seconds, one for each round. */
  readonly values: readonly number[];
  readonly limit: number;
}

type Subject = Pick<Figure, 'part' | 'set' | 'source' | 'target' | 'round' | 'rows'>;

export function figureOf(subject: Subject, { contender, measured, phases, failure }: Outcome): Figure {
  const { wall, cpu, peak } = measured;
  return { ...subject, contender, wall, ...phases, cpu, peak, failure };
}

/** The rounds of each contender on each pair and data set as one figure of medians; a failed round fails the whole. */
export function medians(figures: readonly Figure[]): Figure[] {
  const groups = Map.groupBy(figures, ({ part, set, source, target, contender, rows }) =>
    [part, set, source, target, contender, rows].join(' '),
  );
  return [...groups.values()].map((group) => {
    const first = group[0]!;
    const middle = (pick: (figure: Figure) => number | null) => median(group.map(pick));
    return {
      ...first,
      wall: middle((figure) => figure.wall) ?? first.wall,
      plan: middle((figure) => figure.plan),
      copy: middle((figure) => figure.copy),
      index: middle((figure) => figure.index),
      verify: middle((figure) => figure.verify),
      cpu: middle((figure) => figure.cpu),
      peak: middle((figure) => figure.peak),
      failure: group.find(({ failure }) => failure !== null)?.failure ?? null,
    };
  });
}

/** null as soon as one of them was not measured. */
function median(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  if (known.length < values.length || known.length === 0) return null;
  const half = known.length >> 1;
  return known.length % 2 === 1 ? known[half]! : (known[half - 1]! + known[half]!) / 2;
}
