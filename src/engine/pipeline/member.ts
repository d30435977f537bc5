// One worker thread of an executor. When that is done, the thread waits a while for the next.

import { Worker } from 'node:worker_threads';
import { DroverError } from '../../shared/errors.ts';
import { Idle } from '../support/idle.ts';
import { keepFile } from '../support/kept-files.ts';
import { Gate } from './gate.ts';
import type { FromWorker, OrderListener, ToWorker, WorkerData } from './messages.ts';

const idle = new Idle<Member>();

/** One that waits, or a new one. To be given back. */
export function takeMember(url: URL): Member {
  return idle.take((member) => member.url.href === url.href) ?? new Member(url);
}

/** Its connections are closed when this resolves. One that failed, or was cancelled, ends. */
export async function giveMember(member: Member): Promise<void> {
  await member.close();
  await idle.keep(member);
}

interface Pending {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: DroverError) => void;
  readonly listener: OrderListener;
}

/** It is asked one thing at a time. */
export class Member {
  readonly url: URL;
  readonly gate = new Gate();
  readonly worker: Worker;
  #pending: Pending | null = null;
  #dead: DroverError | null = null;
  /** It did everything it was asked. */
  sound = true;

  constructor(url: URL) {
    this.url = url;
    this.worker = new Worker(url, {
      workerData: { gate: this.gate.memory } satisfies WorkerData,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
      stdout: false,
      stderr: false,
    });
    this.worker.on('message', (message: FromWorker) => this.#receive(message));
    this.worker.on('error', (error) => this.#die(`A worker thread failed: ${error.message}`));
    this.worker.on('exit', (code) => this.#die(`A worker thread ended with code ${code}.`));
  }

  ask(message: ToWorker, listener: OrderListener = {}): Promise<unknown> {
    if (this.#dead) return Promise.reject(this.#dead);
    return new Promise((resolve, reject) => {
      this.#pending = { resolve, reject, listener };
      this.worker.postMessage(message);
    });
  }

  cancel(): void {
    this.sound = false;
    this.worker.postMessage({ kind: 'cancel' } satisfies ToWorker);
  }

  /** Its connections. */
  async close(): Promise<void> {
    if (this.#pending) this.sound = false;
    this.gate.closed = false;
    if (!this.#dead) await this.ask({ kind: 'close' }).catch(() => undefined);
  }

  async end(): Promise<void> {
    await this.worker.terminate();
  }

  #receive(message: FromWorker): void {
    const pending = this.#pending;
    if (message.kind === 'keep file') {
      const { path } = message;
      this.worker.postMessage({ kind: 'kept file', path, descriptor: keepFile(path) } satisfies ToWorker);
      return;
    }
    if (message.kind === 'progress' || message.kind === 'refused') {
      if (message.kind === 'progress') pending?.listener.progress?.(message.progress);
      else pending?.listener.refused?.(message.rows);
      if (pending?.listener.wanted?.() === false) {
        this.sound = false;
        this.worker.postMessage({ kind: 'abandon' } satisfies ToWorker);
      }
      return;
    }
    this.#pending = null;
    if (message.kind === 'done') pending?.resolve(message.result);
    else {
      this.sound = false;
      pending?.reject(DroverError.from(message.error));
    }
  }

  #die(message: string): void {
    this.sound = false;
    this.#dead ??= new DroverError('support.internal', message, {
      hint: 'Run again with fewer workers if memory is short.',
    });
    this.#pending?.reject(this.#dead);
    this.#pending = null;
  }
}
