// Findings: what a plan wants a person to know, each with its place and its remedies.

import { z } from 'zod';
import { tableMode } from './mapping.ts';
import { rule } from './rule.ts';

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

/** What a remedy changes in a project, so that a person can take it with one click. `table` and `column` are the source's. */
export const change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('type'), table: z.string(), column: z.string(), type: z.string() }),
  z.object({ kind: z.literal('null misfits'), table: z.string(), column: z.string() }),
  z.object({ kind: z.literal('allow null'), table: z.string(), column: z.string() }),
  z.object({ kind: z.literal('rename table'), table: z.string(), to: z.string() }),
  z.object({ kind: z.literal('rename column'), table: z.string(), column: z.string(), to: z.string() }),
  z.object({ kind: z.literal('skip table'), table: z.string() }),
  z.object({ kind: z.literal('skip column'), table: z.string(), column: z.string() }),
  /** Only rows that meet it move, as the source understands it; beside the filter that is there. */
  z.object({ kind: z.literal('filter'), table: z.string(), condition: z.string() }),
  /** Rows that do not fit go into quarantine, up to so many of a hundred. */
  z.object({ kind: z.literal('keep aside'), table: z.string(), percent: z.number() }),
  z.object({ kind: z.literal('add rule'), table: z.string(), rule }),
  /** A foreign key, by its columns in the target and the table there that it leads to. */
  z.object({
    kind: z.literal('leave out key'),
    table: z.string(),
    columns: z.array(z.string()),
    to: z.string(),
  }),
  z.object({ kind: z.literal('mode'), table: z.string(), mode: tableMode }),
  z.object({ kind: z.literal('join'), table: z.string() }),
  z.object({ kind: z.literal('number from'), table: z.string(), column: z.string(), start: z.int() }),
]);
export type Change = z.infer<typeof change>;

export const remedy = z.object({
  /** One sentence. */
  text: z.string(),
  /** Absent where a person has to act outside the project. */
  change: change.optional(),
});
export type Remedy = z.infer<typeof remedy>;

export const finding = z.object({
  /** Stable, dotted, e.g. `value.zero-date`; what filters and tests name. */
  code: z.string(),
  severity,
  place,
  /** One sentence: what is so, with figures. */
  message: z.string(),
  /** What a person can do, most useful first. */
  remedies: z.array(remedy),
  /** Rows concerned, where counted. */
  rows: z.string().optional(),
});
export type Finding = z.infer<typeof finding>;
