// Figures of the micro-benchmarks beside those of the baseline.

/** How much slower than the baseline a figure may be: less is noise, on machines where others work. */
export const SLOWER = 1.5;

export interface MicroFigure {
  readonly what: string;
  /** Processor seconds for a million values. */
  readonly seconds: number;
  readonly calibration: number;
  /** As the baseline's machine would have taken; null where the baseline does not know the case. */
  readonly baseline: number | null;
  /** To the baseline, after both were divided by their calibration. */
  readonly ratio: number | null;
}

export function microVerdict({ ratio }: MicroFigure): string {
  if (ratio === null) return 'new';
  return ratio > SLOWER ? 'slower' : '';
}
