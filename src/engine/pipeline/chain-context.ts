// What chains need from outside of the row, from what a work order brings.

import { lookupFile, openLookup } from './lookup-file.ts';
import type { Shaping } from './order.ts';
import type { ChainContext } from './transforms/chain.ts';

export function chainContext({ secrets, now, lookups }: Shaping): ChainContext {
  return {
    secret: (name) => secrets[name] ?? null,
    now: new Date(now),
    // Whoever gives the order has made what its steps look into.
    lookup: (lookup) => openLookup(lookupFile(lookups, lookup)),
  };
}
