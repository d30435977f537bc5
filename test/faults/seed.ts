// Chance that can be repeated: the same words give the same numbers.

import { createHash } from 'node:crypto';

export interface Random {
  /** From 0 up to, but not including, 1. */
  next(): number;
  /** From 0 up to, but not including, `end`. */
  below(end: number): number;
  pick<T>(choices: readonly T[]): T;
}

export function randomOf(words: string): Random {
  let drawn = 0;
  const next = (): number => createHash('sha256').update(`${words} ${drawn++}`).digest().readUIntBE(0, 6) / 2 ** 48;
  const below = (end: number): number => Math.floor(next() * end);
  return { next, below, pick: (choices) => choices[below(choices.length)]! };
}
