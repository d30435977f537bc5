// Rows of a grid that are fetched as they are looked at.

import { describe, expect, test } from 'vitest';
import { createPages, placeIn, rowIn } from '../../src/renderer/ui/grid/pages.ts';
import { inOrder } from '../../src/shared/ordering.ts';

const ALL = Array.from({ length: 10_000 }, (_, i) => `t${i}`);

function held(rows: readonly string[] = ALL) {
  const asked: number[] = [];
  let failing = false;
  const pages = createPages<string>(async ({ offset, limit }) => {
    asked.push(offset);
    await new Promise((resolve) => setTimeout(resolve, 1));
    if (failing) throw new Error('no line');
    return { total: rows.length, rows: rows.slice(offset, offset + limit) };
  });
  return { pages, asked, fail: (now: boolean) => (failing = now) };
}

const quiet = () => new Promise((resolve) => setTimeout(resolve, 30));

describe('pages', () => {
  test('hold what was looked at and no other', async () => {
    const { pages, asked } = held();
    pages.look(0, 30);
    await quiet();
    expect(asked).toEqual([0]);
    expect(pages.store.getState().total).toBe(10_000);
    expect(rowIn(pages.store.getState(), 7)).toBe('t7');
    expect(rowIn(pages.store.getState(), 100)).toBeUndefined();
    pages.look(90, 120);
    await quiet();
    expect(asked).toEqual([0, 100]);
    expect(placeIn(pages.store.getState(), (row) => row === 't101')).toBe(101);
    expect(placeIn(pages.store.getState(), (row) => row === 't500')).toBe(-1);
  });

  test('leave out what was scrolled past while one was on its way', async () => {
    const { pages, asked } = held();
    for (let first = 0; first < 9900; first += 100) pages.look(first, first + 30);
    await quiet();
    expect(asked).toEqual([0, 9800]);
  });

  test('forget what was looked at long ago', async () => {
    const { pages } = held();
    for (let first = 0; first < 6000; first += 100) await pages.row(first);
    expect(pages.store.getState().pages.size).toBe(40);
    expect(rowIn(pages.store.getState(), 0)).toBeUndefined();
    expect(rowIn(pages.store.getState(), 5900)).toBe('t5900');
  });

  test('bring one row from anywhere, none from beyond, and all for the clipboard', async () => {
    const { pages } = held(ALL.slice(0, 2500));
    expect(await pages.row(2499)).toBe('t2499');
    expect(await pages.row(2500)).toBeUndefined();
    expect(await pages.all()).toEqual(ALL.slice(0, 2500));
  });

  test('tell when one did not come, and try again with the next look', async () => {
    const { pages, fail } = held();
    fail(true);
    pages.look(0, 10);
    await quiet();
    expect(pages.store.getState().error).toBeInstanceOf(Error);
    fail(false);
    pages.look(0, 11);
    await quiet();
    expect(pages.store.getState()).toMatchObject({ error: null, total: 10_000 });
  });

  test('show those of before until the first of another order has come', async () => {
    const { pages: old } = held(ALL.slice(0, 50));
    await old.row(0);
    const pages = createPages<string>(async () => ({ total: 1, rows: ['z'] }), old.store.getState());
    expect(rowIn(pages.store.getState(), 49)).toBe('t49');
    pages.look(0, 30);
    await quiet();
    expect(pages.store.getState().total).toBe(1);
    expect(rowIn(pages.store.getState(), 0)).toBe('z');
    expect(rowIn(pages.store.getState(), 49)).toBeUndefined();
  });
});

test('lists are ordered by size, by name, and what is absent comes first', () => {
  const rows = [{ v: 't10' }, { v: null }, { v: 't9' }, { v: 2 }, { v: 10 }];
  const sorted = (descending: boolean) => inOrder(rows, [{ by: 'v', descending }], ({ v }) => v).map(({ v }) => v);
  expect(sorted(false)).toEqual([null, 2, 10, 't9', 't10']);
  expect(sorted(true)).toEqual(['t10', 't9', 10, 2, null]);
  expect(inOrder(rows, [], () => null)).toBe(rows);
});
