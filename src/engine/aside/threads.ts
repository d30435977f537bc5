// The threads that stand aside: each serves one session or reader at a time, and waits a while for the next one.

import { Worker } from 'node:worker_threads';
import { DroverError } from '../../shared/errors.ts';
import type { AnswerTo, AsideData, FromAside, Question } from './question.ts';

export interface Threads {
  /** One that nobody uses; it is begun where there is none. To be given back. */
  take(): Thread;
  give(thread: Thread): void;
}

/** Beginning one takes a tenth of a second: what is asked in a row finds one ready. Each takes some 20 MB. */
const KEPT = 2;
const KEPT_MS = 3_000;

export function createThreads(workerUrl: URL): Threads {
  const idle: Thread[] = [];

  function retire(thread: Thread): void {
    if (idle.includes(thread)) idle.splice(idle.indexOf(thread), 1);
    thread.end();
  }

  return {
    take() {
      const thread = idle.pop() ?? new Thread(workerUrl);
      thread.wake();
      return thread;
    },
    give(thread) {
      if (thread.over) return;
      if (idle.length >= KEPT) return thread.end();
      idle.push(thread);
      thread.rest(KEPT_MS, () => retire(thread));
    },
  };
}

export class Thread {
  readonly #worker: Worker;
  #pending: PromiseWithResolvers<unknown> | null = null;
  #over: DroverError | null = null;
  #resting: NodeJS.Timeout | undefined;

  constructor(url: URL) {
    this.#worker = new Worker(url, {
      workerData: { aside: true } satisfies AsideData,
      resourceLimits: { maxYoungGenerationSizeMb: 8 },
    });
    this.#worker.on('message', (message: FromAside) => this.#receive(message));
    this.#worker.on('error', ({ message }) => this.end(message));
    this.#worker.on('exit', () => this.end());
  }

  get over(): boolean {
    return this.#over !== null;
  }

  /** One question at a time. Rejects with DroverError. */
  async ask<Q extends Question>(question: Q): Promise<AnswerTo<Q>> {
    if (this.#over) throw this.#over;
    this.#pending = Promise.withResolvers<unknown>();
    this.#worker.postMessage(question);
    return this.#pending.promise as Promise<AnswerTo<Q>>;
  }

  /** What it is doing fails at once. A driver that is deep in one statement leaves the thread a moment later. */
  end(why: string | null = null): void {
    clearTimeout(this.#resting);
    this.#over ??= new DroverError('support.internal', 'The thread that looks at the database has ended.', {
      cause: why,
    });
    this.#pending?.reject(this.#over);
    this.#pending = null;
    void this.#worker.terminate();
  }

  /** Keeps no process alive meanwhile. */
  rest(forMs: number, then: () => void): void {
    this.#worker.unref();
    this.#resting = setTimeout(then, forMs).unref();
  }

  wake(): void {
    clearTimeout(this.#resting);
    this.#worker.ref();
  }

  #receive(message: FromAside): void {
    const pending = this.#pending;
    this.#pending = null;
    if (message.kind === 'answer') pending?.resolve(message.answer);
    else pending?.reject(DroverError.from(message.error));
  }
}
