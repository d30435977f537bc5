// COPY's binary format against its text format: PostgreSQL holds the same values, whichever way random rows went.

import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CopyIn, FRAME } from '../../src/engine/dialects/postgres/wire/copy-in.ts';
import {
  CopyBinary,
  copyBinaryKernel,
  standingColumns,
  standingSql,
} from '../../src/engine/dialects/postgres/writer/copy-binary.ts';
import { type CopyBuffer, FIRST } from '../../src/engine/dialects/postgres/writer/copy-buffer.ts';
import { CopyText } from '../../src/engine/dialects/postgres/writer/copy-text.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';

type Value = string | number | Buffer;

/** The server's type, what is sent there, and values; those behind `beyond` need the text format. */
interface Sent {
  readonly native: string;
  readonly logical: LogicalType;
  readonly values: readonly Value[];
  readonly beyond?: readonly Value[];
}

const TEXTS = ['', 'a', 'Åse', '\t', '\n\r\\', '\\N', '😀', 'x'.repeat(15), 'y'.repeat(16), 'z'.repeat(3000), '  '];
const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const TIMES = ['00:00:00', '23:59:59.999999', '12:00:00.5', '07:08:09.000001'];
const DATES = [
  '2000-01-01',
  '1999-12-31',
  '2000-02-29',
  '1900-02-28',
  '1600-02-29',
  '0001-01-01',
  '9999-12-31',
  '2024-03-01',
  '1970-01-01',
];
const MOMENTS = DATES.flatMap((date) => TIMES.map((time) => `${date} ${time}`));
const DECIMALS = [
  ...[
    '0',
    '0.00',
    '-0.00',
    '1',
    '-1',
    '9',
    '10',
    '9999',
    '10000',
    '10001',
    '100000000',
    '0.1',
    '0.0001',
    '0.00001',
    '-0.00012345',
  ],
  ...[
    '1.5',
    '1.50',
    '12345.6789',
    '1234567890123456789012345678901234567890.0000000000001',
    '99990000',
    '0.10000',
    '10000.0001',
    '-7.000',
  ],
];
const integer = (bits: 16 | 32 | 64): LogicalType => ({ kind: 'integer', bits, unsigned: false });

const SENT: readonly Sent[] = [
  { native: 'smallint', logical: integer(16), values: ['0', '-1', '32767', '-32768'] },
  { native: 'integer', logical: integer(32), values: ['0', '7', '2147483647', '-2147483648'] },
  { native: 'bigint', logical: integer(64), values: ['0', '9223372036854775807', '-9223372036854775808', '-5'] },
  { native: 'numeric', logical: integer(64), values: ['18446744073709551615', '0', '-10000'] },
  {
    native: 'numeric',
    logical: { kind: 'decimal', precision: null, scale: null },
    values: DECIMALS,
    beyond: ['NaN', 'Infinity', '9'.repeat(1500)],
  },
  {
    native: 'numeric(12,2)',
    logical: { kind: 'decimal', precision: 12, scale: 2 },
    values: ['1.5', '-0.01', '9999999999.99', '1.005'],
  },
  {
    native: 'double precision',
    logical: { kind: 'float', bits: 64 },
    values: [0, -0, 0.1, Number.NaN, Infinity, -Infinity, 5e-324, 1e308],
  },
  {
    native: 'real',
    logical: { kind: 'float', bits: 32 },
    values: [0, -0, Math.fround(0.1), Number.NaN, -Infinity, Math.fround(1e-40)],
  },
  { native: 'boolean', logical: { kind: 'boolean' }, values: ['0', '1'] },
  { native: 'text', logical: TEXT, values: TEXTS },
  { native: 'text', logical: integer(64), values: ['12', '-3'] },
  { native: 'varchar(3000)', logical: TEXT, values: TEXTS },
  { native: 'char(20)', logical: { kind: 'text', length: 20, fixed: true }, values: ['', 'a', 'Åse', '     '] },
  {
    native: 'mood',
    logical: { kind: 'enum', labels: ['good', 'schlecht für alle'] } as LogicalType,
    values: ['good', 'schlecht für alle'],
  },
  {
    native: 'bytea',
    logical: { kind: 'binary', length: null, fixed: false },
    values: [Buffer.alloc(0), Buffer.from('00ff5c', 'hex'), Buffer.alloc(900, 7)],
  },
  { native: 'json', logical: { kind: 'json' }, values: ['{"b":1, "a":[1.0]}', 'null', '"\\u00e9"'] },
  { native: 'jsonb', logical: { kind: 'json' }, values: ['{"b":1, "a":[1.0]}', 'null', '[]'] },
  {
    native: 'uuid',
    logical: { kind: 'uuid' },
    values: ['550e8400-e29b-41d4-a716-446655440000', 'ffffffff-ffff-ffff-ffff-ffffffffffff'],
  },
  {
    native: 'date',
    logical: { kind: 'date' },
    values: DATES,
    beyond: ['infinity', '-infinity', '0044-03-15 BC', '12024-01-01'],
  },
  {
    native: 'time',
    logical: { kind: 'time', precision: 6, extended: false, zone: false },
    values: TIMES,
    beyond: ['24:00:00'],
  },
  { native: 'time(0)', logical: { kind: 'time', precision: 0, extended: false, zone: false }, values: TIMES },
  {
    native: 'timestamp',
    logical: { kind: 'timestamp', precision: 6, zone: false },
    values: MOMENTS,
    beyond: ['infinity', '0044-03-15 12:00:00 BC', '12024-01-01 00:00:00', '2024-01-01 24:00:00'],
  },
  { native: 'timestamp(2)', logical: { kind: 'timestamp', precision: 2, zone: false }, values: MOMENTS },
  {
    native: 'timestamptz',
    logical: { kind: 'timestamp', precision: 6, zone: true },
    values: MOMENTS,
    beyond: ['-infinity'],
  },
];

let database: TestDatabase;
let client: pg.Client;

beforeAll(async () => {
  database = await freshDatabase('postgres');
  const url = new URL(database.url);
  if (database.password !== null) url.password = encodeURIComponent(database.password);
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
  await client.query("SET TIME ZONE 'UTC'; CREATE TYPE mood AS ENUM ('good', 'schlecht für alle')");
});

afterAll(async () => {
  await client.end();
  await database.drop();
});

test('every value of every type', async () => {
  for (const sent of SENT) {
    await bothWays([sent], batchOf(sent.values.map((value) => [value])));
  }
});

test('what it can’t tell stops it, and nothing of that row is written', async () => {
  for (const sent of SENT) {
    for (const value of sent.beyond ?? []) {
      const batch = batchOf([[sent.values[0]!], [value], [sent.values[0]!]]);
      const rows = await binaryOf([sent]);
      expect({ native: sent.native, value, stopped: rows.rows(batch, FIRST, Infinity).row }).toEqual({
        native: sent.native,
        value,
        stopped: 1,
      });
    }
  }
});

test.each([
  ['smallint', integer(16), '32768'],
  ['integer', integer(32), '-2147483649'],
  ['bigint', integer(64), '9223372036854775808'],
  ['bigint', integer(64), '99999999999999999999'],
  ['date', { kind: 'date' }, '2023-02-29'],
  ['date', { kind: 'date' }, '1900-02-29'],
  ['date', { kind: 'date' }, '0000-01-01'],
  ['timestamp', { kind: 'timestamp', precision: 6, zone: false }, '2024-01-01 00:60:00'],
  ['timestamp', { kind: 'timestamp', precision: 6, zone: false }, '2024-01-01 00:00:00.1234567'],
  ['text', TEXT, 'a\0'],
  ['text', TEXT, `${'x'.repeat(20)}\0${'x'.repeat(20)}`],
  ['uuid', { kind: 'uuid' }, '550e8400-e29b-41d4-a716-44665544000g'],
  ['numeric', { kind: 'decimal', precision: null, scale: null }, '1e5'],
  ['numeric', { kind: 'decimal', precision: null, scale: null }, '-'],
] as [string, LogicalType, string][])('%s leaves %j %s to the text format', async (native, logical, value) => {
  const rows = await binaryOf([{ native, logical, values: [] }]);
  expect(rows.rows(batchOf([[value]]), FIRST, Infinity).row).toBe(0);
});

test.each([
  ['timestamp', integer(64)],
  ['bigint', { kind: 'timestamp', precision: 6, zone: false }],
  ['timestamp', { kind: 'timestamp', precision: 6, zone: true }],
  ['real', { kind: 'float', bits: 64 }],
  ['inet', { kind: 'opaque', native: 'inet' }],
  ['interval', { kind: 'interval' }],
  ['text', { kind: 'boolean' }],
  ['integer[]', { kind: 'array' }],
] as [string, LogicalType][])('a column of %s to which %j is sent goes as text', async (native, logical) => {
  await expect(binaryOf([{ native, logical, values: [] }])).rejects.toThrow('no kernel');
});

test('random rows of many columns', async () => {
  const random = seeded(20_261_132);
  for (let round = 0; round < 40; round++) {
    const columns = Array.from({ length: random.whole(1, 12) }, () => random.pick(SENT));
    const rows = Array.from({ length: random.whole(1, 300) }, () => columns.map((column) => valueFor(random, column)));
    await bothWays(columns, batchOf(rows));
  }
});

function valueFor(random: Random, { logical, values }: Sent): Value | null {
  if (random.percent(12)) return null;
  if (logical.kind === 'decimal' && logical.scale === null) {
    return `${random.pick(['', '-'])}${random.whole(0, 1e6)}${'0'.repeat(random.whole(0, 9))}.${String(random.whole(0, 1e6)).repeat(random.whole(1, 3))}`;
  }
  return random.pick(values);
}

function batchOf(rows: readonly (readonly (Value | null)[])[]): BatchWriter {
  const batch = new BatchWriter();
  for (const row of rows) {
    for (const value of row) {
      if (value === null) batch.null();
      else if (typeof value === 'number') batch.double(value);
      else if (typeof value === 'string') batch.text(value);
      else batch.field(value, 0, value.length);
    }
    batch.rows++;
  }
  return batch;
}

async function bothWays(columns: readonly Sent[], batch: BatchWriter): Promise<void> {
  await made('by_text', columns);
  await copied(
    'by_text',
    '',
    new CopyText(
      columns.map(({ logical }) => logical),
      FRAME,
      Buffer.alloc(1000),
    ),
    batch,
  );
  const binary = await binaryOf(columns);
  await copied('by_binary', '(FORMAT binary)', binary, batch);
  const [text, same] = await Promise.all(['by_text', 'by_binary'].map(held));
  expect(same).toEqual(text);
}

async function binaryOf(columns: readonly Sent[]): Promise<CopyBinary> {
  await made('by_binary', columns);
  const sent = columns.map(({ logical }, i) => ({ name: `c${i}`, logical }));
  const { rows } = await client.query(standingSql('"public"."by_binary"'));
  const kernel = copyBinaryKernel(sent, standingColumns(rows));
  if (!kernel) throw new Error('no kernel');
  return new CopyBinary(kernel, FRAME, Buffer.alloc(1000));
}

async function made(table: string, columns: readonly Sent[]): Promise<void> {
  const definitions = columns.map(({ native }, i) => `c${i} ${native}`).join(', ');
  await client.query(`DROP TABLE IF EXISTS ${table}; CREATE TABLE ${table} (${definitions})`);
}

async function copied(table: string, format: string, rows: CopyBuffer, batch: BatchWriter): Promise<void> {
  const copy = new CopyIn(`COPY ${table} FROM STDIN ${format}`);
  client.query(copy);
  await copy.started();
  for (let place = FIRST; place.row < batch.rows; ) {
    const { row } = place;
    place = rows.rows(batch, place, 20_000);
    expect(place.row, `${table}: a row was not taken`).toBeGreaterThan(row);
    await copy.send(rows.bytes, rows.length);
    rows.reset(Buffer.alloc(1000));
  }
  if (rows instanceof CopyBinary) {
    rows.end();
    await copy.send(rows.bytes, rows.length);
  }
  expect(await copy.finish()).toBe(batch.rows);
}

/** Every row as PostgreSQL writes it, with what its type's binary form is. */
async function held(table: string): Promise<string[]> {
  const { rows } = await client.query<{ row: string; bytes: string }>(
    `SELECT t::text AS row, encode(record_send(t), 'hex') AS bytes FROM ${table} AS t ORDER BY 1, 2`,
  );
  return rows.map(({ row, bytes }) => `${row} ${bytes}`);
}
