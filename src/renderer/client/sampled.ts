// A store read no more often than is worth a drawing: events come ten times a second, eyes and processors want less.

import type { StoreApi } from 'zustand/vanilla';

/** Calls `listener` after a change, at most every so many milliseconds; the last change is never missed. */
export function subscribeSampled<S>(store: StoreApi<S>, every: number, listener: () => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = (): void => {
    timer = undefined;
    listener();
  };
  const stop = store.subscribe(() => {
    // All go by one clock: what changes together is drawn together, in one frame.
    timer ??= setTimeout(tell, every - (performance.now() % every));
  });
  return () => {
    stop();
    clearTimeout(timer);
  };
}
