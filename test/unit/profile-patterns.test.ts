// Patterns, ways of writing dates, and the edges of histograms.

import { describe, expect, test } from 'vitest';
import { edgesBetween } from '../../src/engine/inspect/histogram.ts';
import { dateForms, patternOf, patternsOf, shapeOf } from '../../src/engine/inspect/patterns.ts';

test.each([
  ['2024-01-31', '9999-99-99'],
  ['ABC-123', 'AAA-999'],
  ['Ærø 7', 'Aaa 9'],
  ['東京', 'aa'],
  ['4111111111111111', '9{16}'],
  ['٣٤', '99'],
  ['a\tb', 'a\ta'],
  ['', ''],
  ['😀x', '😀a'],
  ['-'.repeat(60), '-{60}'],
])('%j is %j', (value, pattern) => {
  expect(patternOf(value)).toBe(pattern);
});

test('the shape counts runs of letters and digits as one', () => {
  expect(shapeOf('John Smith, 12')).toBe('Aa+ Aa+, 9+');
  expect(shapeOf('--x')).toBe('--a');
});

test('patterns are cut at a length that fits a line', () => {
  expect([...patternOf('a-'.repeat(100))]).toHaveLength(48);
});

test('few patterns are told letter by letter, many by their shape, and all values are accounted for', () => {
  expect(patternsOf(['A1', 'B2', 'x'])).toEqual({
    values: 3,
    found: [
      { pattern: 'A9', values: 2 },
      { pattern: 'a', values: 1 },
    ],
    others: 0,
  });
  const many = Array.from({ length: 30 }, (_, i) => `${'a'.repeat(i + 1)} ${'-'.repeat(i % 2)}`);
  const { found, others, values } = patternsOf(many);
  expect(found.map(({ pattern }) => pattern)).toContain('a+ -');
  expect(found.reduce((sum, each) => sum + each.values, others)).toBe(values);
  expect(patternsOf([])).toEqual({ values: 0, found: [], others: 0 });
});

describe('ways of writing dates', () => {
  test('are told where there are two or more', () => {
    expect(dateForms(['2024-01-31', '2024-02-01 10:00', '31/01/2024', '31.01.2024'])).toEqual([
      { form: 'YYYY-MM-DD', values: 2 },
      { form: '99/99/YYYY', values: 1 },
      { form: '99.99.YYYY', values: 1 },
    ]);
  });
  test.each([
    [['2024-01-31', '2024-02-01']],
    [['2024-01-31', '31/01/2024', 'a', 'b', 'c']],
    [['AB-12', 'CD-13']],
    [['192.168.0.1', '1.2.3']],
    [[]],
  ])('%j are none', (values) => {
    expect(dateForms(values)).toEqual([]);
  });
});

describe('edges of a histogram', () => {
  test.each([
    ['numbers', '0', '9', 11, '0', '10'],
    ['numbers', '-7', '120', 15, '-10', '130'],
    ['numbers', '5', '5', 2, '5', '6'],
    ['numbers', '0.05', '0.05', 2, '0.05', '0.06'],
    ['numbers', '-0.013', '0.02', 19, '-0.014', '0.022'],
    ['numbers', '9007199254740993', '18446744073709551615', 20, '0', '19000000000000000000'],
    ['times', '2024-01-01', '2024-01-10', 11, '2024-01-01', '2024-01-11'],
    ['times', '0001-01-01', '9999-12-31', 11, '0001-01-01', '9999-01-01'],
    ['times', '1999-06-01 10:00:00', '2024-06-01', 15, '1998-01-01', '2026-01-01'],
    ['times', '2024-05-01 10:00:00', '2024-05-01 10:00:07.25', 9, '2024-05-01 10:00', '2024-05-01 10:00:08'],
    ['times', '2024-05-01T10:00', '2024-05-01 23:10:00+00', 15, '2024-05-01 10:00', '2024-05-02'],
  ] as const)('%s %s … %s', (of, min, max, length, first, last) => {
    const edges = edgesBetween(of, min, max)!;
    expect({ length: edges.length, first: edges[0], last: edges.at(-1) }).toEqual({ length, first, last });
    expect(edges.length).toBeLessThanOrEqual(21);
  });

  test('are none where the extremes are not understood', () => {
    expect(edgesBetween('numbers', 'NaN', '1')).toBeNull();
    expect(edgesBetween('times', '-infinity', 'infinity')).toBeNull();
  });

  test('grow', () => {
    for (const [min, max] of [
      ['1900-02-28', '2100-03-01'],
      ['2020-12-31', '2021-01-01'],
    ] as const) {
      const edges = edgesBetween('times', min, max)!;
      expect(edges).toEqual([...edges].sort());
      expect(new Set(edges).size).toBe(edges.length);
    }
  });
});
