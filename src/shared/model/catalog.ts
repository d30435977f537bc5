// Catalog: what inspect found in one database (one schema of it, for PostgreSQL).

import { z } from 'zod';
import { server } from './connection.ts';
import { logicalType } from './logical-type.ts';

/**
 * A default in a form that other databases can understand.
 * `literal` holds the value as text, without quotes; `expression` the source's own SQL.
 */
export const columnDefault = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('literal'), value: z.string() }),
  z.object({ kind: z.literal('now') }),
  z.object({ kind: z.literal('today') }),
  z.object({ kind: z.literal('uuid') }),
  z.object({ kind: z.literal('expression'), sql: z.string() }),
]);
export type ColumnDefault = z.infer<typeof columnDefault>;

export const column = z.object({
  name: z.string(),
  /** The database's own words for the type, e.g. `bigint(20) unsigned`, `numeric(10,2)`. */
  native: z.string(),
  logical: logicalType,
  nullable: z.boolean(),
  default: columnDefault.nullable(),
  /** The database hands out the numbers; `next` is the value it would give now, as decimal text, where known. */
  identity: z
    .object({
      always: z.boolean(),
      next: z.string().nullable(),
      /** From one number to the next, where that is not 1. */
      step: z.string().optional(),
    })
    .nullable(),
  generated: z.object({ expression: z.string(), stored: z.boolean() }).nullable(),
  /** MySQL's ON UPDATE CURRENT_TIMESTAMP. */
  touchedOnUpdate: z.boolean(),
  collation: z.string().nullable(),
  /** Whether the collation tells `a` from `A`; null where the question has no meaning. */
  caseSensitive: z.boolean().nullable(),
  comment: z.string().nullable(),
});
export type Column = z.infer<typeof column>;

/** One part of an index: a column, or an expression in the source's own SQL. */
export const indexPart = z.object({
  column: z.string().nullable(),
  expression: z.string().nullable(),
  /** MySQL prefix index: only the first n characters. */
  prefix: z.number().int().nullable(),
  descending: z.boolean(),
  /** PostgreSQL's operator class where it is not the default, e.g. `gin_trgm_ops`; other families ignore it. */
  operatorClass: z.string().optional(),
  /** Where NULLs stand, if not where the direction puts them (PostgreSQL). */
  nulls: z.enum(['first', 'last']).optional(),
  /** A collation other than its column's (PostgreSQL). */
  collation: z.string().optional(),
});
export type IndexPart = z.infer<typeof indexPart>;

/** Primary key or UNIQUE constraint: columns in key order. */
export const key = z.object({ name: z.string(), columns: z.array(z.string()) });
export type Key = z.infer<typeof key>;

export const index = z.object({
  name: z.string(),
  unique: z.boolean(),
  parts: z.array(indexPart),
  /** btree, hash, gin, gist, brin, fulltext, spatial … lower case. */
  method: z.string(),
  /** Partial index: its condition in the source's own SQL. */
  where: z.string().nullable(),
  /** Columns that the index only carries along (INCLUDE). */
  include: z.array(z.string()),
  nullsNotDistinct: z.boolean(),
});
export type Index = z.infer<typeof index>;

export const referentialAction = z.enum(['no action', 'restrict', 'cascade', 'set null', 'set default']);
export type ReferentialAction = z.infer<typeof referentialAction>;

export const foreignKey = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  references: z.object({
    /** null: the same schema as the table itself. */
    schema: z.string().nullable(),
    table: z.string(),
    columns: z.array(z.string()),
  }),
  onDelete: referentialAction,
  onUpdate: referentialAction,
  deferrable: z.boolean(),
  /** Looked at when a transaction ends unless it says otherwise; only where deferrable. */
  initiallyDeferred: z.boolean().optional(),
  /** False where rows may stand there that do not meet it (PostgreSQL's NOT VALID). */
  validated: z.boolean().optional(),
});
export type ForeignKey = z.infer<typeof foreignKey>;

export const check = z.object({
  name: z.string(),
  expression: z.string(),
  /** False where rows may stand there that do not meet it (PostgreSQL's NOT VALID). */
  validated: z.boolean().optional(),
});
export type Check = z.infer<typeof check>;

/** Something that names a table of the target and finds it by more than its name. */
export const dependant = z.object({
  kind: z.enum([
    'view',
    'materialized view',
    'trigger',
    'foreign key',
    'policy',
    'rule',
    'publication',
    'routine',
    'child table',
    'parent table',
    /** Anything else; its name says what it is. */
    'object',
  ]),
  name: z.string(),
  /** The other table that it belongs to, of foreign keys, rules and policies; `schema` is null for the same one. */
  of: z.object({ schema: z.string().nullable(), table: z.string() }).optional(),
  /** Columns of this table that it uses, as far as the database knows; of a foreign key those that it refers to. */
  columns: z.array(z.string()).optional(),
  /** Why nobody here can make it anew: "it belongs to an extension". Absent where nothing is known to hinder. */
  hindrance: z.string().optional(),
});
export type Dependant = z.infer<typeof dependant>;

export const table = z.object({
  name: z.string(),
  /** A SELECT that stands for the table, in a mapping that reads more or less than a table; absent as inspected. */
  query: z.string().optional(),
  kind: z.enum(['table', 'partitioned']),
  columns: z.array(column),
  primaryKey: key.nullable(),
  uniques: z.array(key),
  /** Secondary indexes; those that carry a primary key or UNIQUE constraint are not repeated. */
  indexes: z.array(index),
  foreignKeys: z.array(foreignKey),
  checks: z.array(check),
  comment: z.string().nullable(),
  /** The server's own estimate (SQLite: an exact count of small files, else from its statistics). */
  rowEstimate: z.number().nonnegative(),
  /** Size on disk with indexes, as the server states it; null where it can't. */
  bytes: z.number().nonnegative().nullable(),
  /** InnoDB, MyISAM …; null where there is but one. */
  engine: z.string().nullable(),
  /** SQLite tables WITHOUT ROWID, and anything else that changes how rows may be read. */
  withoutRowid: z.boolean(),
  /** What else is special about it and no plan carries, in words; `physical` says how it is stored, not what it means. */
  extras: z.array(z.object({ what: z.string(), physical: z.boolean() })).optional(),
  /** What hangs on this table and would stay behind if it were renamed away. */
  dependants: z.array(dependant),
});
export type Table = z.infer<typeof table>;

/** Something that Drover lists and does not carry. */
export const namedObject = z.object({
  kind: z.enum([
    'view',
    'materialized view',
    'trigger',
    'routine',
    'sequence',
    'type',
    'extension',
    'event',
    'foreign table',
    /** Of all tables, whatever their schema; one that lists tables hangs on them. */
    'publication',
  ]),
  name: z.string(),
  /** The table it belongs to, for triggers. */
  table: z.string().nullable(),
});
export type NamedObject = z.infer<typeof namedObject>;

export const catalog = z.object({
  server,
  /** Database name (MySQL, PostgreSQL) or file path (SQLite). */
  database: z.string(),
  /** PostgreSQL schema; null elsewhere. */
  schema: z.string().nullable(),
  tables: z.array(table),
  objects: z.array(namedObject),
  /** SHA-256 over the structure (not the data): equal structures give equal fingerprints. */
  fingerprint: z.string(),
});
export type Catalog = z.infer<typeof catalog>;
