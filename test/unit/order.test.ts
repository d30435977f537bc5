// Order of tables and chunks of a table.

import { describe, expect, test } from 'vitest';
import { chunkColumn, chunkRanges } from '../../src/engine/plan/chunks.ts';
import { dependencyGroups } from '../../src/engine/plan/order.ts';
import { BIGINT, column, TEXT, table } from '../support/catalogs.ts';

function groups(edges: Record<string, string[]>): string[][] {
  return dependencyGroups(Object.entries(edges).map(([name, refersTo]) => ({ name, refersTo })));
}

describe('order', () => {
  test('puts what others refer to first and keeps the given order otherwise', () => {
    expect(
      groups({ items: ['orders', 'products'], orders: ['customers'], customers: [], products: [], log: [] }),
    ).toEqual([['customers'], ['orders'], ['products'], ['items'], ['log']]);
  });

  test('keeps tables that refer to each other together', () => {
    expect(groups({ a: ['b'], b: ['c'], c: ['a'], d: ['a'], e: ['e', 'unknown'] })).toEqual([
      ['a', 'b', 'c'],
      ['d'],
      ['e'],
    ]);
    expect(groups({ x: ['a'], a: ['b', 'p'], b: ['a'], p: [] })).toEqual([['p'], ['a', 'b'], ['x']]);
  });

  test('bears long chains', () => {
    const edges = Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`t${i}`, [`t${i + 1}`]]));
    const result = groups(edges);
    expect(result).toHaveLength(20_000);
    expect(result[0]).toEqual(['t19999']);
  });
});

describe('chunks', () => {
  const id = column('id', 'bigint', BIGINT, { nullable: false });
  const big = table('big', [id], { primaryKey: { name: 'pk', columns: ['id'] }, rowEstimate: 1_000_000 });

  test('tile an integer key without gap or overlap', () => {
    expect(chunkRanges(big, { id: { min: '-5', max: '9223372036854775807' } })).toEqual([
      { kind: 'range', column: 'id', after: null, upto: '2305843009213693947' },
      { kind: 'range', column: 'id', after: '2305843009213693947', upto: '4611686018427387900' },
      { kind: 'range', column: 'id', after: '4611686018427387900', upto: '6917529027641081853' },
      { kind: 'range', column: 'id', after: '6917529027641081853', upto: null },
    ]);
  });

  test('are one for small tables, other keys, and unknown or narrow bounds', () => {
    expect(chunkColumn({ ...big, rowEstimate: 500_000 })).toBeNull();
    expect(chunkColumn({ ...big, primaryKey: { name: 'pk', columns: ['id', 'x'] } })).toBeNull();
    expect(chunkColumn({ ...big, columns: [{ ...id, logical: TEXT }] })).toBeNull();
    expect(chunkColumn({ ...big, columns: [{ ...id, nullable: true }] })).toBeNull();
    expect(chunkRanges(big, {})).toEqual([{ kind: 'all' }]);
    expect(chunkRanges(big, { id: { min: null, max: null } })).toEqual([{ kind: 'all' }]);
    expect(chunkRanges(big, { id: { min: '7', max: '7' } })).toEqual([{ kind: 'all' }]);
  });
});
