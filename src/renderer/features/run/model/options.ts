// The options of a run, from the settings and as typed. What is empty is left to the engine.

import type { RunOptions } from '../../../../shared/contract.ts';
import { count } from '../../../../shared/format.ts';
import type { Settings } from '../../../../shared/model/desk.ts';
import type { Project } from '../../../../shared/model/mapping.ts';

/** What stands in the fields; memory in megabytes. */
export type TypedOptions = Readonly<Record<OptionName, string | number>>;

/** What a run does once everything is loaded and verified. */
export const endings = ['publish', 'hold', 'rehearse'] as const;
export type Ending = (typeof endings)[number];

export const endingWords: Readonly<
  Record<Ending, { readonly label: string; readonly does: string; readonly start: string }>
> = {
  publish: {
    label: 'Run and publish',
    does: 'All tables take their places in the target, in one act.',
    start: 'Start migration',
  },
  hold: {
    label: 'Hold before publishing',
    does: 'Loads and verifies beside your own tables, then waits until you publish it or roll it back.',
    start: 'Start, and hold',
  },
  rehearse: {
    label: 'Rehearse',
    does: 'Does all but publish, then takes everything back and makes sure that the target is as it was.',
    start: 'Start rehearsal',
  },
};

export function withEnding(options: RunOptions, ending: Ending): RunOptions {
  switch (ending) {
    case 'publish':
      return options;
    case 'hold':
      return { ...options, hold: true };
    case 'rehearse':
      return { ...options, rehearse: true };
  }
}

export interface ReadOptions {
  readonly options: RunOptions;
  /** Why a field can't be taken, by field. */
  readonly faults: Readonly<Partial<Record<OptionName, string>>>;
}

const MEGABYTE = 1_000_000;

export const limits = {
  workers: { label: 'Workers', min: 1, max: 64 },
  batchSize: { label: 'Batch size', min: 1, max: 100_000 },
  memoryLimit: { label: 'Memory limit, MB', min: 1, max: 1_000_000 },
} as const;

export const optionNames = ['workers', 'batchSize', 'memoryLimit'] as const satisfies readonly (keyof RunOptions)[];
type OptionName = (typeof optionNames)[number];

/** What the project says goes before the settings of this machine. */
export function typedFrom(settings: Settings | null, run: Project['run'] = {}): TypedOptions {
  return {
    workers: run.workers ?? settings?.workers ?? '',
    batchSize: run.batchSize ?? settings?.batchSize ?? '',
    memoryLimit: megabytes(settings?.memoryLimit ?? undefined) ?? '',
  };
}

export function readOptions(typed: TypedOptions): ReadOptions {
  const options: RunOptions = {};
  const faults: Partial<Record<OptionName, string>> = {};
  for (const name of optionNames) {
    if (typed[name] === '') continue;
    const { min, max } = limits[name];
    const value = Number(typed[name]);
    if (Number.isInteger(value) && value >= min && value <= max)
      options[name] = name === 'memoryLimit' ? value * MEGABYTE : value;
    else faults[name] = `A whole number from ${count(min)} to ${count(max)}, or nothing.`;
  }
  return { options, faults };
}

export function megabytes(bytes: number | undefined): number | null {
  return bytes === undefined ? null : Math.round(bytes / MEGABYTE);
}
