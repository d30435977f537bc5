// The benchmark's verdicts: from figures to PASS, short, or why not measured.

import { expect, test } from 'vitest';
import type { Figure } from '../../bench/figures.ts';
import { type Target, verdictOf } from '../../bench/targets/target.ts';
import { type Run, targetsOf } from '../../bench/targets/targets.ts';

const nothing: Run = {
  parts: ['pairs'],
  pairs: [['mariadb', 'postgres']],
  medians: [],
  absent: new Map(),
  transforms: [],
  startup: [],
};

const drover: Figure = {
  part: 'pairs',
  set: 'shop',
  source: 'mariadb',
  target: 'postgres',
  contender: 'Drover',
  round: 1,
  rows: 1_000,
  wall: 10,
  plan: 1,
  copy: 4,
  index: 2,
  verify: 3,
  cpu: 5,
  peak: 200_000_001,
  failure: null,
};
const pgloader: Figure = { ...drover, contender: 'pgloader', wall: 21, copy: null, verify: null, peak: 1e9 };
const rawRead: Figure = { ...pgloader, part: 'raw', contender: 'mariadb, reading', target: null, copy: 3.4 };
const rawWrite: Figure = { ...pgloader, part: 'raw', contender: 'psql', source: null, copy: 2 };

test('without verification is the whole minus its seconds, with it the whole', () => {
  const [without, whole] = targetsOf({ ...nothing, medians: [drover, pgloader] });
  expect(without).toMatchObject({ measured: { value: 7 }, against: { of: 'pgloader', value: 21 } });
  expect(told(without)).toEqual({ kind: 'PASS', ratio: 7 / 21 });
  expect(told(whole)).toEqual({ kind: 'PASS', ratio: 10 / 21 });
});

test('a little above what is wanted is short', () => {
  const [without, whole] = targetsOf({ ...nothing, medians: [drover, { ...pgloader, wall: 19.9 }] });
  expect(told(without).kind).toBe('short');
  expect(told(whole).kind).toBe('short');
});

test('copying is held against reading or writing, whichever takes longer', () => {
  const copy = (medians: Figure[]) =>
    targetsOf({ ...nothing, medians }).find(({ what }) => what === 'mariadb → postgres, copy phase');
  const byReading = copy([drover, rawRead, rawWrite]);
  expect(byReading?.against).toMatchObject({ of: 'raw read of mariadb', value: 3.4 });
  expect(told(byReading)).toEqual({ kind: 'PASS', ratio: 0.85 });
  const byWriting = copy([drover, rawRead, { ...rawWrite, copy: 3.6 }]);
  expect(byWriting?.against).toMatchObject({ of: 'raw write into postgres', value: 3.6 });
  expect(told(copy([drover, { ...rawRead, copy: 3.3 }, rawWrite])).kind).toBe('short');
  expect(told(copy([drover, rawWrite]))).toEqual({ kind: 'not measured', why: 'no figure of raw read of mariadb' });
});

test('who is not here, or failed, is named with the reason, and nothing passes for it', () => {
  const absent = new Map([['pgloader', 'pgloader is not installed']]);
  const [alone] = targetsOf({ ...nothing, medians: [drover], absent });
  expect(told(alone)).toEqual({ kind: 'not measured', why: 'pgloader is not installed' });
  const failed = { ...drover, failure: '9 of 10 rows arrived' };
  const [broken] = targetsOf({ ...nothing, medians: [failed, pgloader] });
  expect(told(broken)).toEqual({ kind: 'not measured', why: 'Drover failed: 9 of 10 rows arrived' });
});

test('SQLite to SQLite is held against twice the backup with the verification', () => {
  const pair = { source: 'sqlite', target: 'sqlite' } as const;
  const medians = [
    { ...drover, ...pair },
    { ...pgloader, ...pair, contender: 'sqlite3 .backup', wall: 2 },
  ];
  const [row] = targetsOf({ ...nothing, pairs: [['sqlite', 'sqlite']], medians });
  expect(told(row)).toEqual({ kind: 'PASS', ratio: 10 / (2 + 3) });
});

test('limits: memory, start-up, transforms', () => {
  const targets = targetsOf({
    ...nothing,
    parts: [],
    medians: [drover, pgloader],
    transforms: [
      { what: 'ten steps', data: '', perCore: [249_999, 250_000, 400_000], perSecond: [], limit: 250_000 },
      { what: 'none', data: '', perCore: [1], perSecond: [], limit: null },
    ],
    startup: [{ what: 'drover --version', values: [0.1, 0.3, 0.2], limit: 0.2 }],
  });
  expect(targets.map((target) => [target.what.split(':')[0], told(target).kind])).toEqual([
    ['peak memory, the highest median', 'short'],
    ['transforms, ten steps', 'PASS'],
    ['drover --version', 'PASS'],
  ]);
});

test('growth: a row against a row of the best that was smaller', () => {
  const at = (rows: number, wall: number): Figure => ({ ...drover, part: 'growth', rows, wall, peak: 100 });
  const growth = (...medians: Figure[]) =>
    targetsOf({ ...nothing, parts: ['growth'], medians })
      .filter(({ what }) => what.includes('at '))
      .map((target) => [target.what.split(', ')[1], told(target).kind]);
  expect(growth(at(16_000, 175), at(1_000, 10), at(4_000, 45))).toEqual([
    ['time for a row at 4×', 'short'],
    ['peak memory at 4×', 'PASS'],
    ['time for a row at 16×', 'PASS'],
    ['peak memory at 16×', 'PASS'],
  ]);
  // Starting up makes the smallest look slow.
  expect(growth(at(1_000, 20), at(4_000, 32), at(16_000, 144))[2]).toEqual(['time for a row at 16×', 'short']);
});

function told(target: Target | undefined) {
  return verdictOf(target!);
}
