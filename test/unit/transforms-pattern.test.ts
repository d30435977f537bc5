// Patterns: RE2's meaning, linear time, and mistakes told.

import { RE2JS } from 're2js';
import { describe, expect, test } from 'vitest';
import { apply, chainOf } from './transforms-apply.ts';

const strip = (pattern: string, value: string) => apply({ do: 'strip', pattern }, value);

describe('patterns', () => {
  // The quick way for character classes must mean what RE2 means.
  const classes = [
    '[^A-Za-z0-9 .-]',
    '[a-c]+',
    '\\d',
    '\\D+',
    '[\\s-]',
    '[^\\p{L}\\p{N} .-]+',
    '[\\P{L}]',
    '[^]a]',
    '[]a]+',
    '[[:alpha:]]+',
    '[é-ü😀]',
    '[\\]\\[]',
    '[a-]',
    '[\\n\\t]+',
    '(?i)[k-m]+',
    '[ab]*',
    'a+|b',
    '^\\s+|\\s+$',
    '\\bjohn\\b',
    '.',
  ];
  const values = ['', 'John-DOE  42.', 'aab[c]x]a^', ' é\u00a0ü😀z\n\tK\u212a', 'aaa', 'john johnny'];

  test.each(classes)('%s replaces as RE2 does', (pattern) => {
    for (const value of values) {
      expect(strip(pattern, value)).toBe(RE2JS.compile(pattern).matcher(value).replaceAll(''));
      expect(apply({ do: 'replace pattern', pattern, with: '<>' }, value)).toBe(
        RE2JS.compile(pattern).matcher(value).replaceAll('<>'),
      );
    }
  });

  test.each([
    ['(\\w+), (\\w+)', '$2 $1', 'Doe, John; Roe, Jane', 'John Doe; Jane Roe'],
    ['(a)|(b)', '[$1$2]', 'abc', '[a][b]c'],
    ['b', '$$1$0$', 'abc', 'a$1b$c'],
    ['[b]', '<$0>', 'abc', 'a<b>c'],
    ['(b)', '$1€', 'abc', 'ab€c'],
  ])('%s becomes %s', (pattern, replacement, value, expected) => {
    expect(apply({ do: 'replace pattern', pattern, with: replacement }, value)).toBe(expected);
  });

  test('a group that is not there is a mistake', () => {
    expect(() => chainOf({ do: 'replace pattern', pattern: '(a)', with: '$5.00' })).toThrow(
      expect.objectContaining({ code: 'map.bad-transform', message: expect.stringContaining('has no group 5') }),
    );
  });

  test.each(['(a)\\1', '(?=a)b', '(?!a)b', '(?<=a)b', '(a', '[z-a]', 'a**', '('.repeat(2000), 'a{1001}'])(
    '%s is no pattern of RE2',
    (pattern) => {
      expect(() => chainOf({ do: 'strip', pattern })).toThrow(
        expect.objectContaining({ code: 'map.bad-transform', message: expect.stringMatching(/^Step 1, strip: /) }),
      );
    },
  );

  test('no pattern hangs', () => {
    const started = performance.now();
    const value = `${'a'.repeat(50_000)}!`;
    expect(strip('(a+)+$', value) === value).toBe(true);
    expect(strip('([a-z]+)*[0-9]', value) === value).toBe(true);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  test('a value that takes the square of its length is refused', { timeout: 20_000 }, () => {
    const started = performance.now();
    expect(strip('a+b|a', 'a'.repeat(200_000))).toEqual({ refused: 'The value is too long for the pattern.' });
    expect(strip('(?:.{500}){2}', 'a'.repeat(2_000_000))).toEqual({
      refused: 'The value is too long for the pattern.',
    });
    expect(performance.now() - started).toBeLessThan(10_000);
    expect(strip('ab|a', 'a'.repeat(20_000))).toBe('');
  });
});
