// The executor: a pool of worker threads that carry out work orders, each with its own connections.

import { Worker } from 'node:worker_threads';
import { DroverError, type DroverErrorData } from '../../shared/errors.ts';
import type { Access } from '../../shared/model/connection.ts';
import type { RefusedRow } from '../../shared/model/quarantine.ts';
import type { RunIdentity } from '../dialects/dialect.ts';
import { Gate, type GateMemory } from './gate.ts';
import type { Progress, ResultOf, Side, WorkOrder } from './order.ts';

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
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'refused'; readonly rows: readonly RefusedRow[] }
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

export interface Executor {
  /** Opens every worker's reader of the source, so that all have joined the snapshot when it resolves. */
  open(endpoints: Endpoints): Promise<void>;
  /** Waits for a free worker. Rejects with DroverError. */
  run<O extends WorkOrder>(order: O, listener?: OrderListener): Promise<ResultOf<O>>;
  /** Closes the connections of one side, so that they hold no lock. */
  release(side: Side): Promise<void>;
  /** Holds every worker between two batches and before its next order, or lets them go on. */
  hold(held: boolean): void;
  /** Lets so many of the workers that have an order go on, those that began first; at least one. */
  allow(workers: number): void;
  /** Running orders fail with `run.cancelled`, held ones too; waiting ones never start. */
  cancel(): void;
  close(): Promise<void>;
}

export function createExecutor(workerUrl: URL, size: number): Executor {
  const members = Array.from({ length: size }, () => new Member(workerUrl));
  const idle = [...members];
  const waiting: ((member: Member) => void)[] = [];
  /** In the order they began. */
  const busy: Member[] = [];
  let held = false;
  let allowed = size;
  let cancelled = false;

  /** An idle worker's gate stays open: it is counted once it has an order. */
  function setGates(): void {
    for (const member of idle) member.gate.closed = false;
    for (const [place, member] of busy.entries()) member.gate.closed = held || place >= allowed;
  }

  async function take(): Promise<Member> {
    const free = idle.shift();
    return free ?? new Promise((resolve) => waiting.push(resolve));
  }

  function give(member: Member): void {
    const next = waiting.shift();
    if (next) next(member);
    else idle.unshift(member);
  }

  return {
    async open(endpoints) {
      await Promise.all(members.map((member) => member.ask({ kind: 'open', endpoints })));
    },
    async run<O extends WorkOrder>(order: O, listener: OrderListener = {}) {
      const member = await take();
      try {
        if (cancelled) throw new DroverError('run.cancelled', 'The run was cancelled.');
        busy.push(member);
        setGates();
        return (await member.ask({ kind: 'order', order }, listener)) as ResultOf<O>;
      } finally {
        if (busy.includes(member)) busy.splice(busy.indexOf(member), 1);
        give(member);
        setGates();
      }
    },
    hold(wished) {
      held = wished;
      setGates();
    },
    allow(workers) {
      allowed = Math.max(1, workers);
      setGates();
    },
    async release(side) {
      await Promise.all(members.map((member) => member.ask({ kind: 'release', side })));
    },
    cancel() {
      cancelled = true;
      for (const member of members) member.cancel();
    },
    async close() {
      await Promise.all(members.map((member) => member.close()));
    },
  };
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: DroverError) => void;
  readonly listener: OrderListener;
}

/** One worker thread; it is asked one thing at a time. */
class Member {
  readonly gate = new Gate();
  readonly #worker: Worker;
  #pending: Pending | null = null;
  #dead: DroverError | null = null;

  constructor(url: URL) {
    this.#worker = new Worker(url, {
      workerData: { gate: this.gate.memory } satisfies WorkerData,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
      stdout: false,
      stderr: false,
    });
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => this.#die(`A worker thread failed: ${error.message}`));
    this.#worker.on('exit', (code) => this.#die(`A worker thread ended with code ${code}.`));
  }

  ask(message: ToWorker, listener: OrderListener = {}): Promise<unknown> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject, listener };
      this.#worker.postMessage(message);
    });
  }

  cancel(): void {
    this.#worker.postMessage({ kind: 'cancel' } satisfies ToWorker);
  }

  async close(): Promise<void> {
    if (!this.#dead) await this.ask({ kind: 'close' }).catch(() => undefined);
    await this.#worker.terminate();
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending;
    if (message.kind === 'progress' || message.kind === 'refused') {
      if (message.kind === 'progress') pending?.listener.progress?.(message.progress);
      else pending?.listener.refused?.(message.rows);
      if (pending?.listener.wanted?.() === false) this.#worker.postMessage({ kind: 'abandon' } satisfies ToWorker);
      return;
    }
    this.#pending = null;
    if (message.kind === 'done') pending?.resolve(message.result);
    else pending?.reject(DroverError.from(message.error));
  }

  #die(message: string): void {
    this.#dead ??= new DroverError('support.internal', message, {
      hint: 'Run again with fewer workers if memory is short.',
    });
    this.#pending?.reject(this.#dead);
    this.#pending = null;
  }
}
