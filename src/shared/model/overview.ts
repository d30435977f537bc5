// Overview: a catalogue as lists and graphs need it. What one table holds in detail is asked for when it is looked at.

import { z } from 'zod';
import { namedObject } from './catalog.ts';
import { server } from './connection.ts';

export const tableSummary = z.object({
  name: z.string(),
  kind: z.enum(['table', 'partitioned']),
  /** ≈; see catalog's rowEstimate. */
  rows: z.number(),
  bytes: z.number().nullable(),
  columns: z.number().int(),
  primaryKey: z.array(z.string()),
  uniques: z.number().int(),
  indexes: z.number().int(),
  checks: z.number().int(),
  /** The tables this one refers to; `schema` is null within the same schema. */
  references: z.array(z.object({ name: z.string(), schema: z.string().nullable(), table: z.string() })),
  /** What hangs on it: views, triggers … */
  dependants: z.number().int(),
  comment: z.string().nullable(),
});
export type TableSummary = z.infer<typeof tableSummary>;

export const overview = z.object({
  server,
  database: z.string(),
  schema: z.string().nullable(),
  fingerprint: z.string(),
  tables: z.array(tableSummary),
  objects: z.array(namedObject),
});
export type Overview = z.infer<typeof overview>;

/** A few rows as text, for people. Values are cut at 200 characters. */
export const sampleRows = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string().nullable())),
});
export type SampleRows = z.infer<typeof sampleRows>;
