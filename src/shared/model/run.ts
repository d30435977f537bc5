// Run: the saga's steps, and the events that tell how far it is.

import { z } from 'zod';
import { droverErrorSchema } from './error.ts';
import { plan } from './plan.ts';
import { verdict } from './report.ts';

/** The saga, in order. A run that is held waits between `verify` and `publish`. */
export const stepNames = [
  'preflight',
  'snapshot',
  'stage',
  'load',
  'index',
  'verify',
  'publish',
  'confirm',
  'finish',
] as const;
export const stepName = z.enum(stepNames);
export type StepName = z.infer<typeof stepName>;

export const stepState = z.enum([
  'pending',
  'running',
  'done',
  'failed',
  'compensating',
  'compensated',
  'not compensated',
]);
export type StepState = z.infer<typeof stepState>;

/**
 * Where a run stands.
 * held: loaded and verified; it waits for somebody to publish it or to roll it back.
 * rehearsed: loaded and verified, then rolled back as wished; the target was found as it was before.
 * undone: published, then rolled back at a person's wish.
 * interrupted: cut off or left; it can be resumed, or rolled back to before.
 * unknown: the target could not be asked; neither success nor failure may be claimed.
 */
export const runState = z.enum([
  'running',
  'held',
  'published',
  'rehearsed',
  'undone',
  'rolled back',
  'refused',
  'interrupted',
  'unknown',
]);
export type RunState = z.infer<typeof runState>;

export const tablePhase = z.enum([
  'waiting',
  'loading',
  'loaded',
  'indexing',
  'verifying',
  'verified',
  'different',
  'failed',
  'left out',
]);
export type TablePhase = z.infer<typeof tablePhase>;

export const runEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('started'), run: z.string(), folder: z.string(), at: z.string() }),
  z.object({
    kind: z.literal('step'),
    step: stepName,
    state: stepState,
    at: z.string(),
    detail: z.string().optional(),
  }),
  /** rows and bytes so far in the current phase (loading or verifying) of this table. */
  z.object({
    kind: z.literal('table'),
    table: z.string(),
    phase: tablePhase,
    rows: z.number(),
    bytes: z.number(),
    estimate: z.number(),
    /** Rows kept aside so far; absent where there are none. */
    quarantined: z.number().optional(),
    at: z.string(),
  }),
  /** Resident memory of the process, bytes. */
  z.object({ kind: z.literal('memory'), rss: z.number(), at: z.string() }),
  /** The run waits, or goes on, at a person's wish. */
  z.object({ kind: z.literal('paused'), paused: z.boolean(), at: z.string() }),
  /** Cut off by something that passes: it waits, then goes on from where the target stands. Steps and tables begin anew. */
  z.object({
    kind: z.literal('retrying'),
    /** Of how many in a row that get nowhere; one that gets on begins the count anew. */
    attempt: z.number(),
    of: z.number(),
    seconds: z.number(),
    /** What cut it off. */
    message: z.string(),
    at: z.string(),
  }),
  z.object({
    kind: z.literal('log'),
    level: z.enum(['info', 'warning', 'error']),
    message: z.string(),
    at: z.string(),
  }),
  z.object({ kind: z.literal('error'), error: droverErrorSchema, at: z.string() }),
  z.object({
    kind: z.literal('finished'),
    run: z.string(),
    state: runState,
    verdict: verdict.nullable(),
    /** Folder of artifacts; the report is in it. */
    folder: z.string(),
    at: z.string(),
  }),
]);
export type RunEvent = z.infer<typeof runEvent>;

/** One line of history. */
export const runSummary = z.object({
  run: z.string(),
  project: z.string(),
  source: z.string(),
  target: z.string(),
  state: runState,
  step: stepName.nullable(),
  startedAt: z.string(),
  finishedAt: z.string().nullable(),
  rows: z.number(),
  folder: z.string(),
  /** Of a published run: tables that were rolled back, while the others stay. */
  takenBack: z.array(z.string()),
});
export type RunSummary = z.infer<typeof runSummary>;

/** What was kept of the target when the run replaced it, as it stands there now. */
export const backup = z.object({
  table: z.string(),
  keptAs: z.string(),
  /** Null when the target can't say. */
  rows: z.number().nullable(),
  /** The rows are the server's estimate: counting them would take long. */
  estimated: z.boolean(),
  bytes: z.number().nullable(),
});
export type Backup = z.infer<typeof backup>;

/** What a run has left in a target, as the target itself tells, whoever ran it and wherever. */
export const leftover = z.object({
  run: z.string(),
  /** By its name. */
  startedAt: z.string(),
  /** kept aside: nothing but newer tables that a rollback spared. */
  state: z.enum(['staged', 'half published', 'published', 'kept aside']),
  /** How often it was taken up, and once more. */
  epoch: z.number(),
  /** A process is at work on it now. */
  inUse: z.boolean(),
  tables: z.array(backup.extend({ place: z.enum(['staging', 'backup', 'added', 'aside']) })),
});
export type Leftover = z.infer<typeof leftover>;

/** A table of a published run, and what rolling it back without the others would mean. */
export const returning = z.object({
  table: z.string(),
  /** merged: rows went into it, which go out with the whole run alone. taken back: it was rolled back before. */
  stands: z.enum(['published', 'merged', 'taken back']),
  /** An earlier table comes back in its place. */
  replaces: z.boolean(),
  /** Tables that have to come along, each with the foreign key that ties them. */
  ties: z.array(z.object({ key: z.string(), table: z.string() })),
});
export type Returning = z.infer<typeof returning>;

/** What a run set out to do. */
export const intent = z.object({ plan, hold: z.boolean(), rehearse: z.boolean() });
export type Intent = z.infer<typeof intent>;

/** What the target says of a run that nobody carries out now. */
export const standing = z.object({
  /** nothing: none of it is there. staged: not all is loaded, or not compared. */
  stands: z.enum(['nothing', 'staged', 'verified', 'published']),
  /** In one sentence. */
  words: z.string(),
});
export type Standing = z.infer<typeof standing>;

/** Of a statement: undone with the transaction that it was in; not known where the answer to it was lost. */
export const auditState = z.enum([...stepState.options, 'undone', 'not known']);
export type AuditState = z.infer<typeof auditState>;

/** One entry of the run's audit log: an action, a decision, or a statement that changes something. */
export const auditEntry = z.object({
  at: z.string(),
  /** Absent in logs of an older Drover. */
  run: z.string().optional(),
  step: stepName,
  state: auditState,
  detail: z.string().nullable(),
  /** What was acted on: a table, or what a statement names; absent where it was the whole. */
  object: z.string().optional(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

export const checkpoint = z.object({
  migration_id: z.string(),
  current_phase: stepName,
  tables_completed: z.array(z.string()),
  tables_pending: z.array(z.string()),
  tables_left_out: z.array(z.string()).default([]),
  rollback_point: stepName.nullable(),
  started_at: z.string(),
  last_checkpoint: z.string(),
  status: runState,
});
export type Checkpoint = z.infer<typeof checkpoint>;
