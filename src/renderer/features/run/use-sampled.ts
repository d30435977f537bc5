// A part of a store for drawing: as it is now, then as it is every so often.

import { useEffect, useState } from 'react';
import type { StoreApi } from 'zustand/vanilla';
import { subscribeSampled } from '../../client/sampled.ts';

/** The value now, then whenever it has changed, at most every so many milliseconds; the last change is never missed. */
export function useSampled<S, T>(store: StoreApi<S>, select: (state: S) => T, every: number): T {
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    const take = (): void => setValue(() => select(store.getState()));
    take();
    return subscribeSampled(store, every, take);
  }, [store, select, every]);
  return value;
}
