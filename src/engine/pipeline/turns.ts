// Turns: where a target takes one transaction at a time, loads prepare side by side and write in the order in which they began.

/** A place in that order, as any thread may hold it. */
export interface Turn {
  /** The number whose turn it is. */
  readonly memory: SharedArrayBuffer;
  readonly number: number;
}

/** A cancelled run is noticed after so long. */
const LOOK_EVERY_MS = 100;

/** On the side of those who give the orders: they know of a load that ended in whatever way. */
export class Turns {
  readonly #cell = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  readonly #over = new Set<number>();
  #given = 0;

  /** `load` begins now, and its turn is over when it ends. */
  async during<T>(load: (turn: Turn) => Promise<T>): Promise<T> {
    const number = this.#given++;
    try {
      return await load({ memory: this.#cell.buffer as SharedArrayBuffer, number });
    } finally {
      this.#end(number);
    }
  }

  /** The first one that has not ended is next. */
  #end(number: number): void {
    this.#over.add(number);
    let next = Atomics.load(this.#cell, 0);
    while (this.#over.delete(next)) next++;
    Atomics.store(this.#cell, 0, next);
    Atomics.notify(this.#cell, 0);
  }
}

/** Resolves when all loads that began before have ended; throws the signal's reason when it is aborted meanwhile. */
export async function comesTurn({ memory, number }: Turn, signal: AbortSignal): Promise<void> {
  const cell = new Int32Array(memory);
  for (let now = Atomics.load(cell, 0); now !== number; now = Atomics.load(cell, 0)) {
    signal.throwIfAborted();
    await Atomics.waitAsync(cell, 0, now, LOOK_EVERY_MS).value;
  }
}
