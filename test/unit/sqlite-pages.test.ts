// Rows from the pages of a file against the sure way, row by row by SQLite: the same bytes, or the same refusal.

import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, expect, test } from 'vitest';
import { copyOf } from '../../src/engine/dialects/sqlite/pages/page-file.ts';
import { PageLane } from '../../src/engine/dialects/sqlite/pages/page-lane.ts';
import { RowLane } from '../../src/engine/dialects/sqlite/reader/row-lane.ts';
import { openReader } from '../../src/engine/dialects/sqlite/reader.ts';
import { planScan } from '../../src/engine/dialects/sqlite/scan.ts';
import { parseType } from '../../src/engine/dialects/sqlite/type-parse.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { ChunkRange, ReadColumn } from '../../src/shared/model/plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-sqlite-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let files = 0;

const TYPES = [
  ...['TEXT', 'VARCHAR(20) COLLATE NOCASE', 'STRING', 'ANY', 'JSON', 'INTERVAL', 'INTEGER', 'INT', 'BIGINT'],
  ...['TEXT_UNSIGNED', 'BOOLEAN', 'NUMERIC(10,2)', 'DECIMAL', 'TEXT_DECIMAL', 'REAL', 'DOUBLE', 'BLOB', 'BYTEA'],
  ...['DATE', 'DATETIME', 'TIMESTAMPTZ', 'TIME', 'TIMETZ', 'UUID', 'TEXT_BIT(3)', 'BIT(3)', 'MONEY'],
];
const STORED: readonly string[] = [
  ...['NULL', '0', '1', '-1', '-5', '101', '127', '128', '-129', '32767', '32768', '8388607', '8388608', '-8388609'],
  ...['2147483647', '2147483648', '-2147483649', '140737488355327', '140737488355328', '4294967296', '99999999999'],
  ...[
    '9223372036854775807',
    '-9223372036854775808',
    '1.0',
    '1.5',
    '-0.0',
    '9e999',
    '1e-7',
    '0.1',
    '0.30000000000000004',
  ],
  ...['123456789012.345', '999999999999999.0', '1e15', '1e16', '-2.5', '5e-324', '0.000001', '1e-15', '100.0', '1e300'],
  ...[
    "''",
    "' '",
    "'5'",
    "'0012'",
    "'-'",
    "'1.5'",
    "'1.50'",
    "'-1.5'",
    "'1.'",
    "'.5'",
    "'1e5'",
    "'true'",
    "'abc'",
    "'101'",
  ],
  ...["'2020-01-01'", "'2020-01-01 10:00:00'", "'2020-01-01T10:00:00.250Z'", "'2020-01-01 30:00:00'", "'2020-13-41'"],
  ...["'2020-01-01 10:00'", "'10:00:00'", "'10:60:00'", "'10:00:00.5'", "'10:00:00.'", "'838:59:59'", "'-10:00:00'"],
  ...["'2020-01-01 00:00:00+02:00'", "'0044-03-15 BC'", "'infinity'", "'NaN'", "'Infinity'"],
  ...["'550e8400-e29b-41d4-a716-446655440000'", "'550E8400-E29B-41D4-A716-446655440000'"],
  ...["x''", "x'35'", "x'00ff'", "CAST('2020-01-01' AS BLOB)", 'char(30)', 'char(0)', "'ü😀中'", "'x' || char(65533)"],
  ...["CAST(x'ff' AS TEXT)", "CAST(x'c0af' AS TEXT)", "CAST(x'eda080' AS TEXT)", "CAST(x'f4908080' AS TEXT)"],
  ...["CAST(x'61e282' AS TEXT)", "CAST(x'6161616161616161c3' AS TEXT)", "'aaaaaaaé'", "printf('%.9000c', 'x')"],
];

test('every storage class in every type, by itself', () => {
  const cases = TYPES.flatMap((type) => STORED.map((value) => ({ type, value })));
  const path = made((db) => {
    for (const [i, { type, value }] of cases.entries()) {
      db.exec(`CREATE TABLE t${i} (c ${type}); INSERT INTO t${i} VALUES (${value})`);
    }
  });
  const db = new Database(path, { readonly: true });
  let byPages = 0;
  for (const [i, { type, value }] of cases.entries()) {
    const rows = plainly(db, `t${i}`, ['c', type]);
    const pages = byPagesAlone(db, path, `t${i}`, ['c', type]);
    if (pages === 'left') continue;
    byPages++;
    expect({ type, value, read: pages }).toEqual({ type, value, read: rows });
  }
  db.close();
  // What is left to others is what needs judgement, not everything.
  expect(byPages).toBeGreaterThan(cases.length / 3);
});

test('random tables, whatever their pages, ranges and histories', async () => {
  const random = seeded(20_261_129);
  for (let round = 0; round < 60; round++) {
    const columns = Array.from({ length: random.whole(1, 8) }, (_, i): [string, string] => [
      `c${i}`,
      random.pick(TYPES),
    ]);
    const key = random.pick(['', 'id INTEGER PRIMARY KEY, ', 'id INTEGER PRIMARY KEY DESC, ', 'id INTEGER, ']);
    const path = made((db) => fill(random, db, key, columns, round), {
      pageSize: random.pick([512, 1024, 4096, 65_536]),
      vacuum: random.pick(['NONE', 'FULL']),
    });
    const wanted: [string, string][] = [...(key ? [['id', 'INTEGER'] as [string, string]] : []), ...columns];
    const shuffled = random.percent(50) ? wanted : [...wanted].reverse();
    for (const range of [ALL, ...(key.includes('KEY,') ? chunks(random) : [])]) {
      expect(await throughReader(path, 't', shuffled, range)).toEqual(await throughRows(path, 't', shuffled, range));
    }
  }
});

test.each([
  [
    'columns that are computed',
    'CREATE TABLE t (a INTEGER, v AS (a + 1), s AS (a + 2) STORED, b TEXT)',
    '(a, b) VALUES (5, 7)',
    ['s', 'b'],
  ],
  [
    'a column added later',
    "CREATE TABLE t (a INTEGER); INSERT INTO t VALUES (1); ALTER TABLE t ADD COLUMN b TEXT DEFAULT 'x'",
    "VALUES (2, 'y')",
    ['a', 'b'],
  ],
  [
    'a column dropped',
    'CREATE TABLE t (a INTEGER, x TEXT, b TEXT); ALTER TABLE t DROP COLUMN x',
    "VALUES (2, 'y')",
    ['a', 'b'],
  ],
  [
    'a name of the rowid',
    'CREATE TABLE t (rowid TEXT, oid TEXT, b TEXT)',
    "VALUES ('r', 'o', 'b')",
    ['oid', 'rowid', 'b'],
  ],
  ['a column named twice', 'CREATE TABLE t (a INTEGER PRIMARY KEY, b TEXT)', "VALUES (1, 'b')", ['b', 'a', 'b', 'a']],
  ['names in other letters', 'CREATE TABLE T (Abc INTEGER, "ÄB" TEXT)', "VALUES (1, 'b')", ['ABC', 'ÄB']],
])('%s', async (_, ddl, values, names) => {
  const path = made((db) => {
    db.exec(ddl);
    db.exec(`INSERT INTO t ${values}`);
  });
  const columns = names.map((name): [string, string] => [name, /^(a|s|abc)$/i.test(name) ? 'INTEGER' : 'TEXT']);
  const read = await throughReader(path, 't', columns, ALL);
  expect(read).toEqual(await throughRows(path, 't', columns, ALL));
  expect(read).not.toHaveProperty('error');
});

test('a table without rows, one of one page, and one without rowids', async () => {
  const path = made((db) => {
    db.exec('CREATE TABLE e (a TEXT); CREATE TABLE o (a TEXT); CREATE TABLE w (a TEXT PRIMARY KEY) WITHOUT ROWID');
    db.exec("INSERT INTO o VALUES ('1'); INSERT INTO w VALUES ('1')");
  });
  for (const name of ['e', 'o', 'w']) {
    expect(await throughReader(path, name, [['a', 'TEXT']], ALL)).toEqual(
      await throughRows(path, name, [['a', 'TEXT']], ALL),
    );
  }
});

test('columns whose names differ in the case of a letter beyond ASCII', async () => {
  const path = made((db) => db.exec(`CREATE TABLE t ("Ä" TEXT, "ä" TEXT); INSERT INTO t VALUES ('great', 'small')`));
  const columns = ['Ä', 'ä'].map((name): [string, string] => [name, 'TEXT']);
  expect(await throughReader(path, 't', columns, ALL)).toEqual(await throughRows(path, 't', columns, ALL));
});

test('long values, which go on in other pages, and one that is longer than the memory', async () => {
  const path = made((db) => {
    db.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, a TEXT, b BLOB)');
    const insert = db.prepare("INSERT INTO t VALUES (NULL, printf('%.*c', ?, 'a'), zeroblob(?))");
    // A leaf of 4,096 bytes holds payloads of up to 4,061 by itself.
    for (let size = 4030; size < 4070; size++) insert.run(size, 0);
    for (const size of [10, 2025, 5000, 100_000, 520_000, 2_000_000]) insert.run(size, size / 2);
  });
  const columns: [string, string][] = [
    ['id', 'INTEGER'],
    ['b', 'BLOB'],
    ['a', 'TEXT'],
  ];
  const read = await throughReader(path, 't', columns, ALL);
  expect(read).toEqual(await throughRows(path, 't', columns, ALL));
  expect(read).toMatchObject({ rows: 46 });
});

test('a reader that takes turns with another in the same thread', async () => {
  const path = made((db) => {
    db.exec('CREATE TABLE t (a TEXT); CREATE TABLE u (a TEXT)');
    const series = 'WITH RECURSIVE c(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM c WHERE i < 60000)';
    for (const name of ['t', 'u']) db.exec(`INSERT INTO ${name} ${series} SELECT printf('${name}%030d', i) FROM c`);
  });
  const both = await Promise.all(['t', 'u'].map((name) => throughReader(path, name, [['a', 'TEXT']], ALL)));
  for (const [i, name] of ['t', 'u'].entries())
    expect(both[i]).toEqual(await throughRows(path, name, [['a', 'TEXT']], ALL));
});

test('pages that do not hold what SQLite reads are noticed', async () => {
  const path = made((db) => db.exec("CREATE TABLE t (a TEXT); INSERT INTO t VALUES ('before'), ('before')"));
  // What no copy of Drover's has: a log beside the file that replaces its pages.
  const writer = new Database(path);
  writer.pragma('journal_mode = WAL');
  writer.exec("UPDATE t SET a = 'behind'");
  const reader = openReader(path, path);
  const rows = collected(reader.read(scanOf('t', [['a', 'TEXT']], ALL), new AbortController().signal));
  expect(await rows).toEqual({ error: 'support.internal' });
  await reader.close();
  writer.close();
});

test('a damaged file ends with what SQLite says of it, or is read as SQLite reads it', async () => {
  const random = seeded(20_261_130);
  const sound = made((db) =>
    fill(
      random,
      db,
      'id INTEGER PRIMARY KEY, ',
      [
        ['c0', 'TEXT'],
        ['c1', 'INTEGER'],
      ],
      3,
    ),
  );
  const bytes = readFileSync(sound);
  for (let round = 0; round < 120; round++) {
    const path = join(folder, `damaged${round}.db`);
    writeFileSync(path, bytes);
    const descriptor = openSync(path, 'r+');
    // Behind the first page, which says what tables there are.
    for (let i = random.whole(1, 4); i > 0; i--) {
      writeSync(descriptor, Buffer.from([random.whole(0, 255)]), 0, 1, random.whole(4096, bytes.length - 1));
    }
    closeSync(descriptor);
    const columns: [string, string][] = [
      ['id', 'INTEGER'],
      ['c0', 'TEXT'],
      ['c1', 'INTEGER'],
    ];
    const [pages, rows] = [await throughReader(path, 't', columns, ALL), await throughRows(path, 't', columns, ALL)];
    // SQLite trusts what it need not look at; where it finds fault, Drover must not find rows.
    if ('error' in rows) expect(pages).toHaveProperty('error');
    rmSync(path);
  }
});

const ALL: ChunkRange = { kind: 'all' };

interface Made {
  readonly pageSize?: number;
  readonly vacuum?: string;
}

function made(use: (db: Database.Database) => void, { pageSize = 4096, vacuum = 'NONE' }: Made = {}): string {
  const path = join(folder, `${files++}.db`);
  const db = new Database(path);
  db.pragma(`page_size = ${pageSize}`);
  db.pragma(`auto_vacuum = ${vacuum}`);
  db.transaction(() => use(db))();
  db.close();
  return path;
}

/** Rows of any size, mostly small; some deleted again, some changed. */
function fill(
  random: Random,
  db: Database.Database,
  key: string,
  columns: readonly (readonly [string, string])[],
  round: number,
): void {
  db.exec(`CREATE TABLE t (${key}${columns.map(([name, type]) => `${name} ${type}`).join(', ')})`);
  const rowids = random.pick([0, 1_000_000, -50, 2 ** 40]);
  const rows = random.pick([1, 40, 700, 3000]);
  // Most tables hold what suits their types, or one odd value would end each of them.
  const odd = round % 3 === 0;
  for (let i = 0; i < rows; i++) {
    const values = columns.map(([, type]) => (odd && random.percent(1) ? random.pick(STORED) : fitting(random, type)));
    const own = key === '' ? [] : [key.includes('KEY,') ? String(rowids + i * random.pick([1, 1, 3])) : String(i)];
    const names = [...(key === '' ? [] : ['id']), ...columns.map(([name]) => name)];
    db.exec(`INSERT OR IGNORE INTO t (${names.join(', ')}) VALUES (${[...own, ...values].join(', ')})`);
  }
  if (random.percent(50)) db.exec(`DELETE FROM t WHERE rowid % ${random.whole(2, 5)} = 0`);
  if (random.percent(30)) db.exec('UPDATE t SET c0 = c0 WHERE rowid % 7 = 0');
}

function fitting(random: Random, type: string): string {
  if (random.percent(10)) return 'NULL';
  const { kind } = parseType(type);
  switch (kind) {
    case 'integer':
      return type === 'TEXT_UNSIGNED' ? `'${random.whole(0, 1e9)}'` : random.pick(STORED.slice(1, 23));
    case 'boolean':
      return String(random.whole(0, 1));
    case 'decimal':
      return random.pick([`${random.whole(-1e6, 1e6) / 100}`, String(random.whole(0, 1e9)), "'12.50'"]);
    case 'float':
      return String((random.next() - 0.5) * 10 ** random.whole(-5, 15));
    case 'binary':
      return `x'${'0aff'.repeat(random.pick([0, 1, 5, 300]))}'`;
    case 'date':
      return "'2024-02-29'";
    case 'timestamp':
      return random.pick(["'2024-02-29 10:00:00'", "'2024-02-29T10:00:00.5Z'"]);
    case 'time':
      return "'10:00:00.25'";
    case 'uuid':
      return "'550e8400-e29b-41d4-a716-446655440000'";
    case 'bit':
      return "'101'";
    default:
      return `'${random.pick(['', 'a', 'é', '😀', 'x'.repeat(random.pick([9, 90, 900, 9000]))])}'`;
  }
}

/** Ranges that tile all rowids. */
function chunks(random: Random): ChunkRange[] {
  const cuts = [random.whole(-60, 2000), random.whole(2001, 5000), 1_000_500, 2 ** 40 + 300].map(String);
  return [null, ...cuts].map((after, i) => ({ kind: 'range', column: 'id', after, upto: cuts[i] ?? null }));
}

type Read = { readonly rows: number; readonly bytes: string } | { readonly error: string };

async function throughReader(
  path: string,
  table: string,
  columns: [string, string][],
  range: ChunkRange,
): Promise<Read> {
  const reader = openReader(path, path);
  try {
    return await collected(reader.read(scanOf(table, columns, range), new AbortController().signal));
  } finally {
    await reader.close();
  }
}

async function throughRows(path: string, table: string, columns: [string, string][], range: ChunkRange): Promise<Read> {
  const db = new Database(path, { readonly: true });
  try {
    return await collected(rowsOf(db, table, columns, range));
  } finally {
    db.close();
  }
}

function* rowsOf(db: Database.Database, table: string, columns: [string, string][], range: ChunkRange) {
  const plan = planScan(db, scanOf(table, columns, range));
  const out = new BatchWriter();
  for (const _ of new RowLane(db, plan).read(plan.rowids ?? { after: null, upto: null }, out)) {
    yield out;
    out.clear();
  }
  yield out;
}

/** Of one row: what the pages say without help; left where they need any. */
function byPagesAlone(db: Database.Database, path: string, table: string, column: [string, string]): Read | 'left' {
  const out = new BatchWriter();
  const file = copyOf(path);
  try {
    const lane = PageLane.open(db, file, planScan(db, scanOf(table, [column], ALL)));
    if (!lane) return 'left';
    const read = lane.read(out);
    return read === 'rows' ? { rows: out.rows, bytes: out.bytes.toString('hex', 0, out.length) } : 'left';
  } finally {
    file.close();
  }
}

function plainly(db: Database.Database, table: string, column: [string, string]): Read {
  const rows: string[] = [];
  let count = 0;
  try {
    for (const batch of rowsOf(db, table, [column], ALL)) {
      rows.push(batch.bytes.toString('hex', 0, batch.length));
      count += batch.rows;
    }
  } catch (error) {
    return { error: (error as Error).message };
  }
  return { rows: count, bytes: rows.join('') };
}

async function collected(
  batches: AsyncIterable<{ bytes: Buffer; length: number; rows: number }> | Iterable<BatchWriter>,
): Promise<Read> {
  const taken: Buffer[] = [];
  let rows = 0;
  try {
    for await (const batch of batches) {
      taken.push(Buffer.from(batch.bytes.subarray(0, batch.length)));
      rows += batch.rows;
    }
  } catch (error) {
    const { code } = error as { code?: string };
    return { error: code === 'convert.not-representable' || code === 'support.internal' ? code : 'other' };
  }
  return { rows, bytes: Buffer.concat(taken).toString('latin1') };
}

function scanOf(name: string, columns: readonly [string, string][], range: ChunkRange) {
  const wanted = columns.map(([column, native]): ReadColumn => ({ name: column, native, logical: parseType(native) }));
  return { table: { name, staging: null }, columns: wanted, filter: null, range };
}
