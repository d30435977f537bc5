// Quarantine: rows that did not move, each with what was read and why it was refused.

import { z } from 'zod';
import { pageOf, pageQuery } from './page.ts';

export const refusedRow = z.object({
  /** Key of the source; empty where the table has none. */
  key: z.record(z.string(), z.string().nullable()),
  /** Source column whose value was refused. */
  column: z.string(),
  /** Name of the step that refused it; null: a rule, or the target's type. */
  step: z.string().nullable(),
  /** The rule that it breaks, in words. */
  rule: z.string().nullable().default(null),
  /** A sentence without any value. */
  reason: z.string(),
  /** Every column that was read, as text. */
  values: z.record(z.string(), z.string().nullable()),
});
export type RefusedRow = z.infer<typeof refusedRow>;

/** A row in the quarantine of a run. */
export const quarantinedRow = refusedRow.extend({
  /** Table of the target that it was meant for. */
  table: z.string(),
  /** What it was read from, by the project's name; null in a quarantine from before several could feed a table. */
  source: z.string().nullable().default(null),
  chunk: z.number(),
  /** The run that took it in after all; null while it is kept aside. */
  resolvedBy: z.string().nullable().default(null),
});
export type QuarantinedRow = z.infer<typeof quarantinedRow>;

export const quarantineQuery = pageQuery(['table', 'source', 'key', 'column', 'step', 'reason']).extend({
  /** null: of all tables. */
  table: z.string().nullable(),
});
export type QuarantineQuery = z.infer<typeof quarantineQuery>;

/** A page of the quarantine of a run, and all its tables with their rows. */
export const quarantinePage = pageOf(quarantinedRow).extend({
  tables: z.array(z.object({ table: z.string(), rows: z.number(), resolved: z.number() })),
});
export type QuarantinePage = z.infer<typeof quarantinePage>;

/** What a run does with rows that it can't move, and with a table that can't be moved as a whole. */
export const errorPolicy = z.strictObject({
  onError: z
    .enum(['stop', 'quarantine', 'skip'])
    .describe(
      'stop: the first such row ends the run, which is rolled back. quarantine: it is kept aside with its reason. skip: its table is left out, with what hangs on it, and the others are published; with "rows" or "percent" rows are kept aside up to there.',
    ),
  rows: z
    .int()
    .min(0)
    .optional()
    .describe('More rows of a table than these in quarantine end the run, or leave the table out.'),
  percent: z
    .number()
    .min(0)
    .max(100)
    .optional()
    .describe('As rows, as a share of the rows that were read; 10 when neither is given.'),
});
export type ErrorPolicy = z.infer<typeof errorPolicy>;
