// While one is carried out, of all that comes only the last waits for its turn.

import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { latestOnly } from '../../src/engine/support/latest.ts';

test('what comes meanwhile is replaced by what comes later', async () => {
  const seen: number[] = [];
  const first = Promise.withResolvers<void>();
  const put = latestOnly(async (value: number) => {
    seen.push(value);
    if (value === 0) await first.promise;
  });
  const all = [put(0)];
  await turn();
  for (let value = 1; value <= 1000; value++) all.push(put(value));
  first.resolve();
  await Promise.all(all);
  expect(seen).toEqual([0, 1000]);
});

test('one is carried out at a time', async () => {
  let running = 0;
  const put = latestOnly(async () => {
    expect(++running).toBe(1);
    await turn();
    running--;
  });
  const all: Promise<void>[] = [];
  for (let value = 0; value < 20; value++) {
    all.push(put(undefined));
    await turn();
  }
  await Promise.all(all);
});

test('a failure reaches those whose values it was, and nobody after them', async () => {
  const put = latestOnly(async (value: string) => {
    if (value === 'bad') throw new Error('disk full');
  });
  const replaced = put('good');
  const failing = put('bad');
  await expect(replaced).rejects.toThrow('disk full');
  await expect(failing).rejects.toThrow('disk full');
  await expect(put('good')).resolves.toBeUndefined();
});
