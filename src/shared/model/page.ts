// Pages: long lists, of which a screen asks for what it shows.

import { z } from 'zod';

const MOST = 1000;

/** What a page is asked by; `keys` are the columns that it can be sorted by, without any it comes as it was written. */
export function pageQuery<const K extends readonly [string, ...string[]]>(keys: K) {
  return z.object({
    sort: z.array(z.object({ by: z.enum(keys), descending: z.boolean() })).default([]),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(MOST),
  });
}

/** `total` counts the rows that fit the question, on all pages. */
export function pageOf<T extends z.ZodType>(row: T) {
  return z.object({ total: z.number(), rows: z.array(row) });
}

export interface Page<R> {
  readonly total: number;
  readonly rows: R[];
}
