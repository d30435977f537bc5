// Long work on the main thread takes a breath now and then, so that what others ask meanwhile is answered.

import { setImmediate as turn } from 'node:timers/promises';

const LONGEST_MS = 10;

export type Breathe = () => Promise<void> | undefined;

/** Called between two pieces of work; what it gives is to be awaited, and waits only when enough was done since. */
export function createBreath(): Breathe {
  let since = performance.now();
  return () => {
    if (performance.now() - since < LONGEST_MS) return undefined;
    return turn().then(() => {
      since = performance.now();
    });
  };
}
