// The preview of rows that were read: what each cell becomes, and why one is refused.

import { describe, expect, test } from 'vitest';
import { capabilities as mysqlCan } from '../../src/engine/dialects/mysql/capabilities.ts';
import { capabilities as postgresCan } from '../../src/engine/dialects/postgres/capabilities.ts';
import { capabilities as sqliteCan } from '../../src/engine/dialects/sqlite/capabilities.ts';
import { type FirstRows, storageShown } from '../../src/engine/pipeline/first-rows.ts';
import { type PreviewColumn, previewOf } from '../../src/engine/pipeline/preview.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { PreviewCell } from '../../src/shared/model/preview.ts';
import { BIGINT, servers, TEXT, varchar } from '../support/catalogs.ts';

const can = {
  postgres: postgresCan(servers.postgres),
  mysql: mysqlCan(servers.mysql),
  sqlite: sqliteCan(),
} as const;
type Family = keyof typeof can;

interface Cell {
  readonly from: LogicalType;
  readonly to: LogicalType;
  readonly value: string | Buffer;
  readonly between?: readonly [Family, Family];
  readonly unrepresentable?: 'null';
  readonly nullable?: boolean;
}

function previewed(cell: Cell): { cell: PreviewCell; reason: string | null } {
  const [from, to] = cell.between ?? ['mysql', 'postgres'];
  const column: PreviewColumn = {
    lane: {
      source: 'c',
      sourceNative: 'old',
      sourceLogical: cell.from,
      target: 'd',
      targetLogical: cell.to,
      unrepresentable: cell.unrepresentable ?? 'refuse',
    },
    targetType: 'new',
    nullable: cell.nullable ?? true,
  };
  const field = Buffer.isBuffer(cell.value) ? cell.value : Buffer.from(cell.value);
  const preview = previewOf(
    { rows: [[field], [null]], misfits: [] },
    {
      table: 't',
      columns: [column],
      besides: [],
      rules: [],
      shaping: { secrets: {}, now: '', lookups: '' },
      limits: { source: can[from].values, target: can[to].values },
      target: can[to],
    },
  );
  expect(preview.rows[1]).toEqual([{ before: null, after: null, state: 'same' }]);
  return { cell: preview.rows[0]![0]!, reason: preview.columns[0]!.reason };
}

const INT8: LogicalType = { kind: 'integer', bits: 8, unsigned: false };
const DECIMAL: LogicalType = { kind: 'decimal', precision: null, scale: null };
const DATE: LogicalType = { kind: 'date' };
const JSON_TYPE: LogicalType = { kind: 'json' };
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false };

function decimal(precision: number, scale: number): LogicalType {
  return { kind: 'decimal', precision, scale };
}

function stamp(precision: number): LogicalType {
  return { kind: 'timestamp', precision, zone: false };
}

test.each<[string, Cell, Omit<PreviewCell, 'state'>]>([
  [
    'what is equal, if only spelled otherwise',
    { from: DECIMAL, to: decimal(9, 2), value: '1.50' },
    { before: '1.5', after: '1.5' },
  ],
  [
    'JSON, as it stands',
    { from: JSON_TYPE, to: JSON_TYPE, value: '{"b": 120, "a": 1}' },
    { before: '{"b": 120, "a": 1}', after: '{"b": 120, "a": 1}' },
  ],
  ['an integer in a wider type', { from: INT8, to: BIGINT, value: '7' }, { before: '7', after: '7' }],
])('same: %s', (_, given, texts) => {
  expect(previewed(given)).toEqual({ cell: { ...texts, state: 'same' }, reason: null });
});

test.each<[string, Cell, Omit<PreviewCell, 'state'>]>([
  ['a boolean as text', { from: { kind: 'boolean' }, to: TEXT, value: '1' }, { before: '1', after: 'true' }],
  ['bytes as text', { from: BYTES, to: TEXT, value: Buffer.from([0xde, 0xad]) }, { before: '0xdead', after: 'dead' }],
  ['a text as bytes', { from: TEXT, to: BYTES, value: 'a\0' }, { before: 'a\0', after: '0x6100' }],
  [
    'a date as a timestamp',
    { from: DATE, to: stamp(6), value: '2024-02-29' },
    { before: '2024-02-29', after: '2024-02-29 00:00:00' },
  ],
])('changed: %s', (_, given, texts) => {
  expect(previewed(given)).toEqual({ cell: { ...texts, state: 'changed' }, reason: null });
});

describe('a zero date', () => {
  const zero: Cell = { from: DATE, to: DATE, value: '0000-00-00' };

  test('is refused', () => {
    expect(previewed(zero).cell).toEqual({ before: '0000-00-00', after: null, state: 'refused' });
  });
  test('becomes NULL when the project says so', () => {
    const given = previewed({ ...zero, unrepresentable: 'null' });
    expect(given).toEqual({ cell: { before: '0000-00-00', after: null, state: 'nulled' }, reason: null });
  });
  test('is refused all the same where the column may not be NULL', () => {
    const { cell, reason } = previewed({ ...zero, unrepresentable: 'null', nullable: false });
    expect(cell.state).toBe('refused');
    expect(reason).toContain('may not be NULL');
  });
  test('goes where zero dates may go', () => {
    expect(previewed({ ...zero, between: ['mysql', 'sqlite'] }).cell.state).toBe('same');
  });
});

test.each<[string, Cell, RegExp]>([
  [
    'a text too long',
    { from: TEXT, to: varchar(3), value: 'café' },
    /^t\.c holds a value of 4 characters; new takes 3\.$/,
  ],
  [
    'bytes too long',
    { from: BYTES, to: { kind: 'binary', length: 1, fixed: false }, value: 'ab' },
    /2 bytes; new takes 1/,
  ],
  ['U+0000', { from: TEXT, to: TEXT, value: 'a\0b' }, /U\+0000/],
  ['digits before the point', { from: DECIMAL, to: decimal(4, 2), value: '-100.00' }, /3 digits before the point/],
  ['digits after the point', { from: DECIMAL, to: decimal(4, 2), value: '1.125' }, /3 digits after the point/],
  ['parts of a second', { from: stamp(6), to: stamp(0), value: '2024-01-01 00:00:00.250' }, /2 fractional digits/],
  ['what is no JSON', { from: TEXT, to: JSON_TYPE, value: '{nope}' }, /not JSON/],
  ['an integer too large', { from: BIGINT, to: INT8, value: '128' }, /can't be held/],
  [
    'a label nobody knows',
    { from: TEXT, to: { kind: 'enum', labels: ['a'] }, value: 'b', between: ['postgres', 'mysql'] },
    /label/,
  ],
  [
    'bits of another length',
    { from: { kind: 'bit', length: 4, varying: false }, to: { kind: 'bit', length: 8, varying: false }, value: '0101' },
    /4 bits; new takes 8/,
  ],
  [
    'types without a way between them',
    { from: { kind: 'uuid' }, to: DATE, value: 'x' },
    /can't be turned from old into new/,
  ],
])('refused: %s', (_, given, reason) => {
  const found = previewed(given);
  expect(found.cell).toMatchObject({ after: null, state: 'refused' });
  expect(found.reason).toMatch(reason);
});

test.each<[string, Cell]>([
  ['a length in characters, not bytes', { from: TEXT, to: varchar(4), value: 'café' }],
  ['zeros behind the last digit', { from: DECIMAL, to: decimal(4, 2), value: '10.2500' }],
  ['zeros of a second', { from: stamp(6), to: stamp(0), value: '2024-01-01 00:00:00.000' }],
  [
    'parts of a second where they are text',
    { from: stamp(6), to: stamp(0), value: '2024-01-01 00:00:00.25', between: ['mysql', 'sqlite'] },
  ],
  ['U+0000 where it may stand', { from: TEXT, to: TEXT, value: 'a\0b', between: ['sqlite', 'mysql'] }],
  [
    'not a number, in a decimal with bounds',
    { from: DECIMAL, to: decimal(4, 2), value: 'NaN', between: ['postgres', 'postgres'] },
  ],
])('not refused: %s', (_, given) => {
  expect(previewed(given).cell.state).toBe('same');
});

test('misfits of a file tell how the values of their column are stored', () => {
  const first: FirstRows = {
    rows: [
      [Buffer.from('1'), null],
      [null, null],
      [null, null],
    ],
    misfits: [
      { row: 1, column: 0, stored: 'text', text: 'one', reason: 'no number' },
      { row: 0, column: 1, stored: 'integer', text: '1700000000', reason: 'no date' },
    ],
  };
  const columns = [
    { name: 'n', native: 'INTEGER', logical: BIGINT },
    { name: 'd', native: 'DATE', logical: DATE },
    { name: 'other', native: 'TEXT', logical: TEXT },
  ];
  expect(storageShown(columns, first)).toEqual({
    n: { storageInteger: '1', storageReal: '0', storageText: '1', storageBlob: '0' },
    d: { storageInteger: '1', storageReal: '0', storageText: '0', storageBlob: '0', notIsoTimestamp: '0' },
  });
});

test('a row that breaks a rule says so, unless a value of it is refused', () => {
  const column = (name: string, to: LogicalType): PreviewColumn => ({
    lane: {
      source: name,
      sourceNative: 'text',
      sourceLogical: { kind: 'text', length: null, fixed: false },
      target: name,
      targetLogical: to,
      unrepresentable: 'refuse',
    },
    targetType: 'new',
    nullable: true,
  });
  const row = (...texts: string[]) => texts.map((text) => Buffer.from(text));
  const { broken } = previewOf(
    { rows: [row('a', '5'), row('a', '11'), row('b', 'many'), row(' ', '12')], misfits: [] },
    {
      table: 't',
      columns: [column('name', { kind: 'text', length: null, fixed: false }), column('price', INT8)],
      besides: [],
      rules: [
        { rule: { rule: 'required', column: 'name' }, onBreak: 'stop' },
        { rule: { rule: 'range', column: 'price', max: '10' }, onBreak: 'warn' },
        { rule: { rule: 'unique', columns: ['name'] }, onBreak: 'stop' },
      ],
      shaping: { secrets: {}, now: '2026-01-01T00:00:00.000Z', lookups: '' },
      limits: { source: can.sqlite.values, target: can.postgres.values },
      target: can.postgres,
    },
  );
  expect(broken).toEqual([[], ['price: at most 10', 'name: unique'], [], ['name: required', 'price: at most 10']]);
});
