// Plan: everything a run will do, decided before it does anything.

import { z } from 'zod';
import { columnDefault, foreignKey, index, key } from './catalog.ts';
import { server } from './connection.ts';
import { finding } from './finding.ts';
import { logicalType } from './logical-type.ts';
import { onConflict, tableMode, unrepresentable } from './mapping.ts';
import { errorPolicy } from './quarantine.ts';
import { plannedRule, plannedSqlRule } from './rule.ts';
import { transform } from './transform.ts';

/** A column as it will stand in the target. */
export const targetColumn = z.object({
  name: z.string(),
  native: z.string(),
  logical: logicalType,
  nullable: z.boolean(),
  /** Already in the target's words where it is an expression. */
  default: columnDefault.nullable(),
  /** The target hands out numbers; `next` is what the source would have given next, kept when it lies higher. */
  identity: z
    .object({
      next: z.string().nullable(),
      /** Nobody may give a number by hand, where the target knows that. */
      always: z.boolean().optional(),
      step: z.string().optional(),
    })
    .nullable(),
  /** Expression in the target's words; such a column is computed there and never loaded. */
  generated: z.object({ expression: z.string(), stored: z.boolean() }).nullable(),
  touchedOnUpdate: z.boolean(),
  /** Compare bytes, tell case and trailing blanks apart: keys whose source did. */
  binaryCollation: z.boolean(),
  /** The source's own collation, where the target has it; goes before `binaryCollation`. */
  collation: z.string().nullable().optional(),
  comment: z.string().nullable(),
});
export type TargetColumn = z.infer<typeof targetColumn>;

/** A table as it will stand in the target; names are final names, expressions the target's SQL. */
export const targetTable = z.object({
  name: z.string(),
  columns: z.array(targetColumn),
  primaryKey: key.nullable(),
  uniques: z.array(key),
  indexes: z.array(index),
  foreignKeys: z.array(foreignKey),
  checks: z.array(z.object({ name: z.string(), expression: z.string() })),
  comment: z.string().nullable(),
});
export type TargetTable = z.infer<typeof targetTable>;

/** What the values of a column go through, and the type that they have then. */
export const shape = z.object({ steps: z.array(transform), gives: logicalType });
export type Shape = z.infer<typeof shape>;

/** A column as it is read from the source. */
export const readColumn = z.object({ name: z.string(), native: z.string(), logical: logicalType });
export type ReadColumn = z.infer<typeof readColumn>;

/** One column's way from source to target. */
export const lane = z.object({
  source: z.string(),
  sourceNative: z.string(),
  /** What the values are read as. */
  sourceLogical: logicalType,
  /** Absent: values go as they are read. */
  shape: shape.optional(),
  target: z.string(),
  targetLogical: logicalType,
  unrepresentable,
});
export type Lane = z.infer<typeof lane>;

/** Two columns of a target table, of which one is found by the other. */
export const lookupPlan = z.object({
  table: z.string(),
  /** It is loaded by this run, before the tables that look into it; otherwise it stands there. */
  moves: z.boolean(),
  /** Rows stand there already, and stay: loaded ones go before them. */
  stands: z.boolean().default(false),
  match: readColumn,
  take: readColumn,
});
export type LookupPlan = z.infer<typeof lookupPlan>;

/**
 * Which rows of a table one chunk reads.
 * `range` tiles an integer key: above `after`, up to and including `upto`; null is unbounded.
 */
export const chunkRange = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('all') }),
  z.object({
    kind: z.literal('range'),
    column: z.string(),
    after: z.string().nullable(),
    upto: z.string().nullable(),
  }),
]);
export type ChunkRange = z.infer<typeof chunkRange>;

export const statement = z.object({
  sql: z.string(),
  /** What it is for, in words: "create table orders". */
  purpose: z.string(),
  /** A question that must find no row; when it finds one, the step fails with this sentence. */
  refuses: z.string().optional(),
});
export type Statement = z.infer<typeof statement>;

/** A foreign key, seen from one of its ends: `table` is the other one, `key` its name. */
const reference = z.object({
  key: z.string().default(''),
  table: z.string(),
  columns: z.array(z.string()),
  references: z.array(z.string()),
});

/** How the rows go into the table that stands there, where they do not come with a table of their own. */
export const merge = z.object({
  /** What becomes of a row whose key stands there already. */
  onConflict,
  /** The table is refilled in place of being replaced: rows whose key is not among the loaded ones go. */
  refills: z.boolean().default(false),
  /** Something fires for its rows, or for those of another table of the run: every row is written and looked at. */
  watched: z.boolean().default(false),
  /** A digest of how the table stood there when the plan was made. */
  shape: z.string().default(''),
  /** Columns of the table there that tell one of its rows from another. */
  key: z.array(z.string()),
  /** The table there hands out the key's numbers: it is not among the columns that are loaded. */
  keyHandedOut: z.boolean(),
  /** Every column of the table there. */
  all: z.array(z.string()),
  /** Those of them that it computes. */
  computed: z.array(z.string()),
  /** Those of them in which it hands out numbers. */
  identities: z.array(z.string()),
  /** Rows whose key stands there already, as far as that was counted beforehand. */
  conflicts: z.number().nullable(),
  /** Tables of the target that it refers to. */
  parents: z.array(z.string()),
  /** Foreign keys of the target's tables that refer to it. */
  referrers: z.array(reference),
  /** Its own foreign keys. */
  keys: z.array(reference).default([]),
  /** Of its own those that lead back to it: to other rows of the table, or to a table that refers to it in turn. */
  cycles: z.array(reference),
});
export type Merge = z.infer<typeof merge>;

/** How the rows of one source get into a table of the target. */
export const feed = z.object({
  source: z.string(),
  /** A SELECT that is read in place of the table. */
  query: z.string().optional(),
  /** Tables of the source that are read for it; empty where a SELECT or a view may read any. */
  reads: z.array(z.string()).default([]),
  filter: z.string().nullable(),
  /** What becomes of rows that can't be moved. */
  errors: errorPolicy.default({ onError: 'stop' }),
  /** Columns that are read and loaded, in the target's order. Generated target columns are not among them. */
  lanes: z.array(lane),
  /** Columns that are read for the steps of others alone. */
  besides: z.array(readColumn).default([]),
  /** Rows sent at once where the run does not say; null lets the writer choose by bytes. */
  batchSize: z.number().nullable().default(null),
  /** What its steps look into. */
  lookups: z.array(lookupPlan).default([]),
  /** What must hold of each row. */
  rules: z.array(plannedRule).default([]),
  /** Columns that both sides compute: not loaded, but compared by value afterwards. */
  computed: z.array(lane),
  /** Source key columns that identify a row; empty where the table has no key. */
  key: z.array(z.string()),
  chunks: z.array(chunkRange),
  /** ≈ rows and bytes, from the source's statistics. */
  estimate: z.object({ rows: z.number(), bytes: z.number().nullable() }),
});
export type Feed = z.infer<typeof feed>;

/** A table of the target, and the first source that feeds it: the one whose structure it has. */
export const tablePlan = feed.extend({
  /** Further sources that feed it; their lanes lead to the same columns in the same order. */
  feeds: z.array(feed).default([]),
  target: targetTable,
  mode: tableMode,
  /** The table of this name that stands in the target now, and what it holds. */
  existing: z.object({ rows: z.number(), empty: z.boolean() }).nullable(),
  /** Replaced tables of the run to which the one that stands there refers: they can't be exchanged while it stays. */
  standsOn: z.array(z.string()).default([]),
  /** Absent where the table itself is published. */
  merge: merge.nullable().default(null),
  ddl: z.object({
    create: z.array(statement),
    index: z.array(statement),
    relate: z.array(statement),
  }),
});
export type TablePlan = z.infer<typeof tablePlan>;

export const plan = z.object({
  project: z.string(),
  source: server,
  target: server,
  sourceFingerprint: z.string(),
  targetFingerprint: z.string(),
  /** How the new tables take the place of the old, in the target's terms. */
  publish: z.string().default(''),
  /** Groups in order of dependency; tables of one group refer to each other in a cycle. */
  order: z.array(z.array(z.string())),
  tables: z.array(tablePlan),
  /** Business rules: those on the source are answered already. */
  rules: z.array(plannedSqlRule).default([]),
  findings: z.array(finding),
});
export type Plan = z.infer<typeof plan>;
