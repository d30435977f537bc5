// Report: the verdict of a run or a verification, and the evidence for it.

import { z } from 'zod';
import { server } from './connection.ts';
import { droverErrorSchema } from './error.ts';
import { finding } from './finding.ts';
import { question } from './profile.ts';
import { plannedSqlRule, ruleResult } from './rule.ts';

/** partial: what was published is verified, and tables were left out. */
export const verdict = z.enum(['verified', 'partial', 'different', 'failed']);
export type Verdict = z.infer<typeof verdict>;

/** One cell, or one whole row, that is not the same on both sides. Values are canonical text, cut at 200 characters. */
export const difference = z.object({
  table: z.string(),
  kind: z.enum(['missing', 'extra', 'changed']),
  /** Key columns and their values; for tables without a key, the row's digest. */
  key: z.record(z.string(), z.string()),
  column: z.string().nullable(),
  source: z.string().nullable(),
  target: z.string().nullable(),
});
export type Difference = z.infer<typeof difference>;

/** An aggregate that each database computed by itself, compared. */
export const witness = z.object({
  column: z.string(),
  question,
  source: z.string().nullable(),
  target: z.string().nullable(),
  equal: z.boolean(),
});
export type Witness = z.infer<typeof witness>;

/** One point of structure, compared between plan and target. */
export const structureCheck = z.object({
  what: z.string(),
  expected: z.string(),
  actual: z.string(),
  equal: z.boolean(),
});
export type StructureCheck = z.infer<typeof structureCheck>;

/** What became of the rows that went into a table of the target, as the target counted them itself. */
export const merged = z.object({
  before: z.number(),
  added: z.number(),
  updated: z.number(),
  /** Their key stood there already: left as it was by choice, or because it held the same. */
  skipped: z.number(),
  /** Of a table that was refilled: the source does not have them. */
  removed: z.number().default(0),
  after: z.number(),
});
export type Merged = z.infer<typeof merged>;

/** What one of several sources brought into a table. */
export const fedBy = z.object({
  source: z.string(),
  rows: z.number(),
  /** Rows that were kept aside; `rows` does not count them. */
  quarantined: z.number(),
});
export type FedBy = z.infer<typeof fedBy>;

export const tableReport = z.object({
  /** The first one, where several feed the table. */
  source: z.string(),
  target: z.string(),
  sourceRows: z.number(),
  targetRows: z.number(),
  /** Sum of 128-bit row digests modulo 2^128, hex. */
  sourceDigest: z.string(),
  targetDigest: z.string(),
  equal: z.boolean(),
  /** Rows of the source that were kept aside; `sourceRows` does not count them. */
  quarantined: z.number().default(0),
  /** Every source of a table that several feed, in the project's order; empty where there is only the one. */
  feeds: z.array(fedBy).default([]),
  /** Each rule of the table, those that every row met among them. */
  rules: z.array(ruleResult).default([]),
  /** Absent where the table itself was published. */
  merged: merged.optional(),
  witnesses: z.array(witness),
  structure: z.array(structureCheck),
  differences: z.array(difference),
  /** True when there were more differences than are listed. */
  differencesCut: z.boolean(),
  /** Values stored otherwise than they were read (`changed`), or only compared in another spelling; with their rows. */
  changes: z.array(z.object({ what: z.string(), rows: z.number(), changed: z.boolean() })),
  bytes: z.number(),
  seconds: z.object({ load: z.number(), index: z.number(), verify: z.number() }),
});
export type TableReport = z.infer<typeof tableReport>;

/** A table that was not published, though it was planned: what stood there before stands there still. */
export const leftTable = z.object({
  source: z.string(),
  target: z.string(),
  /** What failed, here or in the table on which it hangs. */
  reason: droverErrorSchema,
  /** The table of the target with which it was left out; null where it failed itself. */
  because: z.string().nullable(),
  /** Where it was not equal. */
  differences: z.array(difference),
  differencesCut: z.boolean(),
});
export type LeftTable = z.infer<typeof leftTable>;

/** Somebody puts their name under a report. */
export const signature = z.object({
  name: z.string().trim().min(1),
  role: z.string().trim(),
  note: z.string().trim(),
  at: z.string(),
});
export type Signature = z.infer<typeof signature>;

export const report = z.object({
  /** When what the run had published was rolled back; the verdict is that of the run. */
  rolledBackAt: z.string().nullable().default(null),
  /** Tables that were rolled back while the others stay; `keptAs` where rows were written to the new one since. */
  takenBack: z.array(z.object({ table: z.string(), at: z.string(), keptAs: z.string().nullable() })).default([]),
  run: z.string(),
  project: z.string(),
  kind: z.enum(['run', 'verification']),
  verdict,
  /** The verdict in one sentence. */
  summary: z.string(),
  source: z.object({ url: z.string(), server }),
  target: z.object({ url: z.string(), server }),
  startedAt: z.string(),
  finishedAt: z.string(),
  /** Those that were published, or were to be. */
  tables: z.array(tableReport),
  left: z.array(leftTable).default([]),
  /** Business rules in SQL, with the rows that break them. */
  rules: z.array(plannedSqlRule.omit({ query: true })).default([]),
  findings: z.array(finding),
  /** Tables that stood in the target before, and under which name they are kept. */
  backups: z.array(z.object({ table: z.string(), keptAs: z.string() })),
  /** Time of each step, seconds. */
  steps: z.array(z.object({ step: z.string(), seconds: z.number() })),
  error: droverErrorSchema.nullable(),
  signatures: z.array(signature).default([]),
  droverVersion: z.string(),
});
export type Report = z.infer<typeof report>;
