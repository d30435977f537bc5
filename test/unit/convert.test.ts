// Conversions between logical types: exact or refused, never silently rounded.

import { describe, expect, test } from 'vitest';
import { BatchWriter, fieldLength, NULL_LENGTH } from '../../src/engine/pipeline/batch.ts';
import { convertible } from '../../src/engine/pipeline/conversions.ts';
import { compileConverter } from '../../src/engine/pipeline/convert.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { Lane } from '../../src/shared/model/plan.ts';

const anything = {
  zeroDates: true,
  infiniteDates: true,
  years: { min: -4712, max: 294276 },
  notFinite: true,
  infiniteFloats: true,
};
const strict = {
  zeroDates: false,
  infiniteDates: false,
  years: { min: 1, max: 9999 },
  notFinite: false,
  infiniteFloats: false,
};

function convert(
  from: LogicalType,
  to: LogicalType,
  value: string | number | null,
  unrepresentable: Lane['unrepresentable'] = 'refuse',
): string | number | null {
  const batch = new BatchWriter();
  if (value === null) batch.null();
  else if (typeof value === 'number') batch.double(value);
  else batch.text(value);
  batch.rows = 1;
  const lane: Lane = {
    source: 'c',
    sourceNative: 'any',
    sourceLogical: from,
    target: 'c',
    targetLogical: to,
    unrepresentable,
  };
  const converter = compileConverter('t', [lane], { source: anything, target: strict }, new BatchWriter());
  const { bytes } = converter ? converter.convert(batch) : batch;
  const length = fieldLength(bytes, 0);
  if (length === NULL_LENGTH) return null;
  return to.kind === 'float' ? bytes.readDoubleBE(4) : bytes.toString('utf8', 4, 4 + length);
}

const integer = (bits: 8 | 16 | 32 | 64, unsigned = false): LogicalType => ({ kind: 'integer', bits, unsigned });
const decimal: LogicalType = { kind: 'decimal', precision: 20, scale: 4 };
const text: LogicalType = { kind: 'text', length: null, fixed: false };
const float: LogicalType = { kind: 'float', bits: 64 };
const timestamp: LogicalType = { kind: 'timestamp', precision: 6, zone: false };
const time = (extended: boolean): LogicalType => ({ kind: 'time', precision: 6, extended, zone: false });

describe('conversions', () => {
  test.each<[LogicalType, string | number, LogicalType, string | number]>([
    [integer(64, true), '18446744073709551615', decimal, '18446744073709551615'],
    [integer(64, true), '9223372036854775807', integer(64), '9223372036854775807'],
    [decimal, '12.0000', integer(32), '12'],
    [float, 1e21, decimal, '1000000000000000000000'],
    [float, 1.5e-7, decimal, '0.00000015'],
    [float, 0.1, text, '0.1'],
    [text, ' 1,5', text, ' 1,5'],
    [text, '1e3', decimal, '1000'],
    [text, 'yes', { kind: 'boolean' }, '1'],
    [{ kind: 'boolean' }, '1', text, 'true'],
    [{ kind: 'bit', length: 5, varying: false }, '10101', integer(32), '21'],
    [{ kind: 'bit', length: 64, varying: false }, '1'.repeat(64), integer(64, true), '18446744073709551615'],
    [
      { kind: 'set', labels: [] },
      'a,b c',
      { kind: 'array', element: { kind: 'text', length: null, fixed: false } },
      '{a,"b c"}',
    ],
    [
      { kind: 'array', element: { kind: 'integer', bits: 32, unsigned: false } },
      '{1,NULL,{2,3}}',
      { kind: 'json' },
      '[1,null,[2,3]]',
    ],
    [
      { kind: 'array', element: { kind: 'text', length: null, fixed: false } },
      '{"a\\"b",NULL,"NULL"}',
      { kind: 'json' },
      '["a\\"b",null,"NULL"]',
    ],
    [{ kind: 'date' }, '2024-02-29', timestamp, '2024-02-29 00:00:00'],
    [timestamp, '2024-02-29 00:00:00.000', { kind: 'date' }, '2024-02-29'],
    [time(true), '-100:30:00', { kind: 'interval' }, 'PT-100H-30M-0S'],
    [text, '10:00:00.5', { kind: 'interval' }, 'PT10H0M0.5S'],
    [text, ' P1Y2M3DT4H5M6.7S', { kind: 'interval' }, 'P1Y2M3DT4H5M6.7S'],
    [text, '{6F9619FF-8B86-D011-B42D-00C04FC964FF}', { kind: 'uuid' }, '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
  ])('%j %j becomes %j %j', (from, value, to, expected) => {
    expect(convert(from, to, value)).toBe(expected);
  });

  test.each<[LogicalType, string | number, LogicalType]>([
    [text, 'a while', { kind: 'interval' }],
    [text, 'PT', { kind: 'interval' }],
    [integer(64, true), '9223372036854775808', integer(64)],
    [integer(32), '300', integer(8, true)],
    [decimal, '1.5', integer(32)],
    [text, 'abc', integer(32)],
    [text, '', decimal],
    [timestamp, '2024-02-29 10:00:00', { kind: 'date' }],
    [{ kind: 'date' }, '0000-00-00', { kind: 'date' }],
    [{ kind: 'date' }, '2001-00-05', { kind: 'date' }],
    [timestamp, 'infinity', timestamp],
    [timestamp, '0044-03-15 12:00:00 BC', timestamp],
    [timestamp, '12024-01-01 00:00:00', timestamp],
    [float, Number.NaN, float],
    [float, Number.NEGATIVE_INFINITY, float],
    [time(true), '100:00:00', time(false)],
    [time(true), '-00:00:01', time(false)],
  ])('%j %j is refused as %j, or becomes NULL where so decided', (from, value, to) => {
    expect(() => convert(from, to, value)).toThrow(/can't be held/);
    expect(convert(from, to, value, 'null')).toBeNull();
  });

  test('0009-12-04 is a date like any other', () => {
    expect(convert({ kind: 'date' }, { kind: 'date' }, '0009-12-04')).toBe('0009-12-04');
  });

  test('NULL stays NULL', () => {
    expect(convert(text, integer(32), null)).toBeNull();
  });

  test('a time of day stays', () => {
    expect(convert(time(true), time(false), '23:59:59.999999')).toBe('23:59:59.999999');
  });

  test('no conversion leads from a blob to a number', () => {
    expect(convertible({ kind: 'binary', length: null, fixed: false }, integer(32))).toBe(false);
  });
});
