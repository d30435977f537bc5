// A store read no more often than is worth a drawing: events come ten times a second, eyes and processors want less.

import type { StoreApi } from 'zustand/vanilla';

/**
 * Calls `listener` after a change, at most every so many milliseconds; the last change is never missed, and the first one
 * after a rest is told at once.
 */
export function subscribeSampled<S>(store: StoreApi<S>, every: number, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let told = Number.NEGATIVE_INFINITY;
  const tell = (): void => {
    timer = undefined;
    told = performance.now();
    listener();
  };
  const stop = store.subscribe(() => {
    const now = performance.now();
    // All go by one clock: what changes together is drawn together, in one frame.
    timer ??= setTimeout(tell, now - told > 2 * every ? 0 : every - (now % every));
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
