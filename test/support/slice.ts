// What `npm test` leaves to `npm run test:all`: the same again on other databases or in another theme.

import { createHash } from 'node:crypto';

/** Every combination, however long it takes. */
export const whole = process.env.DROVER_TEST_ALL === '1';

/** Another one tests other combinations; the same one tests the same ones again. */
const seed = process.env.DROVER_TEST_SEED ?? 'drover';

/** All of them, or the first ones. */
export function slice<T>(all: readonly T[], few: number): readonly T[] {
  return whole ? all : all.slice(0, few);
}

/** All of them, or some that depend on the name and the seed, in their order. */
export function chosen<T>(name: string, all: readonly T[], few: number): readonly T[] {
  if (whole || all.length <= few) return all;
  const rank = (index: number) => createHash('sha1').update(`${seed} ${name} ${index}`).digest('hex');
  const ranked = all.map((_, index) => index).sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
  const taken = new Set(ranked.slice(0, few));
  return all.filter((_, index) => taken.has(index));
}
