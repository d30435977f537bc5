// A store read no more often than is worth a drawing: events come ten times a second, eyes and processors want less.

import { useEffect, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';

/** The value now, then whenever it has changed, at most every so many milliseconds; the last change is never missed. */
export function useSampled<S, T>(store: StoreApi<S>, select: (state: S) => T, every: number): T {
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last = 0;
    const take = (): void => {
      timer = undefined;
      last = performance.now();
      setValue(() => select(store.getState()));
    };
    take();
    const stop = store.subscribe(() => {
      timer ??= setTimeout(take, Math.max(0, every - (performance.now() - last)));
    });
    return () => {
      stop();
      clearTimeout(timer);
    };
  }, [store, select, every]);
  return value;
}
