// Runs work side by side, a bounded number at a time.

/** Starts in order; on the first failure starts no more, waits for those under way, and throws that failure. */
export async function parallel<T, R>(
  items: readonly T[],
  limit: number,
  work: (item: T, index: number) => Promise<R>,
  onFailure: () => void = () => undefined,
): Promise<R[]> {
  const results: R[] = new Array(items.length);
  let failure: { readonly error: unknown } | null = null;
  let next = 0;

  async function lane(): Promise<void> {
    while (next < items.length && failure === null) {
      const index = next++;
      try {
        results[index] = await work(items[index]!, index);
      } catch (error) {
        if (failure === null) {
          failure = { error };
          onFailure();
        }
      }
    }
  }

  await Promise.all(Array.from({ length: Math.max(1, Math.min(limit, items.length)) }, lane));
  throwIf(failure);
  return results;
}

/** Waits for both, whatever becomes of the other: what is still under way must not be forgotten. Throws the first failure. */
export async function both<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}

/**
 * As `parallel`, but those at work are kept apart: the next item is taken from the group that has the fewest under way,
 * of several the first.
 */
export async function parallelApart<T>(
  groups: readonly (readonly T[])[],
  limit: number,
  work: (item: T) => Promise<unknown>,
  onFailure: () => void = () => undefined,
): Promise<void> {
  const left = groups.map((items) => ({ items, next: 0, underWay: 0 }));
  const places = groups.flat();
  await parallel(
    places,
    limit,
    async () => {
      const waiting = left.filter(({ items, next }) => next < items.length);
      const group = waiting.reduce((best, each) => (each.underWay < best.underWay ? each : best));
      const item = group.items[group.next++]!;
      group.underWay++;
      try {
        await work(item);
      } finally {
        group.underWay--;
      }
    },
    onFailure,
  );
}

function throwIf(failure: { readonly error: unknown } | null): void {
  if (failure !== null) throw failure.error;
}
