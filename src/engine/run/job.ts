// What a run is given, and what its steps hand to each other.

import type { RunOptions } from '../../shared/contract.ts';
import type { DroverError } from '../../shared/errors.ts';
import { estimateOf, feedsOf } from '../../shared/feeds.ts';
import type { Catalog } from '../../shared/model/catalog.ts';
import type { Access } from '../../shared/model/connection.ts';
import type { Plan, TablePlan } from '../../shared/model/plan.ts';
import type { Report, TableReport } from '../../shared/model/report.ts';
import type { RunEvent, TablePhase } from '../../shared/model/run.ts';
import type { Capabilities } from '../dialects/capabilities.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Publisher } from '../dialects/publishing.ts';
import type { SnapshotHold } from '../dialects/reading.ts';
import type { RunIdentity } from '../dialects/session.ts';
import type { LedgerRow } from '../dialects/writing.ts';
import type { Executor } from '../pipeline/executor.ts';
import type { Scanned, Shaping } from '../pipeline/order.ts';
import type { Artifacts } from './artifacts.ts';
import type { RunControl } from './control.ts';
import type { Store } from './store/store.ts';

export interface JobSide {
  readonly dialect: Dialect;
  readonly access: Access;
  /** Without password. */
  readonly url: string;
  readonly capabilities: Capabilities;
}

/**
 * What of the run is there when it begins, or goes on.
 * nothing: it begins. staged: some of its chunks are in staging, others may be missing.
 * verified: all was loaded, and compared equal. published: the target says so.
 */
export type Standing = 'nothing' | 'staged' | 'verified' | 'published';

/** Everything decided before the first step. */
export interface Job {
  readonly identity: RunIdentity;
  readonly standing: Standing;
  readonly project: string;
  readonly plan: Plan;
  readonly source: JobSide;
  readonly target: JobSide;
  readonly options: RunOptions;
  readonly shaping: Shaping;
  readonly startedAt: string;
  readonly workerUrl: URL;
  readonly droverVersion: string;
}

export interface RunPorts {
  readonly store: Store;
  readonly artifacts: Artifacts;
  readonly tell: (event: RunEvent) => void;
  readonly control: RunControl;
}

/** How a person ends it. */
export interface RunSignals {
  /** What was done is undone. */
  readonly cancel: AbortSignal;
  /** Everything stays as it is, for whoever resumes it. */
  readonly leave: AbortSignal;
}

/** A run under way: the job, the means to tell and to keep, and what the steps have made so far. */
export interface RunContext {
  readonly job: Job;
  readonly artifacts: Artifacts;
  readonly signal: AbortSignal;
  readonly tell: (event: RunEvent) => void;
  readonly control: RunControl;
  readonly made: Made;
}

/** Filled by the steps, in order; a step may rely on what those before it made. */
export interface Made {
  publisher: Publisher | null;
  executor: Executor | null;
  snapshot: SnapshotHold | null;
  /** Names of all tables of the source. */
  sourceTables: readonly string[];
  /** Workers that run, after what source and target allow. */
  workers: number;
  /** What the target had of each of its tables, by name, when the run was taken up. */
  readonly kept: Map<string, readonly LedgerRow[]>;
  /** Chunk results by source. */
  readonly loads: Map<string, Scanned[]>;
  readonly seconds: Map<string, { load: number; index: number; verify: number }>;
  readonly tables: Map<string, TableReport>;
  /** Business rules as they came out. */
  rules: Report['rules'];
  /** Tables that are not published after all, by source. */
  readonly left: Map<string, Left>;
  published: boolean;
  /** Of a rehearsal: what the target held before, by its structure and its tables. */
  before: ReadonlyMap<string, string> | null;
  /** Catalog of the target after publish. */
  after: Catalog | null;
}

/** Why a table is left out. */
export interface Left {
  readonly reason: DroverError;
  /** The table with which it had to go; null where it failed itself. */
  readonly because: string | null;
}

export function nothingMade(): Made {
  return {
    publisher: null,
    executor: null,
    snapshot: null,
    sourceTables: [],
    workers: 1,
    kept: new Map(),
    loads: new Map(),
    seconds: new Map(),
    tables: new Map(),
    rules: [],
    left: new Map(),
    published: false,
    before: null,
    after: null,
  };
}

/** What a step made that a later one relies on; a null here is a fault in the order of steps. */
export function need<T>(value: T | null, what: string): T {
  if (value === null) throw new Error(`no ${what} yet`);
  return value;
}

/** Results of all chunks of a table so far, whichever source they are of. */
export function loadsOf({ loads }: Made, table: TablePlan): readonly Scanned[] {
  return feedsOf(table).flatMap(({ source }) => loads.get(source) ?? []);
}

export function secondsOf(context: RunContext, table: TablePlan): { load: number; index: number; verify: number } {
  const { seconds } = context.made;
  let entry = seconds.get(table.source);
  if (!entry) {
    entry = { load: 0, index: 0, verify: 0 };
    seconds.set(table.source, entry);
  }
  return entry;
}

export function tellTable(
  context: RunContext,
  table: TablePlan,
  phase: TablePhase,
  progress: { rows: number; bytes: number },
  quarantined = 0,
): void {
  // Its last word is that it was left out.
  if (phase !== 'left out' && context.made.left.has(table.source)) return;
  context.tell({
    kind: 'table',
    table: table.target.name,
    phase,
    rows: progress.rows,
    bytes: progress.bytes,
    estimate: estimateOf(table).rows,
    ...(quarantined > 0 ? { quarantined } : {}),
    at: new Date().toISOString(),
  });
}

export function tellLog(context: RunContext, level: 'info' | 'warning' | 'error', message: string): void {
  context.tell({ kind: 'log', level, message, at: new Date().toISOString() });
}
