// The memory governor: above the limit fewer workers go on, below nine tenths of it one more at a time again.

export interface Allowance {
  /** Workers that may go on. */
  readonly workers: number;
  /** Set when slowing down begins or ends with this look. */
  readonly changed: 'slower' | 'as before' | null;
}

const RELAXED = 0.9;

/**
 * What it can promise is modest. The figure is the resident memory of the whole process, with everything else that
 * lives there; it is looked at twice a second, so that short peaks go unseen; a worker that is held keeps the batch it
 * has; and one worker always goes on, whatever the figure. It keeps a run from growing where many workers at once are
 * what makes it grow. It is no ceiling: a limit below what one worker needs is exceeded.
 */
export class MemoryGovernor {
  readonly #limit: number;
  /** null: all of them. */
  #workers: number | null = null;

  constructor(limit: number) {
    this.#limit = limit;
  }

  look(rss: number, workers: number): Allowance {
    const before = this.#workers;
    if (rss > this.#limit) this.#workers = Math.max(1, (before ?? workers) - 1);
    else if (before !== null && rss < this.#limit * RELAXED) this.#workers = before + 1 >= workers ? null : before + 1;
    return { workers: this.#workers ?? workers, changed: changeBetween(before, this.#workers) };
  }
}

function changeBetween(before: number | null, after: number | null): Allowance['changed'] {
  if (before === null && after !== null) return 'slower';
  if (before !== null && after === null) return 'as before';
  return null;
}
