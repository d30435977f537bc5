// Numbers that look random and are the same on every machine.

/** The next of a fixed series of 32-bit unsigned integers. */
export type Random = () => number;

/** mulberry32: small, fast, and good enough for test data. */
export function random(seed: number): Random {
  let state = seed * 0x9e37_79b9;
  return () => {
    state = (state + 0x6d2b_79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), state | 1);
    value ^= value + Math.imul(value ^ (value >>> 7), value | 61);
    return (value ^ (value >>> 14)) >>> 0;
  };
}

/** Both ends included. */
export function between(next: Random, least: number, most: number): number {
  return least + (next() % (most - least + 1));
}

export function oneOf<T>(next: Random, choices: readonly T[]): T {
  return choices[next() % choices.length]!;
}

const FIRST_SECOND = Date.UTC(2018, 0, 1) / 1_000;
const SECONDS = 7 * 365 * 86_400;

/** A wall-clock reading of the years 2018 to 2024: `2021-03-04 05:06:07`. */
export function moment(next: Random): string {
  const text = new Date((FIRST_SECOND + (next() % SECONDS)) * 1_000).toISOString();
  return `${text.slice(0, 10)} ${text.slice(11, 19)}`;
}
