// The executor: a pool of worker threads that carry out work orders, each with its own connections.

import { Worker } from 'node:worker_threads';
import { DroverError, type DroverErrorData } from '../../shared/errors.ts';
import type { Access } from '../../shared/model/connection.ts';
import type { RunIdentity } from '../dialects/dialect.ts';
import type { Progress, ResultOf, Side, WorkOrder } from './order.ts';

/** What a worker needs to open its connections. Stays in memory: it holds passwords. */
export interface Endpoints {
  readonly source: Access;
  readonly target: Access;
  readonly run: RunIdentity | null;
  /** Snapshot to join when the source is opened. */
  readonly token: string | null;
}

export type ToWorker =
  | { readonly kind: 'open'; readonly endpoints: Endpoints }
  | { readonly kind: 'order'; readonly order: WorkOrder }
  | { readonly kind: 'release'; readonly side: Side }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'close' };

export type FromWorker =
  | { readonly kind: 'progress'; readonly progress: Progress }
  | { readonly kind: 'done'; readonly result: unknown }
  | { readonly kind: 'failed'; readonly error: DroverErrorData };

export interface Executor {
  /** Opens every worker's reader of the source, so that all have joined the snapshot when it resolves. */
  open(endpoints: Endpoints): Promise<void>;
  /** Waits for a free worker. Rejects with DroverError. */
  run<O extends WorkOrder>(order: O, progress?: (progress: Progress) => void): Promise<ResultOf<O>>;
  /** Closes the connections of one side, so that they hold no lock. */
  release(side: Side): Promise<void>;
  /** Running orders fail with `run.cancelled`; waiting ones never start. */
  cancel(): void;
  close(): Promise<void>;
}

export function createExecutor(workerUrl: URL, size: number): Executor {
  const members = Array.from({ length: size }, () => new Member(workerUrl));
  const idle = [...members];
  const waiting: ((member: Member) => void)[] = [];
  let cancelled = false;

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
    async run<O extends WorkOrder>(order: O, progress?: (progress: Progress) => void) {
      const member = await take();
      try {
        if (cancelled) throw new DroverError('run.cancelled', 'The run was cancelled.');
        return (await member.ask({ kind: 'order', order }, progress)) as ResultOf<O>;
      } finally {
        give(member);
      }
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
  readonly progress: ((progress: Progress) => void) | undefined;
}

/** One worker thread; it is asked one thing at a time. */
class Member {
  readonly #worker: Worker;
  #pending: Pending | null = null;
  #dead: DroverError | null = null;

  constructor(url: URL) {
    this.#worker = new Worker(url, { resourceLimits: { maxYoungGenerationSizeMb: 8 }, stdout: false, stderr: false });
    this.#worker.on('message', (message: FromWorker) => this.#receive(message));
    this.#worker.on('error', (error) => this.#die(`A worker thread failed: ${error.message}`));
    this.#worker.on('exit', (code) => this.#die(`A worker thread ended with code ${code}.`));
  }

  ask(message: ToWorker, progress?: (progress: Progress) => void): Promise<unknown> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject, progress };
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
    if (message.kind === 'progress') {
      pending?.progress?.(message.progress);
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
