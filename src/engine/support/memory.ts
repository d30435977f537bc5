// Gives back the memory of buffers that are no longer used, before they pile up.

import { getHeapStatistics, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const EVERY_BYTES = 4 * 1024 * 1024;
/** So much more than after the last full collection may lie outside the heap, and in it: long texts do. */
const MOST_GROWTH = 12 * 1024 * 1024;

/**
 * To be told of every so many bytes that passed. Buffers of sockets and blobs live outside V8's heap, where a few
 * bytes each seem to be all they cost; left alone it lets some 50 MB of dead ones gather in every thread.
 * A young collection takes about a millisecond. What has outlived two of them only a full one finds dead, in some ten.
 */
export function createSweeper(): (bytes: number) => void {
  const collect = collector();
  let passed = 0;
  let least = Number.POSITIVE_INFINITY;
  return (bytes) => {
    passed += bytes;
    if (passed < EVERY_BYTES) return;
    passed = 0;
    collect({ type: 'minor' });
    const taken = takenNow();
    least = Math.min(least, taken);
    if (taken < least + MOST_GROWTH) return;
    collect({ type: 'major' });
    least = takenNow();
  };
}

function takenNow(): number {
  const { external_memory, used_heap_size } = getHeapStatistics();
  return external_memory + used_heap_size;
}

/** For when a thread has done one kind of work, and others are to have the memory. */
export function collectAll(): void {
  collector()({ type: 'major' });
}

function collector(): (options: { readonly type: 'minor' | 'major' }) => void {
  setFlagsFromString('--expose-gc');
  return runInNewContext('gc') as ReturnType<typeof collector>;
}
