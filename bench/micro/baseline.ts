// The baseline: figures that were once measured, with the machine they are of. It is part of the repository.

import { existsSync, readFileSync, writeFileSync } from 'node:fs';

export interface Baseline {
  readonly date: string;
  readonly node: string;
  readonly processor: string;
  readonly system: string;
  /** By case: processor seconds for a million values, and microseconds of the calibration beside it. */
  readonly figures: Readonly<Record<string, { readonly seconds: number; readonly calibration: number }>>;
}

const FILE = new URL('../baseline.json', import.meta.url);

export function readBaseline(): Baseline | null {
  return existsSync(FILE) ? (JSON.parse(readFileSync(FILE, 'utf8')) as Baseline) : null;
}

export function writeBaseline(baseline: Baseline): void {
  writeFileSync(FILE, `${JSON.stringify(baseline, null, 2)}\n`);
}
