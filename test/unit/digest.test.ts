// The digest: known answers of the hash, and what makes two tables equal or different.

import { describe, expect, test } from 'vitest';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { addDigests, Digester } from '../../src/engine/pipeline/digest.ts';
import { murmur128 } from '../../src/engine/pipeline/murmur.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };

function digestOf(rows: (string | null)[][], logical: LogicalType = TEXT): { rows: number; sum: string } {
  const batch = new BatchWriter();
  for (const row of rows) {
    for (const value of row) value === null ? batch.null() : batch.text(value);
    batch.rows++;
  }
  const digester = new Digester((rows[0] ?? []).map((_, i) => ({ name: `c${i}`, logical })));
  digester.add(batch);
  return digester.digest;
}

describe('murmur128', () => {
  // Reference values of MurmurHash3_x86_128 with seed 0.
  test.each([
    ['', '00000000000000000000000000000000'],
    ['The quick brown fox jumps over the lazy dog', '2f1583c3ecee2c675d7bf66ce5e91d2c'],
  ])('hashes %j as the reference does', (text, expected) => {
    const out = new Uint32Array(4);
    const bytes = Buffer.from(text);
    murmur128(bytes, 0, bytes.length, out);
    expect([...out].map((word) => word.toString(16).padStart(8, '0')).join('')).toBe(expected);
  });
});

describe('digest', () => {
  const decimal: LogicalType = { kind: 'decimal', precision: 10, scale: 2 };
  const json: LogicalType = { kind: 'json' };

  test('does not depend on the order of rows', () => {
    expect(digestOf([['a'], ['b'], ['c']])).toEqual(digestOf([['c'], ['a'], ['b']]));
  });

  test('counts equal rows instead of cancelling them', () => {
    expect(digestOf([['a'], ['a']]).sum).not.toBe(digestOf([['b'], ['b']]).sum);
    expect(digestOf([['a'], ['a']]).sum).not.toBe('0'.repeat(32));
  });

  test('tells NULL from the empty text, and where a boundary between columns lies', () => {
    expect(digestOf([[null, '']]).sum).not.toBe(digestOf([['', null]]).sum);
    expect(digestOf([['ab', 'c']]).sum).not.toBe(digestOf([['a', 'bc']]).sum);
  });

  test('adds up from parts', () => {
    const rows = Array.from({ length: 5000 }, (_, i) => [`row ${i}`]);
    expect(addDigests([digestOf(rows.slice(0, 1234)), digestOf(rows.slice(1234))])).toEqual(digestOf(rows));
  });

  test.each([
    ['1.50', '1.5'],
    ['100', '100.00'],
    ['0', '-0.00'],
    ['10.0', '10'],
  ])('decimal %s equals %s', (a, b) => {
    expect(digestOf([[a]], decimal)).toEqual(digestOf([[b]], decimal));
  });

  test('decimal 100 is not 1', () => {
    expect(digestOf([['100']], decimal)).not.toEqual(digestOf([['1']], decimal));
  });

  test.each([
    ['{"b":1,"a":[1.0,2e1]}', '{"a": [1, 20], "b": 1}'],
    ['12345678901234567890123', '12345678901234567890123.0'],
    ['"\\u00e9"', '"é"'],
  ])('json %s equals %s', (a, b) => {
    expect(digestOf([[a]], json)).toEqual(digestOf([[b]], json));
  });

  test('json keeps every digit of a number', () => {
    expect(digestOf([['9007199254740993']], json)).not.toEqual(digestOf([['9007199254740992']], json));
  });

  test.each([
    ['2024-01-01 10:00:00', '2024-01-01 10:00:00.000000'],
    ['2024-01-01 10:00:00.5', '2024-01-01 10:00:00.500'],
  ])('timestamp %s equals %s', (a, b) => {
    const timestamp: LogicalType = { kind: 'timestamp', precision: 6, zone: false };
    expect(digestOf([[a]], timestamp)).toEqual(digestOf([[b]], timestamp));
  });

  test('interval PT-100H-30M equals PT-100H-30M0S, and a day is not 24 hours', () => {
    const interval: LogicalType = { kind: 'interval' };
    expect(digestOf([['PT-100H-30M']], interval)).toEqual(digestOf([['PT-100H-30M0S']], interval));
    expect(digestOf([['P1D']], interval)).not.toEqual(digestOf([['PT24H']], interval));
  });
});
