// Preview: what a mapping makes of a few real rows, before → after.

import { z } from 'zod';

/**
 * same: the text is the same on both sides. changed: written otherwise in the target's type.
 * nulled: does not fit and becomes NULL, as decided. refused: does not fit; the run would stop here.
 */
export const previewState = z.enum(['same', 'changed', 'nulled', 'refused']);

export const previewCell = z.object({
  before: z.string().nullable(),
  after: z.string().nullable(),
  state: previewState,
});
export type PreviewCell = z.infer<typeof previewCell>;

export const preview = z.object({
  columns: z.array(
    z.object({
      source: z.string(),
      target: z.string(),
      sourceType: z.string(),
      targetType: z.string(),
      /** Rows of this sample in each state. */
      changed: z.number(),
      nulled: z.number(),
      refused: z.number(),
      /** Why a value is refused, in a sentence; null where none is. */
      reason: z.string().nullable(),
    }),
  ),
  rows: z.array(z.array(previewCell)),
  /** For each row the rules that it breaks, in words; only where no value of it is refused. */
  broken: z.array(z.array(z.string())).default([]),
});
export type Preview = z.infer<typeof preview>;

/** What one column's steps make of each sample row, one step after the other. */
export const trace = z.object({
  rows: z.array(
    z.object({
      /** As it is read, and after each step; ends before the step that refuses it. */
      values: z.array(z.string().nullable()),
      refused: z.object({ step: z.number(), reason: z.string() }).nullable(),
    }),
  ),
});
export type Trace = z.infer<typeof trace>;
