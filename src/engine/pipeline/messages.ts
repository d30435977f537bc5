// What a worker thread of the pipeline is told, and what it tells.

import type { DroverErrorData } from '../../shared/errors.ts';
import type { Access } from '../../shared/model/connection.ts';
import type { RefusedRow } from '../../shared/model/quarantine.ts';
import type { RunIdentity } from '../dialects/session.ts';
import type { KeptFile } from '../support/kept-files.ts';
import type { GateMemory } from './gate.ts';
import type { Progress, Side, WorkOrder } from './order.ts';

/** What a worker needs to open its connections. Stays in memory: it holds passwords. */
export interface Endpoints {
  readonly source: Access;
  readonly target: Access;
  readonly run: RunIdentity | null;
  /** Snapshot to join when the source is opened. */
  readonly token: string | null;
}

/** What a worker thread is born with. */
export interface WorkerData {
  readonly gate: GateMemory;
}

export type ToWorker =
  | { readonly kind: 'open'; readonly endpoints: Endpoints }
  | { readonly kind: 'order'; readonly order: WorkOrder }
  | { readonly kind: 'release'; readonly side: Side }
  | { readonly kind: 'cancel' }
  /** The order under way is wanted no more; the worker goes on with others. */
  | { readonly kind: 'abandon' }
  | ({ readonly kind: 'kept file' } & KeptFile)
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'refused'; readonly rows: readonly RefusedRow[] }
  /** It wants to read a file beside its driver. */
  | { readonly kind: 'keep file'; readonly path: string }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: DroverErrorData };

/** What an order tells while it is carried out. */
export interface OrderListener {
  readonly progress?: (progress: Progress) => void;
  /** Rows that were left out; never more than a batch at once. */
  readonly refused?: (rows: readonly RefusedRow[]) => void;
  /** Asked with each word from the worker: false ends loading, which fails with `run.cancelled`. */
  readonly wanted?: () => boolean;
}
