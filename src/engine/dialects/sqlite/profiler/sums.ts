// Sums of the integers of a column: the quick way, and those that hold for whatever it holds.

import type { Scanned } from './kind-answers.ts';

export type Read = (values: readonly Scanned[]) => string | null;
/** Expressions of a scan, and what they say together. */
export interface Aggregate {
  readonly sql: readonly string[];
  readonly read: Read;
}

export const first: Read = ([value]) => (value === null || value === undefined ? null : String(value));

/** How the integers of a column are summed. */
export type SumOf = (c: string) => Aggregate;

/** SQLite gives an integer only where all values are integers: to look at each takes twice as long. */
export const sumOfAll: SumOf = (c) => ({
  sql: [`sum(${c})`],
  read: ([sum]) => {
    if (typeof sum === 'number') throw new NoInteger();
    return first([sum ?? null]);
  },
});

class NoInteger extends Error {}

/** It takes another way: a value is no integer, or 64 bits are too few. */
export function isNotSummedSo(error: unknown): boolean {
  return error instanceof NoInteger || (error instanceof Error && error.message === 'integer overflow');
}

export const integersOf = (c: string): string => `iif(typeof(${c}) = 'integer', ${c}, NULL)`;

export const sumOfIntegers: SumOf = (c) => ({ sql: [`sum(${integersOf(c)})`], read: first });

/** sum() fails beyond 64 bits: the halves are summed apart. */
export const sumOfHalves: SumOf = (c) => ({
  sql: [`sum(${integersOf(c)} >> 32)`, `sum(${integersOf(c)} & 4294967295)`],
  read: ([high, low]) =>
    high === null || low === null ? null : String(BigInt(high as bigint) * 4_294_967_296n + BigInt(low as bigint)),
});
