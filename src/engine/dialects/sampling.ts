// What all dialects hold to when they give the first rows of a table for people to look at.

import { DroverError } from '../../shared/errors.ts';

export const SAMPLE_CHARACTERS = 200;

/** A filter that few rows meet would have a large table read to its end. */
export const SAMPLE_SECONDS = 5;

/** With `seconds` it is a profile that takes too long, else a sample. */
export function tooSlow(table: string, seconds?: number): DroverError {
  if (seconds !== undefined) {
    return new DroverError('inspect.too-slow', `Profiling ${table} took longer than ${seconds} seconds.`, {
      hint: 'Look at fewer rows of it.',
      where: { table },
    });
  }
  return new DroverError('inspect.too-slow', `No rows of ${table} came within ${SAMPLE_SECONDS} seconds.`, {
    hint: 'Choose a filter that an index of the source can answer, or look at the table without a filter.',
    where: { table },
  });
}
