// Rules: what must hold of every row of a target table, and of the databases as a whole.

import { z } from 'zod';

const column = z.string().describe('A column of the target table.');

/** What becomes of a row that breaks a rule. */
export const onBreak = z
  .enum(['stop', 'quarantine', 'warn'])
  .optional()
  .describe(
    'stop: the run ends and is rolled back. quarantine: the row is kept aside. warn: it moves, and is counted. As the table\'s "errors" say when absent.',
  );

const bound = z.string().describe('A number, a date or a time, as text.');

/** Looked at after all steps, in the form that the target will hold. All but `required` let NULL pass. */
export const rule = z.discriminatedUnion('rule', [
  z.strictObject({ rule: z.literal('required').describe('Neither NULL nor blank.'), column, onBreak }),
  z.strictObject({
    rule: z.literal('unique').describe('Of rows with equal values the first one moves, in the order of their key.'),
    columns: z.array(column).min(1),
    onBreak,
  }),
  z.strictObject({
    rule: z.literal('length').describe('In characters.'),
    column,
    min: z.int().min(0).optional(),
    max: z.int().min(0).optional(),
    onBreak,
  }),
  z.strictObject({
    rule: z.literal('format'),
    column,
    is: z.enum(['email', 'url', 'uuid', 'datetime']),
    onBreak,
  }),
  z.strictObject({
    rule: z
      .literal('matches')
      .describe('A pattern that some part of the value must match; ^ and $ bind it to the ends.'),
    column,
    pattern: z.string().min(1).describe('A regular expression in RE2 syntax.'),
    onBreak,
  }),
  z.strictObject({
    rule: z.literal('range').describe('Both ends count.'),
    column,
    min: bound.optional(),
    max: bound.optional(),
    onBreak,
  }),
  z.strictObject({ rule: z.literal('not in the future').describe('In UTC, when the run starts.'), column, onBreak }),
  z.strictObject({ rule: z.literal('one of'), column, values: z.array(z.string()).min(1), onBreak }),
  z.strictObject({
    rule: z.literal('exists').describe('A row of a target table has the value.'),
    column,
    in: z.string().describe('Table of the target: one that this run loads too, or one that stands there.'),
    match: z.string().describe('Its column; no value may be there twice.'),
    onBreak,
  }),
  z.strictObject({
    rule: z.literal('compare'),
    column,
    is: z.enum(['=', '<>', '<', '<=', '>', '>=']),
    to: column,
    onBreak,
  }),
  z.strictObject({
    rule: z.literal('items').describe('A JSON array of objects, each with these fields.'),
    column,
    least: z.int().min(0).optional().describe('So many items at least; 1 when absent.'),
    fields: z
      .array(
        z.strictObject({
          name: z.string(),
          min: bound.optional(),
          above: bound.optional(),
          max: bound.optional(),
        }),
      )
      .describe('A field with a bound is a number within it; each must be there.'),
    onBreak,
  }),
]);
export type Rule = z.infer<typeof rule>;

/** A business rule in SQL: a SELECT of what breaks it, which must give no row. */
export const sqlRule = z.strictObject({
  name: z.string().min(1).describe('What must hold, for the report: "all orders have customers".'),
  on: z
    .enum(['source', 'target'])
    .describe('source: asked before the run, by the plan. target: asked of the new tables before they are published.'),
  query: z.string().min(1).describe('A SELECT of the rows that break it, in the words of that database.'),
  onBreak: z.enum(['stop', 'warn']).optional().describe('stop (default) or warn.'),
});
export type SqlRule = z.infer<typeof sqlRule>;

const outcome = z.enum(['stop', 'quarantine', 'warn']);

/** A rule with what becomes of a row that breaks it, whatever the table says of all its rows. */
export const plannedRule = z.object({ rule, onBreak: outcome });
export type PlannedRule = z.infer<typeof plannedRule>;

/** A rule in SQL with how many rows broke it on the source; null where it waits for the target. */
export const plannedSqlRule = z.object({
  name: z.string(),
  on: z.enum(['source', 'target']),
  query: z.string(),
  onBreak: z.enum(['stop', 'warn']),
  broken: z.number().nullable(),
});
export type PlannedSqlRule = z.infer<typeof plannedSqlRule>;

/** How a rule came out. */
export const ruleResult = z.object({
  /** In words: "email: required". */
  what: z.string(),
  /** Rows that break it. */
  broken: z.number(),
  onBreak: outcome,
});
export type RuleResult = z.infer<typeof ruleResult>;
