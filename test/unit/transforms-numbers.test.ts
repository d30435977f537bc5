// Numbers: exact whatever their length, and never a float.

import { describe, expect, test } from 'vitest';
import type { Transform } from '../../src/shared/model/transform.ts';
import { apply, chainOf } from './transforms-apply.ts';

const plain: Transform = { do: 'number' };
const dollars: Transform = { do: 'number', group: ',', strip: '$€-]^' };
const round = (digits: number): Transform => ({ do: 'round', digits });
const scale = (by: number): Transform => ({ do: 'scale', by });
const LONG = '123456789012345678901234567890.123456789';

describe('numbers', () => {
  test.each<[Transform, string, string]>([
    [plain, '1.50', '1.50'],
    [plain, ' +007.10 ', '7.10'],
    [plain, '.5', '0.5'],
    [plain, '5.', '5'],
    [plain, '-0.00', '0.00'],
    [plain, '-0', '0'],
    [plain, '1.5e3', '1500'],
    [plain, '12E-3', '0.012'],
    [plain, '1e400', `1${'0'.repeat(400)}`],
    [plain, LONG, LONG],
    [{ do: 'number', group: ',' }, '1,234,567.89', '1234567.89'],
    [{ do: 'number', group: ',' }, '12,34,567', '1234567'],
    [{ do: 'number', group: ',' }, '1234567', '1234567'],
    [{ do: 'number', group: ',' }, '−1,234', '-1234'],
    [{ do: 'number', group: ' ', decimal: ',' }, '1\u202f234\u00a0567,5', '1234567.5'],
    [{ do: 'number', group: "'" }, "1'234’567.5", '1234567.5'],
    [{ do: 'number', group: '_' }, '1_000', '1000'],
    [{ do: 'number', group: '.', decimal: ',' }, '1.234,50', '1234.50'],
    [{ do: 'number', decimal: ',' }, '1,5e2', '150'],
    [dollars, '$ 1,234.50', '1234.50'],
    [dollars, '€^5-]', '5'],
    [round(2), '1.005', '1.01'],
    [round(2), '-1.005', '-1.01'],
    [round(2), '1.0049999', '1.00'],
    [round(2), '1.5', '1.5'],
    [round(2), '1.50', '1.50'],
    [round(0), '99.5', '100'],
    [round(0), '-0.4', '0'],
    [round(0), '-0.5', '-1'],
    [round(2), '9999999999999999999999.995', '10000000000000000000000.00'],
    [round(1), '1.25e1', '12.5'],
    [scale(-2), '150', '1.50'],
    [scale(-2), '-5', '-0.05'],
    [scale(2), '1.5', '150'],
    [scale(1), '1.50', '15.0'],
    [scale(3), '-0.001', '-1'],
    [scale(-9), LONG, '123456789012345678901.234567890123456789'],
    [{ do: 'cast', to: 'integer' }, ' 12.00', '12'],
    [{ do: 'cast', to: 'integer' }, '-9223372036854775808', '-9223372036854775808'],
    [{ do: 'cast', to: 'decimal' }, '1e2', '100'],
    [{ do: 'cast', to: 'boolean' }, ' Yes', 'true'],
    [{ do: 'cast', to: 'boolean' }, '0', 'false'],
    [{ do: 'cast', to: 'uuid' }, '{6F9619FF8B86D011B42D00C04FC964FF}', '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    [{ do: 'cast', to: 'json' }, ' {"a": 1.10} ', '{"a": 1.10}'],
    [{ do: 'cast', to: 'json' }, 'null', 'null'],
    [{ do: 'cast', to: 'date' }, '2024-02-29 00:00:00.0', '2024-02-29'],
    [{ do: 'cast', to: 'timestamp' }, '2024-02-29', '2024-02-29 00:00:00'],
    [{ do: 'cast', to: 'timestamp' }, '2024-02-29T23:30:05.120+00:30', '2024-02-29 23:00:05.12'],
    [{ do: 'cast', to: 'timestamp' }, '2024-02-29T23:30Z', '2024-02-29 23:30:00'],
  ])('%j of %j is %j', (step, value, expected) => {
    expect(apply(step, value)).toBe(expected);
  });

  test.each<[Transform, string]>([
    [plain, ''],
    [plain, '.'],
    [plain, '-'],
    [plain, 'NaN'],
    [plain, 'Infinity'],
    [plain, '1e1001'],
    [plain, '1e-99999999999999999999'],
    [plain, '1,234'],
    [plain, '1 2'],
    [plain, '0x10'],
    [plain, '1.2.3'],
    [plain, '١٢'],
    [plain, '9'.repeat(10_001)],
    [{ do: 'number', group: ',' }, '1,5'],
    [{ do: 'number', group: ',' }, '1,234,5'],
    [{ do: 'number', group: ',' }, '1234,567'],
    [{ do: 'number', group: ',' }, ',123'],
    [{ do: 'number', group: ',' }, '1.234,5'],
    [{ do: 'number', decimal: ',' }, '1.5'],
    [round(2), 'abc'],
    [scale(2), 'abc'],
    [{ do: 'cast', to: 'integer' }, '1.5'],
    [{ do: 'cast', to: 'integer' }, '9223372036854775808'],
    [{ do: 'cast', to: 'boolean' }, 'maybe'],
    [{ do: 'cast', to: 'uuid' }, '{6F9619FF8B86D011B42D00C04FC964FF'],
    [{ do: 'cast', to: 'json' }, "{'a': 1}"],
    [{ do: 'cast', to: 'date' }, '2024-02-29 00:00:01'],
    [{ do: 'cast', to: 'date' }, '2023-02-29'],
    [{ do: 'cast', to: 'timestamp' }, '2024-02-29 24:00:00'],
    [{ do: 'cast', to: 'timestamp' }, '0001-01-01 00:00:00+01'],
  ])('%j refuses %j', (step, value) => {
    expect(apply(step, value)).toEqual({ refused: expect.stringMatching(/^The value is n/) });
  });

  test('onFailure says what then', () => {
    expect(apply({ do: 'round', digits: 1, onFailure: 'keep' }, 'abc')).toBe('abc');
    expect(apply({ do: 'cast', to: 'date', onFailure: 'null' }, 'abc')).toBeNull();
  });

  test('one sign for two things is a mistake', () => {
    expect(() => chainOf({ do: 'number', group: '.' })).toThrow('decimal sign');
  });
});
