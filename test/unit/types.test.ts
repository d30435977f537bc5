// Joining logical types, and correcting them by what SQLite really stores.

import { describe, expect, test } from 'vitest';
import { observedType, storageMisfits } from '../../src/engine/dialects/observed.ts';
import { equal, widest } from '../../src/engine/dialects/types.ts';
import { compareDecimals } from '../../src/engine/support/decimal.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import { BIGINT, INT, TEXT, TINYINT1, UNSIGNED_BIGINT, varchar } from '../support/catalogs.ts';

const UNSIGNED_INT: LogicalType = { kind: 'integer', bits: 32, unsigned: true };

test.each<[LogicalType, LogicalType, LogicalType]>([
  [INT, BIGINT, BIGINT],
  [INT, UNSIGNED_INT, BIGINT],
  [BIGINT, UNSIGNED_BIGINT, { kind: 'decimal', precision: 20, scale: 0 }],
  [{ kind: 'boolean' }, INT, INT],
  [varchar(5), varchar(9), varchar(9)],
  [varchar(5), TEXT, TEXT],
  [
    { kind: 'decimal', precision: 10, scale: 2 },
    { kind: 'decimal', precision: 8, scale: 4 },
    { kind: 'decimal', precision: 12, scale: 4 },
  ],
  [{ kind: 'uuid' }, varchar(20), varchar(36)],
])('the widest of %j and %j is %j', (a, b, expected) => {
  expect(widest([a, b])).toEqual(expected);
  expect(widest([b, a])).toEqual(expected);
});

test('equality looks at bounds, not at hints', () => {
  expect(equal(TINYINT1, { kind: 'integer', bits: 8, unsigned: false })).toBe(true);
  expect(equal(varchar(5), varchar(6))).toBe(false);
});

describe('what is stored', () => {
  const stored = (integer: number, real: number, text: number, blob: number) => ({
    storageInteger: String(integer),
    storageReal: String(real),
    storageText: String(text),
    storageBlob: String(blob),
  });

  test('decides where all values agree', () => {
    expect(observedType(BIGINT, stored(0, 0, 3, 0))).toEqual(TEXT);
    expect(observedType({ kind: 'boolean' }, { ...stored(3, 0, 0, 0), min: '0', max: '7' })).toEqual(BIGINT);
    expect(observedType({ kind: 'date' }, { ...stored(0, 0, 3, 0), notIsoTimestamp: '0', maxChars: '19' }).kind).toBe(
      'timestamp',
    );
    expect(observedType(BIGINT, {})).toEqual(BIGINT);
  });

  test('leaves mixed columns as declared and counts the strays', () => {
    expect(observedType(BIGINT, stored(3, 0, 1, 0))).toEqual(BIGINT);
    expect(storageMisfits(BIGINT, stored(3, 1, 1, 1))).toBe(3n);
    expect(storageMisfits(TEXT, stored(0, 0, 5, 2))).toBe(2n);
    expect(storageMisfits(BIGINT, {})).toBe(0n);
  });
});

test('decimals compare exactly', () => {
  expect(compareDecimals('18446744073709551615', '18446744073709551614')).toBeGreaterThan(0);
  expect(compareDecimals('-1.5', '-1.49')).toBeLessThan(0);
  expect(compareDecimals('0.10', '0.1')).toBe(0);
  expect(compareDecimals('-0', '0')).toBe(0);
});
