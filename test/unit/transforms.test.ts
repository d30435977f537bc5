// Chains: NULL, refusals, counts; and the steps for text and fixed values.

import { describe, expect, test } from 'vitest';
import { columnsOf, Refused, type Value } from '../../src/engine/pipeline/transforms/chain.ts';
import type { Transform } from '../../src/shared/model/transform.ts';
import { apply, type Columns, chainOf, rowOf } from './transforms-apply.ts';

const title: Transform = { do: 'title' };
const NAME: readonly Transform[] = [
  { do: 'trim' },
  { do: 'collapse spaces' },
  { do: 'strip', pattern: '[^\\p{L}\\p{N} .-]' },
  title,
  { do: 'null if', values: [''] },
  { do: 'default', value: 'Unknown Customer' },
];

describe('text', () => {
  test.each<[Transform | readonly Transform[], Value, Value]>([
    [NAME, '  john   DOE@ ', 'John Doe'],
    [NAME, ' @! ', 'Unknown Customer'],
    [NAME, null, 'Unknown Customer'],
    [{ do: 'trim' }, '\u00a0\t x y \n', 'x y'],
    [{ do: 'collapse spaces' }, '\ta \u00a0\n b', 'a b'],
    [title, 'john DOE', 'John Doe'],
    [title, "o'neill 'quoted' x''y", "O'neill 'Quoted' X''Y"],
    [title, 'ANNE-MARIE j.r. 3RD (inc)', 'Anne-Marie J.R. 3rd (Inc)'],
    [title, 'ÉLODIE ærø-łódź ßa', 'Élodie Ærø-Łódź Ssa'],
    [title, 'o’NEILL’s ÅSA', 'O’neill’s Åsa'],
    [{ do: 'replace', find: '.', with: '$&$1' }, 'a.b.c', 'a$&$1b$&$1c'],
    [{ do: 'substring', start: 1, length: 2 }, 'abcd', 'bc'],
    [{ do: 'substring', start: 1, length: 2 }, '😀é😀x', 'é😀'],
    [{ do: 'substring', start: -2 }, 'abcd', 'cd'],
    [{ do: 'substring', start: -9, length: 2 }, 'abcd', 'ab'],
    [{ do: 'substring', start: 9 }, 'abcd', ''],
    [{ do: 'pad', side: 'left', length: 4, with: '0' }, '😀', '000😀'],
    [{ do: 'pad', side: 'right', length: 4, with: '.' }, 'ab', 'ab..'],
    [{ do: 'pad', side: 'right', length: 1, with: '.' }, 'ab', 'ab'],
    [{ do: 'split', at: '|', take: 1 }, 'a|b|c', 'b'],
    [{ do: 'split', at: '|', take: 3 }, 'a|b|c', null],
    [{ do: 'split', at: '|', take: -4 }, 'a|b|c', null],
    [{ do: 'slug' }, '  Þór & ĐURO — 10% ', 'thor-duro-10'],
    [{ do: 'slug', between: '$&' }, 'a b', 'a$&b'],
    [{ do: 'slug' }, 'Привет, мир', 'привет-мир'],
    [{ do: 'sku' }, ' ab-1_é ß.x', 'AB-1_SSX'],
    [{ do: 'strip nul' }, '\0a\0', 'a'],
  ])('%j of %j is %j', (steps, value, expected) => {
    expect(apply(steps, value)).toBe(expected);
  });

  test.each<[Transform, Value, Columns, Value]>([
    [{ do: 'concat', columns: ['a', 'b'], between: ', ' }, 'x', { a: null, b: 'y' }, 'x, y'],
    [{ do: 'concat', columns: ['a', 'b'], between: ', ' }, null, { a: 'x', b: '' }, 'x, '],
    [{ do: 'concat', columns: ['a'] }, null, {}, ''],
    [{ do: 'template', template: '{first} {{{}}} {last}' }, 'v', { first: 'F', last: null }, 'F {v} '],
    [{ do: 'template', template: '' }, 'v', {}, ''],
  ])('%j of %j and %j is %j', (step, value, columns, expected) => {
    expect(apply(step, value, columns)).toBe(expected);
  });

  test.each(['{', 'a}', '{a{b}}', '{{}', '}{'])('the template %j has a stray brace', (template) => {
    expect(() => chainOf({ do: 'template', template })).toThrow(/^Step 1, template: .* has no partner/);
  });
});

describe('encoding', () => {
  const misread = (text: string) => new TextDecoder('windows-1252').decode(new TextEncoder().encode(text));

  test.each(['é', 'Ærø', 'São Paulo', '€ 5', 'Łódź', 'Ελλάδα', 'ÁÍÏÐÝ', '日本語', '😀', 'naïve “quotes” – €'])(
    '%s, misread once or twice, is repaired; as it is, it stays',
    (text) => {
      expect(apply({ do: 'repair encoding' }, misread(text))).toBe(text);
      expect(apply({ do: 'repair encoding' }, misread(misread(text)))).toBe(text);
      expect(apply({ do: 'repair encoding' }, text)).toBe(text);
    },
  );

  test.each(['', 'plain', 'â', 'Ã', 'é Ã©', 'Ã© 日', 'Ã©\u0080'])('%j stays', (text) => {
    expect(apply({ do: 'repair encoding' }, text)).toBe(text);
  });
});

describe('fixed values', () => {
  const status = { '1': 'active', A: 'active', '2': 'inactive', gone: null };
  test.each<[Transform, Value, Value]>([
    [{ do: 'default', value: 'x' }, '', ''],
    [{ do: 'null if', values: ['-', ''] }, '', null],
    [{ do: 'null if', values: ['-'] }, ' -', ' -'],
    [{ do: 'map values', values: status }, 'A', 'active'],
    [{ do: 'map values', values: status }, 'a', 'a'],
    [{ do: 'map values', values: status, ignoreCase: true }, 'a', 'active'],
    [{ do: 'map values', values: status }, 'gone', null],
    [{ do: 'map values', values: status }, 'toString', 'toString'],
    [{ do: 'map values', values: status, otherwise: 'null' }, 'x', null],
    [{ do: 'map values', values: status, otherwise: { value: 'active' } }, 'x', 'active'],
    [{ do: 'map values', values: status, otherwise: { value: 'active' } }, null, null],
    [{ do: 'boolean', true: ['Y', '1'], false: ['n'] }, ' y', 'true'],
    [{ do: 'boolean', true: ['Y', '1'], false: ['n'] }, 'N', 'false'],
    [{ do: 'boolean', true: ['Y'] }, 'whatever', 'false'],
  ])('%j of %j is %j', (step, value, expected) => {
    expect(apply(step, value)).toBe(expected);
  });

  test('what is in no list is refused', () => {
    const reason = { refused: 'The value is neither true nor false.' };
    expect(apply({ do: 'boolean', true: ['Y'], false: ['N'] }, 'maybe')).toEqual(reason);
    expect(apply({ do: 'map values', values: status, otherwise: 'reject' }, 'x')).toEqual({
      refused: 'The value is not in the list.',
    });
  });

  test('a list that contradicts itself is a mistake', () => {
    expect(() => chainOf({ do: 'boolean', true: ['Y'], false: ['y'] })).toThrow('both true and false');
    expect(() => chainOf({ do: 'map values', values: { a: '1', A: '2' }, ignoreCase: true })).toThrow('two results');
    expect(apply({ do: 'map values', values: { a: '1', A: '2' } }, 'A')).toBe('2');
  });
});

describe('a chain', () => {
  const row = rowOf({});

  test('without steps gives the value', () => {
    expect(chainOf().apply('x', row)).toBe('x');
    expect(chainOf().trace(null, row)).toEqual({ values: [], refused: null });
  });

  test('refuses with the step and the reason, without the value', () => {
    const chain = chainOf({ do: 'trim' }, { do: 'email' }, { do: 'upper' });
    expect(() => chain.apply('secret', row)).toThrow(Refused);
    expect(() => chain.apply('secret', row)).toThrow(
      expect.objectContaining({ step: 1, reason: 'The value is not an e-mail address.' }),
    );
    expect(chain.trace(' secret ', row)).toEqual({
      values: ['secret'],
      refused: { step: 1, reason: 'The value is not an e-mail address.' },
    });
  });

  test('shows what each step gives', () => {
    const steps: readonly Transform[] = [{ do: 'trim' }, { do: 'null if', values: [''] }, { do: 'upper' }];
    expect(chainOf(...steps).trace(' ', row).values).toEqual(['', null, null]);
  });

  test('tells what it put in place, when applied only', () => {
    const chain = chainOf(
      { do: 'map values', values: { a: 'b' }, otherwise: { value: 'c' } },
      { do: 'number', onFailure: 'keep' },
      { do: 'pairs', onFailure: 'empty' },
      { do: 'pick', path: 'a', onFailure: 'null' },
    );
    const told: string[] = [];
    const settled = (words: string) => void told.push(words);
    for (const value of ['a', 'x']) expect(chain.apply(value, row, settled)).toBeNull();
    chain.trace('z', row);
    chain.apply(null, row, settled);
    const both = [
      'number: not a number, kept',
      'pairs: neither a JSON object nor key=value with ; between, {} instead',
    ];
    expect(told).toEqual([...both, "map values: not in the list, 'c' instead", ...both]);
    told.length = 0;
    expect(chainOf({ do: 'email', onFailure: 'null' }).apply('x', row, settled)).toBeNull();
    expect(told).toEqual(['email: not an e-mail address, NULL instead']);
  });

  test('names the step that is a mistake', () => {
    expect(() => chainOf({ do: 'trim' }, { do: 'phone', country: 'XX', format: 'us' })).toThrow(
      expect.objectContaining({
        data: {
          code: 'map.bad-transform',
          message: 'Step 2, phone: there is no country "XX".',
          cause: null,
          hint: 'Give the two capital letters of ISO 3166, such as US or DK.',
          where: {},
        },
      }),
    );
  });

  test('knows the columns it reads', () => {
    const steps: readonly Transform[] = [
      { do: 'concat', columns: ['a', 'b'] },
      { do: 'template', template: '{} {b} {{c}} {d' },
      { do: 'template', template: '{e}' },
      { do: 'json', fields: { x: 'f' } },
      { do: 'trim' },
    ];
    expect([...columnsOf(steps)]).toEqual(['a', 'b', 'e', 'f']);
  });
});
