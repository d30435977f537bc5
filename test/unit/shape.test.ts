// Rows through the steps of their lanes: which fields come out, what they may look at, what is counted and refused.

import { describe, expect, test } from 'vitest';
import { BatchWriter, fieldLength, NULL_LENGTH, type RowBatch } from '../../src/engine/pipeline/batch.ts';
import { compileShaper, type Shaper } from '../../src/engine/pipeline/shape.ts';
import { typeAfter } from '../../src/engine/pipeline/transforms/chain.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { Lane } from '../../src/shared/model/plan.ts';
import type { Transform } from '../../src/shared/model/transform.ts';

type Field = string | Buffer | null;

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const BOOLEAN: LogicalType = { kind: 'boolean' };
const FLOAT: LogicalType = { kind: 'float', bits: 64 };
const BINARY: LogicalType = { kind: 'binary', length: null, fixed: false };
const NOTHING_SECRET = { secrets: {}, now: '2026-01-01T00:00:00Z', lookups: '' };

function lane(source: string, steps: Transform[] = [], sourceLogical: LogicalType = TEXT): Lane {
  return {
    source,
    sourceNative: 'any',
    sourceLogical,
    ...(steps.length > 0 ? { shape: { steps, gives: typeAfter(steps, sourceLogical) } } : {}),
    target: `new_${source}`,
    targetLogical: TEXT,
    unrepresentable: 'refuse',
  };
}

function batch(...rows: readonly (readonly Field[])[]): RowBatch {
  const out = new BatchWriter(64);
  for (const field of rows.flat()) {
    if (field === null) out.null();
    else if (typeof field === 'string') out.text(field);
    else out.field(field, 0, field.length);
  }
  out.rows = rows.length;
  return out.batch;
}

function rowsOf({ bytes, rows, length }: RowBatch, columns: number): (string | null)[][] {
  let at = 0;
  const read = Array.from({ length: rows }, () =>
    Array.from({ length: columns }, () => {
      const size = fieldLength(bytes, at);
      at += 4;
      if (size === NULL_LENGTH) return null;
      at += size;
      return bytes.toString('utf8', at - size, at);
    }),
  );
  expect(at).toBe(length);
  return read;
}

function shaperOf(lanes: Lane[], besides: Parameters<typeof compileShaper>[2] = []): Shaper {
  return compileShaper('people', lanes, besides, NOTHING_SECRET, new BatchWriter(64))!;
}

test('without steps there is no shaper: batches need no pass', () => {
  expect(compileShaper('people', [lane('a'), lane('b')], [], NOTHING_SECRET, new BatchWriter())).toBeNull();
});

test('fields without steps are copied to the byte, whatever stands beside them', () => {
  const shaper = shaperOf([lane('a', [{ do: 'upper' }]), lane('b', [], BINARY)]);
  const { bytes } = shaper.shape(batch(['x', Buffer.from([0xff, 0x00])]));
  expect([...bytes.subarray(5, 11)]).toEqual([0, 0, 0, 2, 0xff, 0x00]);
});

describe('a step', () => {
  test('sees every row of every batch, and NULL only where it works on it', () => {
    const shaper = shaperOf([lane('a', [{ do: 'trim' }]), lane('b', [{ do: 'default', value: 'none' }])]);
    expect(rowsOf(shaper.shape(batch([' x ', null], [null, 'y'])), 2)).toEqual([
      ['x', 'none'],
      [null, 'y'],
    ]);
    expect(rowsOf(shaper.shape(batch(['z', 'w'])), 2)).toEqual([['z', 'w']]);
    expect(rowsOf(shaper.shape(batch()), 2)).toEqual([]);
  });

  test('looks at other lanes as they were read, and at columns that are read for it alone', () => {
    const besides = [{ name: 'last', native: 'any', logical: TEXT }];
    const shaper = shaperOf(
      [lane('first', [{ do: 'upper' }]), lane('full', [{ do: 'template', template: '{first} {last}' }])],
      besides,
    );
    expect(rowsOf(shaper.shape(batch(['Ada', null, 'Lovelace'], ['Bob', 'x', null])), 2)).toEqual([
      ['ADA', 'Ada Lovelace'],
      ['BOB', 'Bob '],
    ]);
  });

  test.each<[string, LogicalType, Field, string]>([
    ['booleans as true and false', BOOLEAN, '1', 'TRUE'],
    ['floats in their shortest form', FLOAT, Buffer.from('3fb999999999999a', 'hex'), '0.1'],
    ['bytes as hexadecimal digits', BINARY, Buffer.from([0xab, 0x01]), 'AB01'],
  ])('reads %s', (_, type, field, text) => {
    expect(rowsOf(shaperOf([lane('a', [{ do: 'upper' }], type)]).shape(batch([field])), 1)).toEqual([[text]]);
  });

  test('that gives booleans writes 1 and 0', () => {
    const shaper = shaperOf([lane('a', [{ do: 'boolean', true: ['yes'] }])]);
    expect(rowsOf(shaper.shape(batch(['yes'], ['no'])), 1)).toEqual([['1'], ['0']]);
  });
});

test('changed values are counted by column, and what a step put in place of others', () => {
  const shaper = shaperOf([lane('a', [{ do: 'trim' }]), lane('b', [{ do: 'number', onFailure: 'null' }])]);
  shaper.shape(batch([' x', '1'], ['y', 'many'], [null, null]));
  expect(shaper.changes).toEqual([
    { what: 'changed by its steps (trim) in new_a', rows: 1, changed: true },
    { what: 'changed by its steps (number) in new_b', rows: 1, changed: true },
    { what: 'made NULL by its steps in new_b', rows: 1, changed: false },
    { what: 'new_b: number: not a number, NULL instead', rows: 1, changed: false },
  ]);
});

test('a refused value names table, column and step, and never the value', () => {
  const shaper = shaperOf([lane('mail', [{ do: 'trim' }, { do: 'email' }])]);
  expect(() => shaper.shape(batch(['ada@example.com'], ['secret value']))).toThrow(
    expect.objectContaining({
      code: 'transform.refused',
      data: expect.objectContaining({
        message: 'A value of people.mail is refused by its step "email": The value is not an e-mail address.',
        where: { side: 'source', table: 'people', column: 'mail' },
      }),
    }),
  );
});

test('a refused row is left out and told, with its place; what other lanes changed of it does not count', () => {
  const told: unknown[] = [];
  const lanes = [lane('name', [{ do: 'trim' }]), lane('mail', [{ do: 'email' }])];
  const shaper = compileShaper('people', lanes, [], NOTHING_SECRET, new BatchWriter(64), (refusal) =>
    told.push(refusal),
  )!;
  const shaped = shaper.shape(batch([' a ', 'a@example.com'], [' b ', 'nobody'], [' c ', 'c@example.com']));
  expect(rowsOf(shaped, 2)).toEqual([
    ['a', 'a@example.com'],
    ['c', 'c@example.com'],
  ]);
  expect([...shaper.places.subarray(0, shaped.rows)]).toEqual([0, 2]);
  expect(told).toEqual([
    { row: 1, column: 'mail', step: 'email', rule: null, reason: 'The value is not an e-mail address.' },
  ]);
  expect(shaper.changes).toEqual([{ what: 'changed by its steps (trim) in new_name', rows: 2, changed: true }]);
});

test('values that become NULL are counted, each step is named once, and rows that are refused afterwards are taken off', () => {
  const emptied = lane('a', [{ do: 'trim' }, { do: 'null if', values: ['', '?'] }, { do: 'trim' }]);
  const shaper = compileShaper('people', [emptied], [], NOTHING_SECRET, new BatchWriter(64))!;
  shaper.shape(batch([' '], ['?'], [null], [' x'], ['y']));
  shaper.forget([1]);
  expect(shaper.changes).toEqual([
    { what: 'changed by its steps (trim, null if) in new_a', rows: 2, changed: true },
    { what: 'made NULL by its steps in new_a', rows: 1, changed: false },
  ]);
});

test('what was changed in rows that are refused afterwards does not count', () => {
  const known = lane('state', [{ do: 'map values', values: { a: 'b' }, otherwise: { value: 'c' } }]);
  const shaper = compileShaper('people', [known], [], NOTHING_SECRET, new BatchWriter(64))!;
  shaper.shape(batch(['x'], ['a'], ['y'], ['c']));
  shaper.forget([0, 1]);
  shaper.shape(batch(['z']));
  expect(shaper.changes).toEqual([
    { what: 'changed by its steps (map values) in new_state', rows: 2, changed: true },
    { what: "new_state: map values: not in the list, 'c' instead", rows: 3, changed: false },
  ]);
});
