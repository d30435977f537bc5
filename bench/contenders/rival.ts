// A rival: a program that does a migration's work without Drover.

import type { DataSet } from '../data/tables.ts';
import type { Address } from '../engines.ts';
import type { Outcome } from './outcome.ts';

export interface Rival {
  readonly name: string;
  /** What is missing in the target afterwards, in words; null when nothing is. */
  readonly proof: (target: Address, set: DataSet) => Promise<string | null>;
  run(source: Address, target: Address, folder: string, signal: AbortSignal): Promise<Outcome>;
}

/** A rival that can't be had here, and why. */
export interface Absent {
  readonly name: string;
  readonly absent: string;
}
