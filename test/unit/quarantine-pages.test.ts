// The quarantine of a run in pages: of all tables or one, in any order, from any place.

import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openArtifacts } from '../../src/engine/run/artifacts.ts';
import { openAudit } from '../../src/engine/run/audit.ts';
import { createQuarantineReader, type ReadQuarantine } from '../../src/engine/run/quarantine/read.ts';
import { takenOver } from '../../src/engine/run/store/store.ts';
import type { QuarantineQuery, RefusedRow } from '../../src/shared/model/quarantine.ts';

let folder: string;
let read: ReadQuarantine;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'drover-quarantine-'));
  await mkdir(join(folder, 'quarantine'));
  read = createQuarantineReader();
});
afterEach(() => rm(folder, { recursive: true }));

const file = (name: string) => join(folder, 'quarantine', `${name}.ndjson`);

/** As the run writes them. */
const lines = (table: string, from: number, to: number): string =>
  Array.from({ length: to - from }, (_, i) => {
    const key = { id: String(from + i) };
    const row = { key, column: 'born', step: null, reason: 'not a date', values: { ...key, born: `ünsinn\n${i}` } };
    return `${JSON.stringify({ table, chunk: 0, ...row })}\n`;
  }).join('');

async function ask(more: Partial<QuarantineQuery> = {}): Promise<{ total: number; ids: string[] }> {
  const { total, rows } = await read(folder, { table: null, sort: [], offset: 0, limit: 1000, ...more }, new Map());
  return { total, ids: rows.map(({ table, key }) => `${table}.${key.id}`) };
}

test('nothing, where nothing was kept aside', async () => {
  await rm(join(folder, 'quarantine'), { recursive: true });
  expect(await read(folder, { table: null, sort: [], offset: 0, limit: 10 }, new Map())).toEqual({
    total: 0,
    tables: [],
    rows: [],
  });
});

test('a page begins and ends anywhere, across tables and files', async () => {
  // The names of two tables may lead to one file.
  await writeFile(file('a_b'), lines('a b', 0, 300) + lines('a"b', 0, 200) + lines('a b', 300, 301));
  await writeFile(file('c'), lines('c', 0, 1000));
  const { tables } = await read(folder, { table: null, sort: [], offset: 0, limit: 1 }, new Map());
  expect(tables).toEqual([
    { table: 'a b', rows: 301, resolved: 0 },
    { table: 'a"b', rows: 200, resolved: 0 },
    { table: 'c', rows: 1000, resolved: 0 },
  ]);
  expect(await ask({ offset: 299, limit: 3 })).toEqual({ total: 1501, ids: ['a b.299', 'a"b.0', 'a"b.1'] });
  expect((await ask({ offset: 499, limit: 4 })).ids).toEqual(['a"b.199', 'a b.300', 'c.0', 'c.1']);
  expect(await ask({ table: 'a b', offset: 299, limit: 10 })).toEqual({
    total: 301,
    ids: ['a b.299', 'a b.300'],
  });
  expect((await ask({ table: 'c', offset: 127, limit: 2 })).ids).toEqual(['c.127', 'c.128']);
  expect((await ask({ offset: 1500 })).ids).toEqual(['c.999']);
  expect((await ask({ offset: 1501 })).ids).toEqual([]);
});

test('sorted by any column, by size where numbers stand in a text', async () => {
  await writeFile(file('c'), lines('c', 0, 1200));
  await writeFile(file('d'), lines('d', 5, 6));
  expect((await ask({ sort: [{ by: 'key', descending: true }], limit: 2 })).ids).toEqual(['c.1199', 'c.1198']);
  const both = [
    { by: 'key', descending: false },
    { by: 'table', descending: true },
  ] as const;
  expect((await ask({ sort: [...both], offset: 5, limit: 2 })).ids).toEqual(['d.5', 'c.5']);
});

test('long batches that are kept aside at once do not tear each other', async () => {
  const { quarantine } = openArtifacts(
    folder,
    () => ({ text: '' }),
    openAudit(folder),
    async () => {},
  );
  const batch = (from: number): RefusedRow[] =>
    Array.from({ length: 500 }, (_, i) => ({
      key: { id: String(from + i) },
      column: 'v',
      step: null,
      rule: null,
      reason: 'too long',
      values: { v: 'x'.repeat(3000) },
    }));
  await Promise.all([0, 500, 1000, 1500].map((from) => quarantine('big', 'large', 0, batch(from))));
  const { total, ids } = await ask({ offset: 1000 });
  expect(total).toBe(2000);
  expect(ids).toHaveLength(1000);
});

test('a process whose run is another’s by now puts nothing there', async () => {
  const taken = takenOver('run');
  const { quarantine } = openArtifacts(
    folder,
    () => ({ text: '' }),
    openAudit(folder),
    () => Promise.reject(taken),
  );
  const row: RefusedRow = { key: {}, column: 'v', step: null, rule: null, reason: 'late', values: { v: 'x' } };
  await expect(quarantine('c', 'c', 0, [row])).rejects.toBe(taken);
  expect(await ask()).toEqual({ total: 0, ids: [] });
});

test('what grew is seen, what was left unfinished is not', async () => {
  await writeFile(file('c'), `${lines('c', 0, 2)}{"table":"c","chu`);
  expect(await ask()).toEqual({ total: 2, ids: ['c.0', 'c.1'] });
  await writeFile(file('c'), lines('c', 0, 2));
  await appendFile(file('c'), lines('c', 2, 3));
  expect(await ask()).toEqual({ total: 3, ids: ['c.0', 'c.1', 'c.2'] });
});

test('who took a row in is told, by its place in the table whatever the order', async () => {
  await writeFile(file('a'), lines('a', 0, 200) + lines('b', 0, 10) + lines('a', 200, 300));
  const resolved = new Map([
    [
      'a',
      new Map([
        [5, 'r1'],
        [250, 'r2'],
      ]),
    ],
  ]);
  const sort = [{ by: 'key' as const, descending: true }];
  for (const order of [[], sort]) {
    const page = await read(folder, { table: null, sort: order, offset: 0, limit: 1000 }, resolved);
    const taken = page.rows.filter(({ resolvedBy }) => resolvedBy !== null);
    expect(taken.map(({ table, key, resolvedBy }) => `${table}.${key.id} ${resolvedBy}`).sort()).toEqual([
      'a.250 r2',
      'a.5 r1',
    ]);
    expect(page.tables).toEqual([
      { table: 'a', rows: 300, resolved: 2 },
      { table: 'b', rows: 10, resolved: 0 },
    ]);
  }
});
