// The gate: lets a worker go on, or holds it between two batches, as the thread wishes that gives the orders.

import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_EVERY_MS = 50;
const CLOSED = 1;

/** Memory that both threads see: a worker that is busy reading finds it closed at its next batch, without a message. */
export type GateMemory = SharedArrayBuffer;

export class Gate {
  readonly memory: GateMemory;
  readonly #cell: Int32Array;

  constructor(memory: GateMemory = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)) {
    this.memory = memory;
    this.#cell = new Int32Array(memory);
  }

  set closed(closed: boolean) {
    Atomics.store(this.#cell, 0, closed ? CLOSED : 0);
  }

  get closed(): boolean {
    return Atomics.load(this.#cell, 0) === CLOSED;
  }

  /** Resolves while the gate is open; throws the signal's reason when it is aborted meanwhile. */
  async pass(signal: AbortSignal): Promise<void> {
    while (this.closed) {
      signal.throwIfAborted();
      await sleep(LOOK_EVERY_MS);
    }
    signal.throwIfAborted();
  }
}
