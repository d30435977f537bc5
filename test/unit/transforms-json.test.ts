// JSON: built, read and summed with every digit; bytes and people, which are as short.

import { describe, expect, test } from 'vitest';
import type { Value } from '../../src/engine/pipeline/transforms/chain.ts';
import type { Transform } from '../../src/shared/model/transform.ts';
import { apply, type Columns, chainOf } from './transforms-apply.ts';

const ITEMS: Transform = {
  do: 'records',
  fields: [
    { name: 'product_id', type: 'text' },
    { name: 'quantity', type: 'number' },
    { name: 'price', type: 'number' },
  ],
};
const SUM: Transform = { do: 'sum', fields: ['quantity', 'price'] };
const pick = (path: string): Transform => ({ do: 'pick', path });

describe('json', () => {
  const fields = { street: 's', city: 'c', country: 'l' };
  test.each<[Transform, Columns, string]>([
    [{ do: 'json', fields }, { s: ' 1 "Main" ', c: '', l: null }, '{"street":"1 \\"Main\\""}'],
    [{ do: 'json', fields, defaults: { country: 'US' } }, { c: ' ', l: ' ' }, '{"country":"US"}'],
    [{ do: 'json', fields, keepEmpty: true, defaults: { city: '' } }, {}, '{"street":null,"city":"","country":null}'],
    [{ do: 'json', fields: { a: 's' } }, {}, '{}'],
  ])('%j of %j is %s', (step, columns, expected) => {
    expect(apply(step, null, columns)).toBe(expected);
    expect(apply(step, 'not part of it', columns)).toBe(expected);
  });

  test.each<[Transform | readonly Transform[], string, Value]>([
    [pick('a.b[1].c'), '{"a":{"b":[0,{"c":"x"}]}}', 'x'],
    [pick('$.a'), '{"a":1.10}', '1.10'],
    [pick('a'), '{"a":12345678901234567890.10}', '12345678901234567890.10'],
    [pick('[0]'), '[{"p": 1e400, "q": "z"}]', '{"p":1e400,"q":"z"}'],
    [pick('["a.b"]["c\\"d"]'), '{"a.b":{"c\\"d":true}}', 'true'],
    [pick('a'), '{"a":null}', null],
    [pick('a.b'), '{"a":[1]}', null],
    [pick('a'), '3', null],
    [pick('toString'), '{}', null],
    [pick('[3]'), '"text"', null],
    [{ do: 'pairs' }, 'color=blue;size=a=b;; note = x y ', '{"color":"blue","size":"a=b","note":"x y"}'],
    [{ do: 'pairs', between: ', ', equals: ': ' }, '__proto__: 1, b: ', '{"__proto__":"1","b":""}'],
    [{ do: 'pairs' }, ' {"a": 1.10} ', '{"a": 1.10}'],
    [{ do: 'pairs', onFailure: 'empty' }, 'nonsense', '{}'],
    [{ do: 'pairs', onFailure: 'empty' }, '', '{}'],
    [
      ITEMS,
      'P001:2:99.99|P"2 : 01 :1e1',
      '[{"product_id":"P001","quantity":2,"price":99.99},{"product_id":"P\\"2","quantity":1,"price":10}]',
    ],
    [ITEMS, '[{"any": 1.10}]', '[{"any": 1.10}]'],
    [[ITEMS, SUM], 'P001:2:99.99|P002:1:10.00', '209.98'],
    [SUM, '[]', '0'],
    [SUM, '[{"quantity":3,"price":0.1},{"quantity":"1","price":"-0.30"}]', '0.00'],
    [SUM, '[{"quantity":1,"price":9007199254740993.01},{"quantity":1,"price":0.001}]', '9007199254740993.011'],
    [{ do: 'sum', fields: ['n'] }, '[{"n":1e20},{"n":1}]', '100000000000000000001'],
  ])('%j of %j is %j', (step, value, expected) => {
    expect(apply(step, value)).toBe(expected);
  });

  test.each<[Transform, string]>([
    [pick('a'), 'nope'],
    [pick('a'), `${'['.repeat(200_000)}`],
    [{ do: 'pairs' }, 'nonsense'],
    [{ do: 'pairs' }, 'a=1;b'],
    [{ do: 'pairs' }, '=1'],
    [{ do: 'pairs' }, 'a=1;a=2'],
    [{ do: 'pairs' }, '{bad=1'],
    [{ do: 'pairs' }, '["a=1"]'],
    [ITEMS, ''],
    [ITEMS, 'P001:2'],
    [ITEMS, 'P001:2:3:4'],
    [ITEMS, 'P001:two:3'],
    [ITEMS, 'P001:2:3|'],
    [ITEMS, '{"a":1}'],
    [ITEMS, '[1'],
    [SUM, '{}'],
    [SUM, '[1]'],
    [SUM, '[{"quantity":1}]'],
    [SUM, '[{"quantity":1,"price":null}]'],
    [SUM, '[{"quantity":1,"price":"x"}]'],
    [SUM, '[{"quantity":1,"price":1e5000}]'],
  ])('%j refuses %j', (step, value) => {
    expect(apply(step, value)).toHaveProperty('refused');
  });

  test.each<[Transform, string]>([
    [pick(''), 'is no path'],
    [pick('a..b'), 'is no path'],
    [pick('a[x]'), 'is no path'],
    [pick('.a'), 'is no path'],
    [pick('a["b]'), 'is no path'],
    [{ do: 'json', fields: { a: 'b' }, defaults: { c: 'x' } }, 'is for no field'],
    [{ do: 'pairs', between: '=' }, "can't separate both"],
    [{ do: 'records', between: ':', fields: [{ name: 'a', type: 'text' }] }, "can't separate both"],
    [{ ...ITEMS, fields: [...ITEMS.fields, ...ITEMS.fields] }, 'is there twice'],
    [{ do: 'sum', fields: ['a', 'a'] }, 'is there twice'],
  ])('%j is a mistake: %s', (step, message) => {
    expect(() => chainOf(step)).toThrow(
      expect.objectContaining({ code: 'map.bad-transform', message: expect.stringContaining(message) }),
    );
  });
});

describe('bytes', () => {
  test.each<[Transform, string, string]>([
    [{ do: 'from hex' }, '6EC3A9', 'né'],
    [{ do: 'from hex' }, '', ''],
    [{ do: 'from base64' }, 'bs\nOp', 'né'],
    [{ do: 'from base64' }, '', ''],
    [{ do: 'base64' }, 'a', 'YQ=='],
  ])('%j of %j is %j', (step, value, expected) => {
    expect(apply(step, value)).toBe(expected);
  });

  test.each<[Transform, string]>([
    [{ do: 'from hex' }, '6ec'],
    [{ do: 'from hex' }, 'ff'],
    [{ do: 'from hex' }, 'zz'],
    [{ do: 'from base64' }, 'YQ'],
    [{ do: 'from base64' }, 'Y*Q='],
    [{ do: 'from base64' }, '/w=='],
    [{ do: 'uuid from hex' }, '6f9619ff-8b86-d011-b42d-00c04fc964ff'],
    [{ do: 'uuid to hex' }, '6f9619ff'],
  ])('%j refuses %j', (step, value) => {
    expect(apply(step, value)).toHaveProperty('refused');
  });
});

describe('people', () => {
  const phone = (format: 'e164' | 'international' | 'national' | 'us', country = 'US'): Transform => ({
    do: 'phone',
    country,
    format,
  });

  test.each<[Transform, string, string]>([
    [phone('us'), '5551234567', '(555) 123-4567'],
    [phone('us'), '+1 555-123-4567', '+1 (555) 123-4567'],
    [phone('us'), '25551234567', '25551234567'],
    [phone('us'), '+45 (55) 5123 4567-89', '4555512345' + '6789'],
    [phone('e164'), '(555) 123-4567', '+15551234567'],
    [phone('e164', 'DK'), '12 34 56 78', '+4512345678'],
    [phone('e164', 'DK'), '+44 20 7946 0018', '+442079460018'],
    [phone('international', 'DK'), '32123456', '+45 32 12 34 56'],
    [phone('national'), '+1 2133734253', '(213) 373-4253'],
    [phone('national'), '2133734253 ext. 12', '(213) 373-4253 ext. 12'],
    [{ do: 'email' }, " O'Neill+x@Mail.Example.COM ", "o'neill+x@mail.example.com"],
    [{ do: 'email' }, 'a@b.c', 'a@b.c'],
    [{ do: 'email' }, 'å@ø.dk', 'å@ø.dk'],
  ])('%j of %j is %j', (step, value, expected) => {
    expect(apply(step, value)).toBe(expected);
  });

  test.each<[Transform, string]>([
    [phone('us'), '555-1234'],
    [phone('us'), ''],
    [phone('us'), '555123456٧'],
    [phone('e164'), '123'],
    [phone('e164'), 'junk'],
    [phone('e164'), 'call 2133734253 now'],
    [phone('e164'), '2133734253 ext. 12'],
    [{ do: 'email' }, 'john'],
    [{ do: 'email' }, '@b.c'],
    [{ do: 'email' }, 'a@b'],
    [{ do: 'email' }, 'a@.b.c'],
    [{ do: 'email' }, 'a@b.c.'],
    [{ do: 'email' }, 'a@b@c.d'],
    [{ do: 'email' }, 'a b@c.d'],
    [{ do: 'email' }, 'a.b@c'],
    [{ do: 'email' }, ''],
  ])('%j refuses %j', (step, value) => {
    expect(apply(step, value)).toHaveProperty('refused');
  });
});
