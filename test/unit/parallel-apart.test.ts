// Work of several groups side by side: those at work are kept apart, and the first failure ends it.

import { expect, test } from 'vitest';
import { parallelApart } from '../../src/engine/support/parallel.ts';

const GROUPS = [['a1', 'a2', 'a3'], ['b1', 'b2'], [], ['c1']];

/** Work that ends when it is told to. */
function workshop() {
  const underWay = new Map<string, (error?: Error) => void>();
  const begun: string[] = [];
  const work = (item: string) =>
    new Promise<void>((resolve, reject) => {
      begun.push(item);
      underWay.set(item, (error) => (error ? reject(error) : resolve()));
    });
  const end = async (item: string, error?: Error) => {
    underWay.get(item)!(error);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { begun, work, end };
}

test('the next item is of the group with the fewest under way', async () => {
  const { begun, work, end } = workshop();
  const all = parallelApart(GROUPS, 2, work);
  expect(begun).toEqual(['a1', 'b1']);
  await end('b1');
  expect(begun.slice(2)).toEqual(['b2']);
  await end('a1');
  expect(begun.slice(3)).toEqual(['a2']);
  await end('b2');
  expect(begun.slice(4)).toEqual(['c1']);
  await end('c1');
  expect(begun.slice(5)).toEqual(['a3']);
  await end('a2');
  await end('a3');
  await all;
});

test('after a failure nothing begins, and it is told when the rest has ended', async () => {
  const { begun, work, end } = workshop();
  const told: string[] = [];
  const all = parallelApart(GROUPS, 2, work, () => told.push('failed')).catch((error: Error) => error.message);
  await end('a1', new Error('no more'));
  expect(told).toEqual(['failed']);
  await end('b1');
  expect(begun).toEqual(['a1', 'b1']);
  expect(await all).toBe('no more');
});
