// What `npm test` leaves to `npm run test:all`: the same again on other databases or in another theme.

/** Every combination, however long it takes. */
export const whole = process.env.DROVER_TEST_ALL === '1';

/** All of them, or the first ones. */
export function slice<T>(all: readonly T[], few: number): readonly T[] {
  return whole ? all : all.slice(0, few);
}
