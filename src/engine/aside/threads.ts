// The threads that stand aside: each serves one session or reader at a time, and waits a while for the next one.

import { Worker } from 'node:worker_threads';
import { DroverError } from '../../shared/errors.ts';
import { Idle } from '../support/idle.ts';
import type { AnswerTo, AsideData, FromAside, Question } from './question.ts';

export interface Threads {
  /** One that nobody uses; it is begun where there is none. To be given back. */
  take(): Thread;
  give(thread: Thread): void;
}

export function createThreads(workerUrl: URL): Threads {
  const idle = new Idle<Thread>();
  return {
    take: () => idle.take() ?? new Thread(workerUrl),
    give: (thread) => void idle.keep(thread),
  };
}

export class Thread {
  readonly worker: Worker;
  #pending: PromiseWithResolvers<unknown> | null = null;
  #over: DroverError | null = null;

  constructor(url: URL) {
    this.worker = new Worker(url, {
      workerData: { aside: true } satisfies AsideData,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.worker.on('message', (message: FromAside) => this.#receive(message));
    this.worker.on('error', ({ message }) => this.end(message));
    this.worker.on('exit', () => this.end());
  }

  get sound(): boolean {
    return this.#over === null;
  }

  /** One question at a time. Rejects with DroverError. */
  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    if (this.#over) throw this.#over;
    this.#pending = Promise.withResolvers<unknown>();
    this.worker.postMessage(question);
    return this.#pending.promise as Promise<AnswerTo<Q>>;
  }

  /** What it is doing fails at once. A driver that is deep in one statement leaves the thread a moment later. */
  end(why: string | null = null): void {
    this.#over ??= new DroverError('support.internal', 'The thread that looks at the database has ended.', {
      cause: why,
    });
    this.#pending?.reject(this.#over);
    this.#pending = null;
    void this.worker.terminate();
  }

  #receive(message: FromAside): void {
    const pending = this.#pending;
    this.#pending = null;
    if (message.kind === 'answer') pending?.resolve(message.answer);
    else pending?.reject(DroverError.from(message.error));
  }
}
