// Stores are plain zustand; this is how a component reads one.

import { useStore } from 'zustand';
import type { StoreApi } from 'zustand/vanilla';

/** The part of a store that `select` names; the component is drawn anew when that part changes. */
export function useFrom<S, T>(store: StoreApi<S>, select: (state: S) => T): T {
  return useStore(store, select);
}
