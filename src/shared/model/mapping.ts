// Mapping: from which table and column each target table and column comes. This is what a project file holds.

import { z } from 'zod';
import { errorPolicy } from './quarantine.ts';
import { rule, sqlRule } from './rule.ts';
import { seen } from './seen.ts';
import { transform } from './transform.ts';

/** The project format this Drover writes; it reads this version and older ones. */
export const PROJECT_VERSION = 1;

export const namingPolicy = z.enum(['keep', 'lower', 'snake']);
export type NamingPolicy = z.infer<typeof namingPolicy>;

/**
 * create: the target table must not exist, or be empty.
 * replace: an existing table is swapped for the new one and kept as a backup.
 * append: the rows are added to the table that stands there; a key that stands there already refuses all of them.
 * upsert: the same, and `onConflict` says what becomes of a row whose key stands there already.
 */
export const tableMode = z.enum(['create', 'replace', 'append', 'upsert']);
export type TableMode = z.infer<typeof tableMode>;

/** update: the mapped columns of the row that stands there change. skip: it stays as it is. fail: nothing is published. */
export const onConflict = z.enum(['update', 'skip', 'fail']);
export type OnConflict = z.infer<typeof onConflict>;

/**
 * What to do with a value that the target type can't hold (a zero date, NaN, infinity).
 * refuse: the plan blocks, or the run stops and rolls back. null: it becomes NULL and is counted.
 */
export const unrepresentable = z.enum(['refuse', 'null']);

/** Where a column's values come from when they are no column of the source. All of it is computed by the source. */
export const columnOrigin = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('expression'),
    sql: z.string().min(1).describe('In the words of the source, over the columns of the table.'),
  }),
  z.strictObject({
    kind: z.literal('constant'),
    value: z.string().nullable().describe('The same for every row; null is NULL.'),
  }),
  z.strictObject({
    kind: z.literal('sequence').describe('Numbers the rows that move, in the order of their key.'),
    start: z.int().optional().describe('The first number; 1 when absent.'),
  }),
]);
export type ColumnOrigin = z.infer<typeof columnOrigin>;

export const columnMapping = z.strictObject({
  source: z
    .string()
    .describe('Column of the source table; with "from", the name that the computed column shall go by.'),
  from: columnOrigin.optional().describe('Computed by the source; absent, it is a column of the table.'),
  target: z.string().describe('Column of the target table.'),
  type: z.string().describe("The target's own type, e.g. numeric(10,2). Edit it to choose another."),
  skip: z.boolean().optional().describe('Leave this column out.'),
  nullable: z
    .boolean()
    .optional()
    .describe('Whether the target column may be NULL; as in the source when absent. Key columns never are.'),
  steps: z.array(transform).optional().describe('What each value goes through, in this order.'),
  unrepresentable: unrepresentable
    .optional()
    .describe('What to do with values the target type cannot hold: refuse (default) or null (counted in the report).'),
});
export type ColumnMapping = z.infer<typeof columnMapping>;

/** Which rows move in a rehearsal: the first ones in the order of their key, or each so-and-so-many-th. */
export const rowLimit = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('first'), rows: z.int().min(1) }),
  z.strictObject({ kind: z.literal('every'), nth: z.int().min(2) }),
]);
export type RowLimit = z.infer<typeof rowLimit>;

/** Keys that the target table shall have, by its own column names; what is absent is as in the source. */
export const declaredKeys = z.strictObject({
  primary: z.array(z.string()).min(1).optional(),
  unique: z.array(z.array(z.string()).min(1)).optional(),
  references: z
    .array(
      z.strictObject({
        columns: z.array(z.string()).min(1),
        table: z.string().describe('Table of the target.'),
        to: z.array(z.string()).min(1).describe('Its columns.'),
      }),
    )
    .optional(),
  without: z
    .array(z.strictObject({ columns: z.array(z.string()).min(1), table: z.string().describe('Table of the target.') }))
    .optional()
    .describe('Foreign keys of the source that the target shall do without.'),
});
export type DeclaredKeys = z.infer<typeof declaredKeys>;

export const tableMapping = z.strictObject({
  source: z.string().describe('Table or view in the source; with "table" or "query", a name for what they give.'),
  target: z.string().describe('Table in the target.'),
  joins: z
    .boolean()
    .optional()
    .describe(
      'Its rows go into the table that another mapping of the same "target" makes: both feed it. Modes and keys are those of the other.',
    ),
  table: z
    .string()
    .optional()
    .describe('The table or view to read where "source" is another name: one table may feed several.'),
  query: z.string().min(1).optional().describe('A SELECT in the words of the source, read in place of a table.'),
  rowKey: z
    .array(z.string())
    .min(1)
    .optional()
    .describe('Columns that tell rows of a query or view apart; a table has its own key.'),
  limit: rowLimit.optional().describe('For rehearsals: only some of the rows move.'),
  keys: declaredKeys.optional(),
  skip: z.boolean().optional().describe('Leave this table out.'),
  mode: tableMode.optional().describe("Overrides the project's mode for this table."),
  key: z
    .array(z.string())
    .min(1)
    .optional()
    .describe(
      'For upsert: target columns that tell one row from another; the primary key of the table there when absent.',
    ),
  onConflict: onConflict
    .optional()
    .describe("For upsert: what becomes of a row whose key stands there already. Overrides the project's."),
  errors: errorPolicy.optional().describe("Overrides the project's policy for this table."),
  batchSize: z.int().min(1).optional().describe('Rows sent to the target at once, for this table.'),
  rules: z.array(rule).optional().describe('What must hold of each row in the target.'),
  filter: z.string().optional().describe('SQL condition in the words of the source; only rows that meet it move.'),
  columns: z.array(columnMapping).describe('In the order the target table shall have.'),
});
export type TableMapping = z.infer<typeof tableMapping>;

/** The first rule whose every given condition matches decides the type; a type set on a column always wins. */
export const typeRule = z.strictObject({
  native: z
    .string()
    .optional()
    .describe("The source's type, e.g. tinyint(1). Case does not matter; * matches any text."),
  table: z.string().optional().describe('Source table; * matches any text.'),
  column: z.string().optional().describe('Source column; * matches any text.'),
  type: z.string().describe("The target's type."),
});
export type TypeRule = z.infer<typeof typeRule>;

export const runDefaults = z
  .strictObject({
    batchSize: z.number().int().min(1).max(100_000).optional(),
    workers: z.number().int().min(1).max(64).optional(),
  })
  .describe('How a run works where nobody says otherwise.');

const side = z.strictObject({
  url: z.string().describe('Where the database is; never a password.'),
  fingerprint: z.string().describe('Structure of the database when it was mapped, to notice drift.'),
});

export const project = z.strictObject({
  $schema: z.string().optional(),
  drover: z.literal(PROJECT_VERSION).describe('Version of this format.'),
  name: z.string(),
  source: side,
  target: side,
  naming: namingPolicy,
  mode: tableMode
    .optional()
    .describe(
      'For tables that exist in the target: create refuses, replace keeps the old one as a backup, append and upsert add rows to it.',
    ),
  onConflict: onConflict
    .optional()
    .describe('For upsert: what becomes of a row whose key stands there already; update when absent.'),
  errors: errorPolicy.optional().describe('For rows that can not be moved; absent, the first one stops the run.'),
  typeRules: z.array(typeRule).optional(),
  rules: z.array(sqlRule).optional().describe('What must hold of the databases as a whole.'),
  run: runDefaults.optional(),
  tables: z.array(tableMapping),
  seen: seen.optional().describe('What it was mapped against. Drover writes it, to tell what has changed since.'),
});
export type Project = z.infer<typeof project>;
