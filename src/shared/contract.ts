// The contract between any screen and the engine: each call with its input and output, each stream with its items.

import { z } from 'zod';
import { catalog } from './model/catalog.ts';
import { server } from './model/connection.ts';
import { namingPolicy, project, tableMode } from './model/mapping.ts';
import { plan } from './model/plan.ts';
import { report } from './model/report.ts';
import { runEvent, runSummary } from './model/run.ts';

/** A database to open: its URL without a password, and the password beside it. */
export const endpoint = z.object({ url: z.string(), password: z.string().nullable() });
export type Endpoint = z.infer<typeof endpoint>;

const pair = z.object({ source: endpoint, target: endpoint });

export const runOptions = z.object({
  /** Rows sent to the target at once; the engine also bounds them in bytes. */
  batchSize: z.number().int().min(1).max(100_000).optional(),
  /** Tables (or key ranges of one) in flight at once. */
  workers: z.number().int().min(1).max(64).optional(),
});
export type RunOptions = z.infer<typeof runOptions>;

const saved = z.object({
  project,
  /** Where to connect; the project's own URLs when absent. Passwords are never in the project. */
  source: endpoint,
  target: endpoint,
});

export const reportFormat = z.enum(['md', 'html', 'json', 'csv']);
export type ReportFormat = z.infer<typeof reportFormat>;

export const calls = {
  'connect.test': {
    input: endpoint,
    output: z.object({ server, latencyMs: z.number(), tls: z.boolean(), readOnly: z.boolean() }),
  },
  inspect: { input: endpoint, output: catalog },
  map: {
    input: pair.extend({
      name: z.string(),
      naming: namingPolicy.optional(),
      mode: tableMode.optional(),
      /** Only these source tables; all when absent. */
      tables: z.array(z.string()).optional(),
    }),
    output: project,
  },
  plan: { input: saved, output: plan },
  verify: { input: saved, output: report },
  'report.read': { input: z.object({ run: z.string() }), output: report },
  'report.render': {
    input: z.object({ report, format: reportFormat }),
    output: z.object({ text: z.string(), mediaType: z.string() }),
  },
  'run.project': { input: z.object({ run: z.string() }), output: project },
  runs: { input: z.object({}), output: z.array(runSummary) },
} as const;

export const streams = {
  /** Ends after `finished`. Cancelling the stream cancels the run and rolls it back. */
  run: { input: saved.extend({ options: runOptions }), item: runEvent },
} as const;

export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

export type Streams = typeof streams;
export type StreamName = keyof Streams;
export type StreamInput<N extends StreamName> = z.input<Streams[N]['input']>;
export type StreamItem<N extends StreamName> = z.output<Streams[N]['item']>;
