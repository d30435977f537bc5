// Numbers, sizes and times as people read them.

import { expect, test } from 'vitest';
import { clock, count, duration, list, many, shortDigest, size } from '../../src/shared/format.ts';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [625_476, '625,476'],
  [1_234_567_890, '1,234,567,890'],
])('count %d', (value, text) => expect(count(value)).toBe(text));

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1000, '1.0 kB'],
  [62_412_331, '62.4 MB'],
  [999_999, '1.0 MB'],
  [148_000_000, '148 MB'],
  [3e12, '3.0 TB'],
])('size %d', (value, text) => expect(size(value)).toBe(text));

test.each([
  [0.04, '0.0 s'],
  [12.34, '12.3 s'],
  [59.97, '1 min 00 s'],
  [125, '2 min 05 s'],
  [3725, '1 h 02 min'],
])('duration %d', (value, text) => expect(duration(value)).toBe(text));

test('clock', () => {
  expect([0, 64, 3723].map(clock)).toEqual(['0:00', '1:04', '1:02:03']);
});

test('words', () => {
  expect(many(1, 'row')).toBe('1 row');
  expect(many(2000, 'row')).toBe('2,000 rows');
  expect(list(['a'])).toBe('a');
  expect(list(['a', 'b', 'c'])).toBe('a, b and c');
  expect(list(['a', 'b', 'c', 'd'], 3)).toBe('a, b and 2 more');
  expect(shortDigest('0123456789abcdef0123456789abcdef')).toBe('0123…cdef');
});
