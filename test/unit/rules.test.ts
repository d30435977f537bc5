// Rules: which values of a row meet them, as the target will hold them.

import { describe, expect, test } from 'vitest';
import { compileRule } from '../../src/engine/pipeline/rules/tests.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { Rule } from '../../src/shared/model/rule.ts';

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const STAMP: LogicalType = { kind: 'timestamp', precision: 6, zone: false };
const NUMBER: LogicalType = { kind: 'integer', bits: 64, unsigned: false };

const context = { secret: () => null, now: new Date('2026-11-22T08:00:00Z'), lookup: () => () => undefined };

/** Those of the values that meet it. */
function meeting(rule: Rule, values: readonly string[], type: LogicalType = TEXT): string[] {
  const meets = compileRule(rule, [type], context);
  return values.filter((value) => meets([value]));
}

describe('formats', () => {
  test('a moment may be written as ISO 8601 has it, with its offset', () => {
    const written = ['2020-01-01 00:00:00', '2020-01-01T00:00:00Z', '2020-01-01T00:00:00.5+02:00', '2020-01-01'];
    const not = ['2020-02-30', '0000-00-00', '2020-01-01T25:00:00Z', '01/02/2020', 'now', ''];
    expect(meeting({ rule: 'format', column: 'c', is: 'datetime' }, [...written, ...not])).toEqual(written);
  });

  test('a UUID may be in capitals', () => {
    const written = ['6f9619ff-8b86-d011-b42d-00c04fc964ff', '6F9619FF-8B86-D011-B42D-00C04FC964FF'];
    const not = ['6F9619FF8B86D011B42D00C04FC964FF', '{6F9619FF-8B86-D011-B42D-00C04FC964FF}', 'zz', ''];
    expect(meeting({ rule: 'format', column: 'c', is: 'uuid' }, [...written, ...not])).toEqual(written);
  });
});

describe('not in the future', () => {
  const rule: Rule = { rule: 'not in the future', column: 'c' };

  test('goes by the instant, however a text writes it', () => {
    const past = ['2026-11-22 07:59:59', '2026-11-22T07:59:59', '2026-11-22T09:59:59+02:00', '2026-11-22'];
    const future = ['2026-11-22 08:00:01', '2026-11-22T08:00:01Z', '2026-11-22T07:00:00-02:00', '2999-01-01'];
    expect(meeting(rule, [...past, ...future])).toEqual(past);
    expect(meeting(rule, ['2026-11-22 07:59:59', 'infinity'], STAMP)).toEqual(['2026-11-22 07:59:59']);
  });

  test('is no rule for numbers', () => {
    expect(() => compileRule(rule, [NUMBER], context)).toThrow(expect.objectContaining({ code: 'map.bad-rule' }));
  });
});

test('bounds that no value meets are a mistake', () => {
  const length: Rule = { rule: 'length', column: 'c', min: 5, max: 3 };
  const range: Rule = { rule: 'range', column: 'c', min: '10', max: '9' };
  for (const rule of [length, range]) {
    expect(() => compileRule(rule, [TEXT], context)).toThrow(expect.objectContaining({ code: 'map.bad-rule' }));
  }
});
