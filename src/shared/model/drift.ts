// Drift: what is otherwise in the two databases than when a project was mapped, and what it means for the mapping.

import { z } from 'zod';
import { severity } from './finding.ts';
import { seenTable } from './seen.ts';

const side = z.enum(['source', 'target']);

export const differenceKind = z.enum(['gone', 'new', 'retyped', 'nullability', 'key']);

/** Of a table where `column` is null. */
export const difference = z.object({
  kind: differenceKind,
  /** blocker: the project can't be planned. warning: a run does something else than before. */
  severity,
  side,
  table: z.string(),
  column: z.string().nullable(),
  was: z.string().nullable(),
  now: z.string().nullable(),
  /** What it means, in a sentence. */
  message: z.string(),
  /** Where the mapping leads it, with the type there; null where nothing leads on from it. */
  mapped: z.object({ target: z.string(), type: z.string().nullable() }).nullable(),
  /** New names under which it may live on, likeliest first. */
  candidates: z.array(z.string()),
});
export type Difference = z.infer<typeof difference>;

export const drift = z.object({
  /** False for projects that never wrote down what they were mapped against: only what is gone or new is told. */
  known: z.boolean(),
  differences: z.array(difference),
  /** The source differs in something that the project does not keep: indexes, foreign keys, defaults, checks. */
  elsewhere: z.boolean(),
  /** The tables that differ, as they are now; null where one is gone. */
  tables: z.array(z.object({ side, name: z.string(), now: seenTable.nullable() })),
  fingerprints: z.object({ source: z.string(), target: z.string() }),
});
export type Drift = z.infer<typeof drift>;
