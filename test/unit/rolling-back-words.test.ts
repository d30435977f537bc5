// What the dialog says of the tables of a run that are chosen to be rolled back.

import { expect, test } from 'vitest';
import { chosenWords, fateWords } from '../../src/renderer/features/recovery/fate-words.ts';
import type { Returning } from '../../src/shared/model/run.ts';

function table(name: string, more: Partial<Returning> = {}): Returning {
  return { table: name, stands: 'published', replaces: false, ties: [], ...more };
}

const tables = [
  table('stock', { ties: [{ key: 'stock_warehouse', table: 'warehouses' }] }),
  table('warehouses', { replaces: true, ties: [{ key: 'stock_warehouse', table: 'stock' }] }),
  table('customers'),
  table('payments', { stands: 'taken back' }),
];

test('what comes back is told before what goes', () => {
  expect(fateWords(3, 1)).toBe('1 table of before comes back, and 2 tables that the run made go');
  expect(fateWords(1, 0)).toBe('1 table that the run made goes');
});

test('nothing is chosen yet', () => {
  expect(chosenWords(new Set(), tables)).toBe('No table is chosen yet.');
});

test('those that come along are counted, and of the others those that still stand', () => {
  expect(chosenWords(new Set(['warehouses']), tables)).toBe(
    '1 table of before comes back, and 1 table that the run made goes, 1 of them tied by foreign keys; 1 table stays published.',
  );
});

test('all of them', () => {
  expect(chosenWords(new Set(['warehouses', 'customers']), tables)).toBe(
    '1 table of before comes back, and 2 tables that the run made go, 1 of them tied by foreign keys.',
  );
});
