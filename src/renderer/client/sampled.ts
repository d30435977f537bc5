// A store read no more often than is worth a drawing: events come ten times a second, eyes and processors want less.

import type { StoreApi } from 'zustand/vanilla';

/**
 * Calls `listener` after a change, at most every so many milliseconds; the last change is never missed, and the first one
 * after a rest is told at once. All go by one clock and are called from one timer: what changes together is drawn
 * together, in one frame.
 */
export function subscribeSampled<S>(store: StoreApi<S>, every: number, listener: () => void): () => void {
  let waits = false;
  let told = Number.NEGATIVE_INFINITY;
  let stopped = false;
  const tell = (): void => {
    if (stopped) return;
    waits = false;
    told = performance.now();
    listener();
  };
  const stop = store.subscribe(() => {
    if (waits) return;
    waits = true;
    const now = performance.now();
    onBeat(now - told > 2 * every ? AT_ONCE : now + every - (now % every), tell);
  });
  return () => {
    stop();
    stopped = true;
  };
}

const AT_ONCE = 0;

/** What is called at a moment of the clock, which all have whose intervals end there. */
const beats = new Map<number, (() => void)[]>();

function onBeat(moment: number, tell: () => void): void {
  const beat = Math.round(moment);
  const known = beats.get(beat);
  if (known) return void known.push(tell);
  const tells = [tell];
  beats.set(beat, tells);
  setTimeout(
    () => {
      beats.delete(beat);
      for (const each of tells) each();
    },
    Math.max(0, beat - performance.now()),
  );
}
