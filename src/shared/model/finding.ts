// Findings: what a plan wants a person to know, each with its place and its remedies.

import { z } from 'zod';

export const severity = z.enum(['blocker', 'warning', 'note']);
export type Severity = z.infer<typeof severity>;

/** Where in a database or project something stands. Absent parts mean "the whole". */
export const place = z.object({
  side: z.enum(['source', 'target', 'project']),
  table: z.string().optional(),
  column: z.string().optional(),
  /** Index, constraint, trigger, view … */
  object: z.string().optional(),
});
export type Place = z.infer<typeof place>;

export const finding = z.object({
  /** Stable, dotted, e.g. `value.zero-date`; what filters and tests name. */
  code: z.string(),
  severity,
  place,
  /** One sentence: what is so, with figures. */
  message: z.string(),
  /** What a person can do, most useful first; each one sentence. */
  remedies: z.array(z.string()),
  /** Rows concerned, where counted. */
  rows: z.string().optional(),
});
export type Finding = z.infer<typeof finding>;
