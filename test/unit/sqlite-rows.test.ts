// Fields as the reader gives them, whatever their storage class; the fast lane and the sure one agree to the byte.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import { sqlite } from '../../src/engine/dialects/sqlite/index.ts';
import { openReader } from '../../src/engine/dialects/sqlite/reader.ts';
import { parseType } from '../../src/engine/dialects/sqlite/type-parse.ts';
import { fieldLength, NULL_LENGTH } from '../../src/engine/pipeline/batch.ts';
import type { ChunkRange } from '../../src/shared/model/plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-sqlite-rows-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

/** Rows of table t as texts; a null is NULL. */
async function read(sql: string, options: { range?: ChunkRange; filter?: string } = {}): Promise<(string | null)[][]> {
  const path = join(folder, `${files++}.db`);
  const db = new Database(path).exec(sql);
  const declared = db.prepare("SELECT name, type FROM pragma_table_xinfo('t')").all() as {
    name: string;
    type: string;
  }[];
  db.close();
  const columns = declared.map(({ name, type }) => ({ name, native: type, logical: parseType(type) }));
  const reader = openReader(path, null);
  const rows: (string | null)[][] = [];
  try {
    const table = { name: 't', staging: null };
    const scan = { table, columns, filter: options.filter ?? null, range: options.range ?? { kind: 'all' as const } };
    for await (const { bytes, rows: count } of reader.read(scan, new AbortController().signal)) {
      let at = 0;
      for (let row = 0; row < count; row++) {
        rows.push(
          columns.map(({ logical }) => {
            const length = fieldLength(bytes, at);
            at += 4;
            if (length === NULL_LENGTH) return null;
            const start = at;
            at += length;
            if (logical.kind === 'float') return String(bytes.readDoubleBE(start));
            return bytes.toString(logical.kind === 'binary' ? 'hex' : 'utf8', start, at);
          }),
        );
      }
    }
  } finally {
    await reader.close();
  }
  return rows;
}

const VALUES = `
  (1, 9223372036854775807, 1.50, 0.1, 'text', '2020-02-29', '2020-01-01 10:00:00', 1),
  (2, -9223372036854775808, 12345678901234567, 1e300, '', '1900-01-01', '2020-01-01T10:00:00.5Z', 0),
  (3, NULL, 0.30000000000000004, -0.1, NULL, NULL, '2020-01-01', NULL),
  (4, 9007199254740993, 1e-7, 9e999, char(31) || char(30) || 'ß😀', '0000-00-00', '2020-01-01 23:59', 1),
  (5, 0, -1e22, 5, 'a' || char(0) || 'b' || char(65533), '2020-01-01', NULL, 1)`;
const EXPECTED = [
  ['1', '9223372036854775807', '1.5', '0.1', 'text', '2020-02-29', '2020-01-01 10:00:00', '1'],
  ['2', '-9223372036854775808', '12345678901234567', '1e+300', '', '1900-01-01', '2020-01-01 10:00:00.5', '0'],
  ['3', null, '0.30000000000000004', '-0.1', null, null, '2020-01-01 00:00:00', null],
  ['4', '9007199254740993', '0.0000001', 'Infinity', '\u001f\u001eß😀', '0000-00-00', '2020-01-01 23:59:00', '1'],
  ['5', '0', '-10000000000000000000000', '5', 'a\0b\ufffd', '2020-01-01', null, '1'],
];
const COLUMNS = 'big BIGINT, dec NUMERIC, r REAL, s TEXT, d DATE, ts DATETIME, f BOOLEAN';

const TYPES = [
  'TEXT',
  'VARCHAR(20)',
  'VARCHAR(20) COLLATE NOCASE',
  'TEXT COLLATE RTRIM',
  'STRING',
  'ANY',
  'JSON',
  'INTERVAL',
  'INTEGER',
  'TEXT_UNSIGNED',
  'BOOLEAN',
  'NUMERIC(10,2)',
  'TEXT_DECIMAL',
  'REAL',
  'DATE',
  'DATETIME',
  'TIME',
  'UUID',
  'TEXT_BIT(3)',
  'BIT(3)',
];
const STORED = [
  ...['NULL', '0', '1', '-5', '101', '20200101', '9223372036854775807', '1.0', '1.5', '-0.0', '9e999', '1e-7'],
  ...["''", "' '", "'5'", "'0012'", "'-'", "'1.5'", "'1.5r'", "'1.50t'", "'true'", "'abc'", "'101'", "'Inf'"],
  ...["'2020-01-01'", "'2020-01-01 10:00:00'", "'10:00:00'", "'550e8400-e29b-41d4-a716-446655440000'"],
  ...["x''", "x'35'", "CAST('2020-01-01' AS BLOB)", 'char(30)', 'char(31)', 'char(0)', "'ü😀'", "CAST(x'ff' AS TEXT)"],
  "printf('%.70000c', 'x')",
];

describe('reader', () => {
  it('gives every value exactly, by groups', async () => {
    expect(await read(`CREATE TABLE t (id INTEGER PRIMARY KEY, ${COLUMNS}); INSERT INTO t VALUES ${VALUES}`)).toEqual(
      EXPECTED,
    );
  });

  it('gives the same row by row', async () => {
    const sql = `CREATE TABLE t (id INTEGER PRIMARY KEY, ${COLUMNS}) WITHOUT ROWID; INSERT INTO t VALUES ${VALUES}`;
    expect(await read(sql)).toEqual(EXPECTED);
  });

  it('gives the same from a UTF-16 file', async () => {
    const sql = `PRAGMA encoding = 'UTF-16'; CREATE TABLE t (id INTEGER PRIMARY KEY, ${COLUMNS}); INSERT INTO t VALUES ${VALUES}`;
    expect(await read(sql)).toEqual(EXPECTED);
  });

  it('reads bytes, uuids and texts in columns for bytes', async () => {
    const rows = await read(`CREATE TABLE t (b BLOB, u UUID);
      INSERT INTO t VALUES (x'00ff00', x'550e8400e29b41d4a716446655440000'), ('ü', '550E8400-E29B-41D4-A716-446655440000')`);
    const uuid = '550e8400-e29b-41d4-a716-446655440000';
    expect(rows).toEqual([
      ['00ff00', uuid],
      ['c3bc', uuid],
    ]);
  });

  it('tiles a key into ranges, lowest and highest rowid among them', async () => {
    const sql = `CREATE TABLE t (id INTEGER PRIMARY KEY);
      INSERT INTO t VALUES (-9223372036854775808), (-1), (0), (7), (9223372036854775807)`;
    const range = (after: string | null, upto: string | null) =>
      read(sql, { range: { kind: 'range', column: 'id', after, upto } });
    expect(await range(null, '0')).toEqual([['-9223372036854775808'], ['-1'], ['0']]);
    expect(await range('0', null)).toEqual([['7'], ['9223372036854775807']]);
    expect(await range('0', '7')).toEqual([['7']]);
    expect(await read(sql)).toHaveLength(5);
  });

  it('filters, and blames the filter by name', async () => {
    const sql = 'CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1), (2), (3)';
    expect(await read(sql, { filter: 'a > 1 -- most' })).toEqual([['2'], ['3']]);
    await expect(read(sql, { filter: 'nope = 1' })).rejects.toThrow(
      expect.objectContaining({ code: 'plan.bad-filter' }),
    );
  });

  it.each([
    ['INTEGER', "'abc'"],
    ['INTEGER', '1.5'],
    ['TEXT', "x'00'"],
    ['DATETIME', '1577872800'],
    ['DATETIME', "'2020-01-01 10:00:00+02:00'"],
    ['DECIMAL', "'1.5r'"],
    ['BOOLEAN', '2'],
    ['TEXT', "CAST(x'61ff' AS TEXT)"],
  ])('refuses what does not fit: %s %s', async (type, value) => {
    const rows = read(`CREATE TABLE t (c ${type}); INSERT INTO t VALUES (NULL), (${value})`);
    await expect(rows).rejects.toThrow(expect.objectContaining({ code: 'convert.not-representable' }));
  });

  it('gives or refuses every storage class in every type alike, by groups and row by row', async () => {
    const path = join(folder, 'lanes.db');
    const db = new Database(path);
    const cases = TYPES.flatMap((type) => STORED.map((value) => ({ type, value })));
    db.transaction(() => {
      for (const [i, { type, value }] of cases.entries()) {
        db.exec(`CREATE TABLE groups${i} (c ${type}); INSERT INTO groups${i} VALUES (${value})`);
        db.exec(`CREATE TABLE rows${i} (id INTEGER PRIMARY KEY, c ${type}) WITHOUT ROWID`);
        db.exec(`INSERT INTO rows${i} VALUES (1, ${value})`);
      }
    })();
    db.close();
    const reader = openReader(path, null);
    const field = async (name: string, type: string): Promise<string> => {
      const columns = [{ name: 'c', native: type, logical: parseType(type) }];
      const scan = { table: { name, staging: null }, columns, filter: null, range: { kind: 'all' as const } };
      let hex = '';
      try {
        for await (const { bytes, length } of reader.read(scan, new AbortController().signal))
          hex += bytes.toString('hex', 0, length);
      } catch (error) {
        return (error as { code: string }).code;
      }
      return hex;
    };
    for (const [i, { type, value }] of cases.entries()) {
      const [group, row] = [await field(`groups${i}`, type), await field(`rows${i}`, type)];
      expect({ type, value, field: group }).toEqual({ type, value, field: row });
    }
    await reader.close();
  });

  it('stops when it is told to', async () => {
    const path = join(folder, 'abort.db');
    const many = 'WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 50000)';
    new Database(path).exec(`CREATE TABLE t (a TEXT); INSERT INTO t ${many} SELECT printf('%040d', i) FROM c`).close();
    const reader = openReader(path, null);
    const abort = new AbortController();
    const columns = [{ name: 'a', native: 'TEXT', logical: parseType('TEXT') }];
    const scan = { table: { name: 't', staging: null }, columns, filter: null, range: { kind: 'all' as const } };
    let batches = 0;
    const all = (async () => {
      for await (const _ of reader.read(scan, abort.signal)) {
        batches++;
        abort.abort();
      }
    })();
    await expect(all).rejects.toThrow();
    expect(batches).toBe(1);
    await reader.close();
  });
});

describe('profile', () => {
  it('answers exactly', async () => {
    const path = join(folder, 'profile.db');
    new Database(path)
      .exec(
        `CREATE TABLE t (i BIGINT, d DECIMAL(10,2), s TEXT, ts DATETIME, u TEXT_UNSIGNED);
        INSERT INTO t VALUES (9223372036854775807, 0.1, 'a' || char(0) || 'b', '2020-01-01', '18446744073709551615'),
        (9223372036854775807, 0.2, '😀', '2023-02-31', '5'), (-1, 1e10, '', 'x', NULL), (NULL, 'no', NULL, 5, 'y')`,
      )
      .close();
    const session = await sqlite.connect(
      { connection: { family: 'sqlite', path }, password: null },
      { role: 'source' },
    );
    const column = (name: string, native: string, ...ask: string[]) => ({
      column: name,
      logical: parseType(native),
      ask: ask as never[],
    });
    const answers = await session.profile({
      table: { name: 't', staging: null },
      filter: null,
      questions: [
        { column: '', logical: parseType('TEXT'), ask: ['count'] },
        column('i', 'BIGINT', 'min', 'max', 'sum', 'nonNull'),
        column('d', 'DECIMAL', 'min', 'max', 'sum', 'maxScale', 'maxIntegerDigits', 'storageText'),
        column('s', 'TEXT', 'maxChars', 'octets', 'nulCharacters', 'wideCharacters', 'empty'),
        column('ts', 'DATETIME', 'notIsoTimestamp', 'storageInteger'),
        column('u', 'TEXT_UNSIGNED', 'max', 'storageInteger', 'storageText'),
      ],
    });
    await session.close();
    expect(answers).toMatchObject({
      '': { count: '4' },
      i: { min: '-1', max: '9223372036854775807', sum: '18446744073709551613', nonNull: '3' },
      d: {
        min: '0.1',
        max: '10000000000',
        sum: '10000000000.3',
        maxScale: '1',
        maxIntegerDigits: '11',
        storageText: '1',
      },
      s: { maxChars: '3', octets: '7', nulCharacters: '1', wideCharacters: '1', empty: '1' },
      ts: { notIsoTimestamp: '2', storageInteger: '1' },
      u: { max: '18446744073709551615', storageInteger: '2', storageText: '1' },
    });
  });
});
