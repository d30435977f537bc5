// Profiling: the columns of one table for a person who asks, one by one. Where a driver would hold up this thread, a worker asks.

import { on } from 'node:events';
import { type MessagePort, Worker } from 'node:worker_threads';
import { DroverError, type DroverErrorData } from '../shared/errors.ts';
import type { Table } from '../shared/model/catalog.ts';
import type { ColumnProfile } from '../shared/model/column-profile.ts';
import type { Access } from '../shared/model/connection.ts';
import type { Opened } from './connect/endpoint.ts';
import { loadDialect } from './dialects/index.ts';
import { profileColumns } from './inspect/profile.ts';
import { asDroverError } from './support/failure.ts';

/** Tables up to this many rows are read whole unless told otherwise. */
export const PROFILED_ROWS = 1_000_000;
const SECONDS = 20;

export interface ProfileOrder {
  readonly access: Access;
  readonly table: Table;
  readonly columns: readonly string[];
  readonly rows: number;
}

/** What a worker thread is born with, when it is to profile and nothing else. */
export interface ProfileWorkerData {
  readonly profile: ProfileOrder;
  /** One cell: 1 once nobody waits any more. The thread can't hear messages while its driver is at work. */
  readonly stopped: SharedArrayBuffer;
}

export type FromProfileWorker =
  | { readonly kind: 'profile'; readonly profile: ColumnProfile }
  | { readonly kind: 'end' }
  | { readonly kind: 'failed'; readonly error: DroverErrorData };

/** The profiles as they come, in the order of the table, or in that asked for. Aborting ends the asking. */
export async function* profileTable(
  { dialect, access }: Opened,
  table: Table,
  { columns, rows }: { readonly columns: readonly string[] | null; readonly rows: number | null },
  workerUrl: URL,
  signal: AbortSignal,
): AsyncGenerator<ColumnProfile> {
  const order: ProfileOrder = {
    access,
    table,
    columns: (columns ?? table.columns.map(({ name }) => name)).map((name) => known(table, name)),
    rows: rows ?? PROFILED_ROWS,
  };
  const profiles = dialect.blocksThread
    ? inWorker(order, workerUrl, signal)
    : carryOut(order, dialect, signal, () => signal.aborted);
  try {
    yield* profiles;
  } catch (error) {
    // Whoever left is told nothing.
    if (!signal.aborted) throw error;
  }
}

/** Here or in a worker. */
async function* carryOut(
  { access, table, columns, rows }: ProfileOrder,
  dialect: Opened['dialect'],
  signal: AbortSignal,
  stopped: () => boolean,
): AsyncGenerator<ColumnProfile> {
  const profiler = await dialect.openProfiler(access, table, { rows, seconds: SECONDS, signal, stopped });
  try {
    yield* profileColumns(
      profiler,
      table,
      columns.map((name) => table.columns.find((each) => each.name === name)!),
    );
  } finally {
    await profiler.close();
  }
}

async function* inWorker(order: ProfileOrder, workerUrl: URL, signal: AbortSignal): AsyncGenerator<ColumnProfile> {
  const stopped = new SharedArrayBuffer(4);
  const stop = (): void => void Atomics.store(new Int32Array(stopped), 0, 1);
  const worker = new Worker(workerUrl, { workerData: { profile: order, stopped } satisfies ProfileWorkerData });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  try {
    for await (const [message] of on(worker, 'message', { close: ['exit'] }) as AsyncIterable<[FromProfileWorker]>) {
      if (message.kind === 'end') return;
      if (message.kind === 'failed') throw DroverError.from(message.error);
      yield message.profile;
    }
    throw new DroverError('support.internal', 'The thread that profiles ended before it was done.');
  } finally {
    signal.removeEventListener('abort', stop);
    stop();
    await worker.terminate();
  }
}

/** In the worker: profiles, and ends. */
export async function serveProfile(port: MessagePort, { profile: order, stopped }: ProfileWorkerData): Promise<void> {
  const cell = new Int32Array(stopped);
  const tell = (message: FromProfileWorker): void => port.postMessage(message);
  try {
    const dialect = await loadDialect(order.access.connection.family);
    const profiles = carryOut(order, dialect, new AbortController().signal, () => Atomics.load(cell, 0) === 1);
    for await (const each of profiles) tell({ kind: 'profile', profile: each });
    tell({ kind: 'end' });
  } catch (thrown) {
    tell({ kind: 'failed', error: asDroverError(thrown).data });
  }
}

function known(table: Table, name: string): string {
  if (table.columns.some((column) => column.name === name)) return name;
  throw new DroverError('inspect.no-such-table', `There is no column ${name} in ${table.name}.`, {
    hint: `Its columns are: ${table.columns
      .map((column) => column.name)
      .slice(0, 30)
      .join(', ')}.`,
    where: { table: table.name, column: name },
  });
}
