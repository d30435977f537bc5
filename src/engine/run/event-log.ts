// The event log of a run: what happened so far in compact form, and what happens, for any number of watchers.

import { setTimeout as sleep } from 'node:timers/promises';
import type { RunEvent } from '../../shared/model/run.ts';

export interface Watched {
  /** Of the last event in it: who comes back with it misses nothing. */
  readonly seq: number;
  readonly events: RunEvent[];
}

interface Entry {
  readonly seq: number;
  readonly event: RunEvent;
  /** A later event says the same and more. */
  superseded: boolean;
}

const LOG_LINES = 2000;
/** Superseded entries are swept out once there are so many, and more of them than of the others. */
const SWEEP_AT = 1000;

/**
 * Of each table the log keeps where its loading stands and where it stands now, of memory the last figure, of log lines
 * the last 2,000, and everything else: so its size depends on the number of tables, not on how long a run takes.
 */
export class EventLog {
  /** In order of seq. */
  #entries: Entry[] = [];
  readonly #latest = new Map<string, Entry>();
  readonly #lines: Entry[] = [];
  readonly #waiting = new Set<() => void>();
  #seq = 0;
  #superseded = 0;
  #ended = false;

  push(event: RunEvent): void {
    const entry: Entry = { seq: ++this.#seq, event, superseded: false };
    this.#entries.push(entry);
    const subject = subjectOf(event);
    if (subject !== null) {
      this.#supersede(this.#latest.get(subject));
      this.#latest.set(subject, entry);
    }
    if (event.kind === 'log') {
      this.#lines.push(entry);
      if (this.#lines.length > LOG_LINES) this.#supersede(this.#lines.shift());
    }
    this.#wake();
  }

  /** Nothing comes any more: watchers end when they have seen everything. */
  end(): void {
    this.#ended = true;
    this.#wake();
  }

  /** What happened after `seq`, as far as nothing later says it better. */
  since(seq: number): RunEvent[] {
    return this.#entries
      .slice(this.#positionAfter(seq))
      .filter(({ superseded }) => !superseded)
      .map(({ event }) => event);
  }

  /** Items come no more often than every `pause` milliseconds, and when they are asked for: till then events coalesce. */
  async *watch(after: number, pause: number, signal: AbortSignal): AsyncGenerator<Watched> {
    let seen = after;
    let last = Number.NEGATIVE_INFINITY;
    for (;;) {
      await this.#beyond(seen, signal);
      const early = last + pause - performance.now();
      if (early > 0 && !signal.aborted) await sleep(early, undefined, { signal }).catch(() => undefined);
      if (signal.aborted) return;
      const events = this.since(seen);
      if (events.length === 0) return;
      seen = this.#seq;
      last = performance.now();
      yield { seq: seen, events };
    }
  }

  /** Resolves when there is something after `seq`, or never will be, or the watcher leaves. */
  async #beyond(seq: number, signal: AbortSignal): Promise<void> {
    if (this.#seq > seq || this.#ended || signal.aborted) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const go = (): void => resolve();
    this.#waiting.add(go);
    signal.addEventListener('abort', go);
    await promise;
    this.#waiting.delete(go);
    signal.removeEventListener('abort', go);
    await this.#beyond(seq, signal);
  }

  #wake(): void {
    for (const go of this.#waiting) go();
  }

  #supersede(entry: Entry | undefined): void {
    if (!entry) return;
    entry.superseded = true;
    this.#superseded++;
    if (this.#superseded < SWEEP_AT || this.#superseded * 2 < this.#entries.length) return;
    this.#entries = this.#entries.filter((each) => !each.superseded);
    this.#superseded = 0;
  }

  #positionAfter(seq: number): number {
    let low = 0;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#entries[middle]!.seq <= seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Events of one subject replace each other; null where each of them matters. */
function subjectOf(event: RunEvent): string | null {
  switch (event.kind) {
    case 'table': {
      // How much was loaded is the measure for verifying: it must not be lost with the first word of that.
      const loading = event.phase === 'waiting' || event.phase === 'loading' || event.phase === 'loaded';
      return `${loading ? 'loading' : 'after'} ${event.table}`;
    }
    case 'memory':
      return 'memory';
    case 'started':
    case 'step':
    case 'paused':
    case 'retrying':
    case 'log':
    case 'error':
    case 'finished':
      return null;
  }
}
