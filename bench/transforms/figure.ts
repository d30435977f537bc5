// Figures of the transforms: rows a second, of which more is better.

/** What one core must take through ten steps. */
export const ROWS_A_SECOND = 250_000;

export interface TransformFigure {
  readonly what: string;
  readonly data: string;
  /** Rows a second of processor time, of all threads; one for each round. */
  readonly perCore: readonly number[];
  /** Rows a second by the clock: others at work make it less. */
  readonly perSecond: readonly number[];
  /** What the median must reach; null where nothing was promised. */
  readonly limit: number | null;
}

export function middleOf(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1]!;
}

/** Empty where nothing was promised. */
export function transformVerdict({ perCore, limit }: TransformFigure): string {
  if (limit === null) return '';
  return middleOf(perCore) >= limit ? 'PASS' : 'short';
}
