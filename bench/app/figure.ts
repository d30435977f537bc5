// Figures of the app: what was measured how often, against which bound.

import { loadavg } from 'node:os';

export type Unit = 'ms' | '% of a core' | 'a second' | 'bytes' | 's';

/** A longer frame is felt. */
export const SMOOTH_MS = 50;

export interface AppFigure {
  /** What was done. */
  readonly what: string;
  /** With what in the app. */
  readonly data: string;
  readonly unit: Unit;
  /** One for each round. */
  readonly values: readonly number[];
  /** What the median may reach; null where nothing was promised. */
  readonly bound: number | null;
  /** Of this machine's last minute, at the end of the measurement. */
  readonly load: number;
}

export function appFigure(figure: Omit<AppFigure, 'load'>): AppFigure {
  return { ...figure, load: loadavg()[0] ?? 0 };
}

export function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** Empty where nothing was promised. */
export function appVerdict({ values, bound }: AppFigure): string {
  if (bound === null) return '';
  return middle(values) <= bound ? 'PASS' : 'short';
}
