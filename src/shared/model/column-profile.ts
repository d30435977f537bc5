// Column profile: what the values of one column look like, for people: shares, extremes, top values, patterns, marks.

import { z } from 'zod';
import { logicalType } from './logical-type.ts';
import { transform } from './transform.ts';

/** What of the table was read: all of its rows, or of a large table a sample. */
export const profileScope = z.object({
  rows: z.number().int().describe('Rows that were looked at.'),
  sampled: z.boolean(),
  /** Rows of the table: counted where all were read, else the server's estimate. */
  of: z.number(),
  /** How the sample was taken, in words; null where all rows were read. */
  method: z.string().nullable(),
});
export type ProfileScope = z.infer<typeof profileScope>;

/** Values as text, cut at 200 characters; bytes as hexadecimal digits behind 0x. */
const topValue = z.object({ value: z.string(), cut: z.boolean(), rows: z.number().int() });

const bucket = z.object({
  /** Inclusive, and exclusive: exact decimal text, or YYYY-MM-DD[ HH:MM[:SS]]. */
  from: z.string(),
  to: z.string(),
  rows: z.number().int(),
});
export type Bucket = z.infer<typeof bucket>;

export const profileFindingKind = z.enum([
  'only NULLs',
  'one value',
  'zero dates',
  'not finite',
  'U+0000',
  'too long',
  'empty',
  'padded',
  'stored otherwise',
  'mixed dates',
]);

const profileFinding = z.object({
  kind: profileFindingKind,
  /** How many rows, of those that were looked at; null where a count has no meaning. */
  rows: z.number().int().nullable(),
  /** One sentence, with the count in it. */
  message: z.string(),
});
export type ProfileFinding = z.infer<typeof profileFinding>;

export const personalKind = z.enum([
  'e-mail address',
  'telephone number',
  'name',
  'postal address',
  'date of birth',
  'national identifier',
  'payment card',
  'bank account',
  'IP address',
  'secret',
]);
export type PersonalKind = z.infer<typeof personalKind>;

/** A column that seems to hold data about persons, and why it seems so. */
export const personalMark = z.object({
  column: z.string(),
  kind: personalKind,
  by: z.enum(['name', 'value']),
  /** "by name", "by value: 98 % look like e-mail addresses". */
  reason: z.string(),
});
export type PersonalMark = z.infer<typeof personalMark>;

/** Steps for the column's mapping that hide what a mark speaks of. */
export const maskingSuggestion = z.object({
  title: z.string(),
  steps: z.array(transform).min(1),
  /** What it costs or needs, one sentence; null where that is nothing. */
  note: z.string().nullable(),
});
export type MaskingSuggestion = z.infer<typeof maskingSuggestion>;

export const profilePart = z.enum(['distinct values', 'histogram', 'patterns']);
export type ProfilePart = z.infer<typeof profilePart>;

/** All counts are of the rows that `scope` says were looked at. */
export const columnProfile = z.object({
  column: z.string(),
  native: z.string(),
  logical: logicalType,
  scope: profileScope,
  nulls: z.number().int(),
  /** As bytes, not by collation. In a sample an estimate (≈) of the whole table; null where time ran out. */
  distinct: z.object({ values: z.number(), exact: z.boolean() }).nullable(),
  /** No two rows that were looked at hold the same value; null where that is not known. */
  unique: z.boolean().nullable(),
  /** The database's own order; null where the type has none. */
  min: z.string().nullable(),
  max: z.string().nullable(),
  lengths: z
    .object({ shortest: z.number().int(), longest: z.number().int(), unit: z.enum(['character', 'byte']) })
    .nullable(),
  /** How the values are stored, where the column's type does not bind them (SQLite); empty elsewhere. */
  stored: z.array(z.object({ as: z.enum(['integer', 'real', 'text', 'blob']), rows: z.number().int() })),
  top: z.array(topValue),
  patterns: z
    .object({
      /** Values that were looked at; the counts below are of these. */
      values: z.number().int(),
      found: z.array(z.object({ pattern: z.string(), values: z.number().int() })),
      /** Values of other patterns. */
      others: z.number().int(),
    })
    .nullable(),
  histogram: z
    .object({
      of: z.enum(['numbers', 'times']),
      buckets: z.array(bucket),
      /** Values that have no place in it: infinities, zero dates, years beyond 9999. */
      outside: z.number().int(),
    })
    .nullable(),
  findings: z.array(profileFinding),
  personal: z.array(personalMark),
  suggestions: z.array(maskingSuggestion),
  /** What was not found in time. */
  late: z.array(profilePart),
});
export type ColumnProfile = z.infer<typeof columnProfile>;
