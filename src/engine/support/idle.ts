// Worker threads that have done their work wait a while for the next: to begin one takes up to a fifth of a second of processor time.

import type { Worker } from 'node:worker_threads';

export interface Idler {
  readonly worker: Worker;
  /** Nothing went wrong with it: it can be asked again. */
  readonly sound: boolean;
  end(): void | Promise<void>;
}

/** What is asked in a row finds some ready, as what carries a migration out follows what plans it. Each takes some 20 MB. */
const KEPT = 2;
const KEPT_MS = 3_000;

export class Idle<T extends Idler> {
  readonly #waiting = new Map<T, NodeJS.Timeout>();

  /** The first that fits, if one waits. */
  take(fits: (one: T) => boolean = () => true): T | null {
    for (const one of this.#waiting.keys()) {
      if (!one.sound || !fits(one)) continue;
      this.#forget(one);
      one.worker.ref();
      return one;
    }
    return null;
  }

  /** Waits for its end where it is not kept. Those that wait keep no process alive. */
  async keep(one: T): Promise<void> {
    if (!one.sound) return one.end();
    one.worker.unref();
    this.#waiting.set(one, setTimeout(() => void this.#retire(one), KEPT_MS).unref());
    const [oldest] = this.#waiting.keys();
    if (oldest && this.#waiting.size > KEPT) await this.#retire(oldest);
  }

  async #retire(one: T): Promise<void> {
    this.#forget(one);
    await one.end();
  }

  #forget(one: T): void {
    clearTimeout(this.#waiting.get(one));
    this.#waiting.delete(one);
  }
}
