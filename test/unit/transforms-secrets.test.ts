// Hashes and masks: what stays, what is hidden, and that equal values stay equal.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { compileChain } from '../../src/engine/pipeline/transforms/chain.ts';
import type { Transform } from '../../src/shared/model/transform.ts';
import { apply, chainOf, rowOf } from './transforms-apply.ts';

type Kind = Extract<Transform, { do: 'mask' }>['kind'];
const mask = (kind: Kind): Transform => ({ do: 'mask', kind });
const salted = (kind: Kind): Transform => ({ do: 'mask', kind, salt: 's' });

const lookup = () => () => undefined;

describe('hash', () => {
  test('is SHA-256 of salt, zero byte and value', () => {
    const chain = chainOf({ do: 'hash', salt: 's' });
    for (const value of ['é', '', 'john']) {
      const expected = createHash('sha256').update(`pepper\0${value}`).digest('hex');
      expect(chain.apply(value, rowOf({}))).toBe(expected);
    }
  });

  test.each<Transform>([
    { do: 'hash', salt: 'unknown' },
    { do: 'mask', kind: 'all', salt: 'unknown' },
  ])('%j needs a secret that somebody gave', (step) => {
    expect(() => chainOf(step)).toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          code: 'map.bad-transform',
          hint: 'Give it in the environment variable DROVER_SECRET_UNKNOWN.',
        }),
      }),
    );
  });

  test('an empty salt is none', () => {
    expect(() =>
      compileChain([{ do: 'hash', salt: 'my_salt' }], { secret: () => '', now: new Date(0), lookup }),
    ).toThrow(
      expect.objectContaining({ data: expect.objectContaining({ hint: expect.stringContaining('_MY_SALT.') }) }),
    );
  });
});

describe('mask', () => {
  test.each<[Kind, string, string]>([
    ['email', 'john.doe@mail.example.com', 'j***@***.com'],
    ['email', 'broken', '******'],
    ['email', 'a.b@c', '*****'],
    ['phone', '(555) 123-4567', '(***) ***-**67'],
    ['phone', '+45 12', '+** 12'],
    ['phone', '12', '**'],
    ['phone', 'call 12345678', '*************'],
    ['card', '4111 1111-1111 1234', '**** ****-**** 1234'],
    ['card', '1234567', '*******'],
    ['name', "Anne-Marie O'Neill", 'A***-M**** O******'],
    ['name', 'Élise', 'É****'],
    ['name', 'a@b.c', '*****'],
    ['all', 'a😀 b', '****'],
  ])('%s of %j is %j', (kind, value, expected) => {
    expect(apply(mask(kind), value)).toBe(expected);
  });

  test.each<[Kind, string, RegExp]>([
    ['email', 'john.doe@mail.example.com', /^j[0-9a-f]{16}@[0-9a-f]{8}\.com$/],
    ['phone', '(555) 123-4567', /^\((?!555)\d{3}\) \d{3}-\d{2}67$/],
    ['card', '4111 1111 1111 1234', /^(?!4111)\d{4} \d{4} \d{4} 1234$/],
    ['name', 'John Doe', /^J[0-9a-f]{8} D[0-9a-f]{8}$/],
    ['all', 'x', /^[0-9a-f]{16}$/],
    ['phone', 'none', /^[0-9a-f]{16}$/],
  ])('%s with a salt: %j keeps its shape, the same each time', (kind, value, shape) => {
    const first = apply(salted(kind), value);
    expect(first).toMatch(shape);
    expect(apply(salted(kind), value)).toBe(first);
    const other = compileChain([salted(kind)], { secret: () => 'other', now: new Date(0), lookup });
    expect(other.apply(value, rowOf({}))).not.toBe(first);
  });

  test('no two numbers of the same form get the same mask', () => {
    const row = rowOf({});
    const phones = chainOf(salted('phone'));
    for (const digits of [4, 5]) {
      const all = Array.from({ length: 10 ** (digits - 1) }, (_, i) => String(i * 10).padStart(digits, '0'));
      expect(new Set(all.map((value) => phones.apply(value, row))).size).toBe(all.length);
    }
  });

  test.each<[Kind, (i: number) => string]>([
    ['email', (i) => `j${i}@example.com`],
    ['name', (i) => `John D${'abcdefghij'.charAt(i % 10)}${'o'.repeat(Math.floor(i / 10))}`],
    ['all', (i) => String(i)],
  ])('%s: different values get different masks', (kind, valueAt) => {
    const chain = chainOf(salted(kind));
    const masks = Array.from({ length: 2000 }, (_, i) => chain.apply(valueAt(i), rowOf({})));
    expect(new Set(masks).size).toBe(2000);
  });
});
