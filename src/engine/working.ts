// A worker thread of the pipeline: opens connections of its own and carries out one work order at a time.

import type { MessagePort } from 'node:worker_threads';
import { assertNever, DroverError } from '../shared/errors.ts';
import type { RefusedRow } from '../shared/model/quarantine.ts';
import { loadDialect } from './dialects/index.ts';
import type { Reader } from './dialects/reading.ts';
import type { Writer } from './dialects/writing.ts';
import { Gate } from './pipeline/gate.ts';
import { loadChunk } from './pipeline/load.ts';
import { closeLookups } from './pipeline/lookup-file.ts';
import { buildLookup } from './pipeline/lookups.ts';
import type { Endpoints, FromWorker, ToWorker, WorkerData } from './pipeline/messages.ts';
import type { Progress, Side, WorkOrder, WorkResults } from './pipeline/order.ts';
import { digestTable } from './pipeline/scan.ts';
import { bucketSums, suspectRows } from './pipeline/suspects.ts';
import { asDroverError } from './support/failure.ts';
import { askForFilesBy, takeKeptFile } from './support/kept-files.ts';
import { collectAll } from './support/memory.ts';

const PROGRESS_EVERY_MS = 100;

/** A thread has one port and one gate from its beginning to its end. */
let port: MessagePort;
let gate: Gate;
let endpoints: Endpoints | null = null;
let readers: Partial<Record<Side, Reader>> = {};
let writer: Writer | null = null;
let abort = new AbortController();
/** The order under way was given up. */
let abandoned = false;

export function serveOrders(given: MessagePort, born: WorkerData): void {
  port = given;
  gate = new Gate(born.gate);
  askForFilesBy((path) => reply({ kind: 'keep file', path }));
  port.on('message', receive);
}

function receive(message: ToWorker): void {
  if (message.kind === 'cancel') {
    abort.abort(new DroverError('run.cancelled', 'The run was cancelled.'));
    return;
  }
  if (message.kind === 'abandon') {
    abandoned = true;
    return;
  }
  if (message.kind === 'kept file') {
    takeKeptFile(message);
    return;
  }
  handle(message).then(
    (result) => reply({ kind: 'done', result }),
    (thrown: unknown) => reply({ kind: 'failed', error: failure(thrown).data }),
  );
}

function reply(message: FromWorker): void {
  port.postMessage(message);
}

function tellRefused(rows: readonly RefusedRow[]): void {
  reply({ kind: 'refused', rows });
}

/** After a cancel whatever fails fails because of it. */
function failure(thrown: unknown): DroverError {
  return abort.signal.aborted ? (abort.signal.reason as DroverError) : asDroverError(thrown);
}

async function handle(message: Exclude<ToWorker, { kind: 'cancel' | 'abandon' | 'kept file' }>): Promise<unknown> {
  switch (message.kind) {
    case 'open':
      await closeAll();
      abort = new AbortController();
      endpoints = message.endpoints;
      await reader('source');
      return null;
    case 'order':
      return carryOut(message.order);
    case 'release':
      await release(message.side);
      return null;
    case 'close':
      await closeAll();
      return null;
    default:
      return assertNever(message);
  }
}

async function carryOut(order: WorkOrder): Promise<WorkResults[WorkOrder['kind']]> {
  const { signal } = abort;
  abandoned = false;
  await gate.pass(signal);
  const progress = throttled((value) => reply({ kind: 'progress', progress: value }));
  switch (order.kind) {
    case 'load':
      return loadChunk(
        order,
        await reader('source'),
        await openedWriter(),
        { progress, refused: tellRefused, wanted: () => !abandoned },
        signal,
      );
    case 'lookup':
      return buildLookup(order.lookup, await reader('target'), signal);
    case 'digest':
      return digestTable(await reader(order.side), order, { progress, refused: tellRefused }, signal);
    case 'profile':
      return (await reader(order.side)).profile(order.request);
    case 'rows within':
      return (await reader(order.side)).rowsWithin(order.seconds, order.sql);
    case 'buckets':
      return bucketSums(await reader(order.side), order.work, order.side, signal);
    case 'rows':
      return suspectRows(await reader(order.side), order.work, order.side, order.buckets, order.limit, signal);
    default:
      return assertNever(order);
  }
}

async function reader(side: Side): Promise<Reader> {
  const open = readers[side];
  if (open) return open;
  const { source, target, token } = opened();
  const access = side === 'source' ? source : target;
  const dialect = await loadDialect(access.connection.family);
  const made = waiting(await dialect.openReader(access, side === 'source' ? token : null));
  readers[side] = made;
  return made;
}

/** A reader that stops before its next batch while the gate is closed; back-pressure does the rest. */
function waiting(reader: Reader): Reader {
  return {
    async *read(scan, signal) {
      for await (const batch of reader.read(scan, signal)) {
        if (gate.closed) await gate.pass(signal);
        yield batch;
      }
    },
    profile: (request) => reader.profile(request),
    rowsWithin: (seconds, sql) => reader.rowsWithin(seconds, sql),
    close: () => reader.close(),
  };
}

async function openedWriter(): Promise<Writer> {
  const { target, run } = opened();
  if (!run) throw new Error('no run to write for');
  writer ??= await (await loadDialect(target.connection.family)).openWriter(target, run);
  return writer;
}

function opened(): Endpoints {
  if (!endpoints) throw new Error('the worker was not opened');
  return endpoints;
}

async function release(side: Side): Promise<void> {
  await readers[side]?.close();
  delete readers[side];
  if (side === 'target') {
    await writer?.close();
    writer = null;
  }
  collectAll();
}

async function closeAll(): Promise<void> {
  closeLookups();
  const open = [...Object.values(readers), ...(writer ? [writer] : [])];
  readers = {};
  writer = null;
  await Promise.all(open.map((each) => each.close().catch(() => undefined)));
}

function throttled(tell: (progress: Progress) => void): (progress: Progress) => void {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last < PROGRESS_EVERY_MS) return;
    last = now;
    tell(progress);
  };
}
