// The options of a run, from the settings and as typed. What is empty is left to the engine.

import { type RunOptions, runOptions } from '../../../../shared/contract.ts';
import type { Settings } from '../../../../shared/model/desk.ts';

const MEGABYTE = 1_000_000;

export function optionsFrom(settings: Settings | null): RunOptions {
  if (!settings) return {};
  const { workers, batchSize, memoryLimit } = settings;
  return {
    ...(workers === null ? {} : { workers }),
    ...(batchSize === null ? {} : { batchSize }),
    ...(memoryLimit === null ? {} : { memoryLimit }),
  };
}

/** Memory is typed in megabytes. What is no possible value takes the option away. */
export function withOption(options: RunOptions, name: keyof RunOptions, typed: string | number): RunOptions {
  const { [name]: _, ...others } = options;
  const value = typed === '' ? Number.NaN : Number(typed) * (name === 'memoryLimit' ? MEGABYTE : 1);
  return runOptions.shape[name].safeParse(value).success ? { ...others, [name]: value } : others;
}

export function megabytes(bytes: number | undefined): number | null {
  return bytes === undefined ? null : Math.round(bytes / MEGABYTE);
}
