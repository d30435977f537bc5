// MariaDB's bulk INSERT against an INSERT with literals: the same rows afterwards, or refused both times.

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Link, open } from '../../src/engine/dialects/mysql/connection.ts';
import { mysql } from '../../src/engine/dialects/mysql/index.ts';
import { bookkeeping } from '../../src/engine/dialects/mysql/ledger.ts';
import { stagingDatabase } from '../../src/engine/dialects/mysql/names.ts';
import { parseType } from '../../src/engine/dialects/mysql/type-parse.ts';
import { BulkInserts } from '../../src/engine/dialects/mysql/writer/bulk.ts';
import { columnsOf, InsertLoader, stagedName } from '../../src/engine/dialects/mysql/writer/loader.ts';
import type { LoadOrder } from '../../src/engine/dialects/writing.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { asDroverError } from '../../src/engine/support/failure.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { TargetColumn, TargetTable } from '../../src/shared/model/plan.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { accessTo, newRun } from './contestant.ts';

type Value = string | number | Buffer;

const INTEGERS = ['0', '1', '-1', '127', '128', '-129', '255', '256', '65535', '2147483647', '-2147483649', '007'];
const LONG = ['999999999999999999', '9223372036854775807', '-9223372036854775808', '9999999999999999999'];
const BEYOND = [
  '9223372036854775808',
  '-9223372036854775809',
  '18446744073709551615',
  '18446744073709551616',
  '1.5',
  '-0',
];
const DECIMALS = ['0', '-0.00', '1.5', '1.50', '12345678.90', '-99999999.99', '123456789.1', '1.005', '-.5', '7.'];
const TEXTS = [
  '',
  'a',
  'Åse',
  "it's",
  '\\',
  '\0',
  'a ',
  '  ',
  '😀',
  '中文',
  'x'.repeat(250),
  'y'.repeat(251),
  '\n\r\t',
];
const BYTES = TEXTS.map((text) => Buffer.from(text));
const MOMENTS = ['2024-02-29 12:00:00', '2024-02-30 12:00:00', '1999-12-31 23:59:59.999999', '0000-00-00 00:00:00'];
const TIMES = ['00:00:00', '-838:59:59', '839:00:00', '12:00:00.5', '23:59:59.123456', '100'];
const DATES = ['2024-02-29', '2023-02-29', '0000-00-00', '2024-00-00', '10000-01-01', '2024-01-01 10:00:00'];

const LABELS = ['', 'a', 'A', 'aa', 'b', 'b ', 'Åse', 'ase', "it's", '0', '1', '2', 'other'];

/** Types of a target, and values of which it takes some. */
const SENT: readonly (readonly [readonly string[], readonly Value[]])[] = [
  [['tinyint', 'tinyint unsigned', 'tinyint(1)', 'smallint unsigned', 'int', 'mediumint'], INTEGERS],
  [
    ['bigint', 'bigint unsigned', 'decimal(30,0)', 'int unsigned zerofill'],
    [...INTEGERS, ...LONG, ...BEYOND],
  ],
  [['year'], ['0', '1', '70', '1901', '2155', '1900', '2024']],
  [['decimal(10,2)', 'decimal(12,4)', 'decimal(65,30)', 'decimal(8,2) unsigned'], DECIMALS],
  [
    ['double', 'float'],
    [0, -0, 0.1, 1e300, -5e-324, Number.NaN, Infinity, 3.4e38, 16777217],
  ],
  [['varchar(250)', 'char(20)', 'text', 'longtext', 'tinytext', 'varchar(300) character set latin1'], TEXTS],
  [
    ['varchar(60) character set utf8mb3', 'text collate utf8mb4_bin'],
    [...TEXTS, Buffer.from('ff41', 'hex')],
  ],
  [
    ['varbinary(250)', 'blob', 'longblob'],
    [...BYTES, Buffer.from('00ff27', 'hex'), Buffer.alloc(70_000, 0xfe)],
  ],
  [['datetime', 'datetime(3)', 'datetime(6)', 'timestamp(6)'], MOMENTS],
  [['time', 'time(2)', 'time(6)'], TIMES],
  [['date'], DATES],
  [['json'], ['{"a": [1.0, null]}', '[]', '{', 'null']],
  [
    ['uuid', 'char(36)'],
    ['550e8400-e29b-41d4-a716-446655440000', '550e8400'],
  ],
  [['inet6'], ['::1', '127.0.0.1', 'fe80::1']],
  [["enum('a','b ','Åse','1','aa','it''s')", "enum('1','0','')", "enum('a') character set latin1"], LABELS],
  [
    ["set('a','b','Åse','1')", "set('aa','a')"],
    ['', 'a', 'a,b', 'b,a', 'a,', ',', '1,Åse', 'aa,a', 'A', '3', 'ab'],
  ],
  [
    ['bit(3)', 'bit(1)', 'bit(64)'],
    ['', '0', '1', '101', '0101', '1101', '2', '1'.repeat(64), '0'.repeat(65), '1'.repeat(65)],
  ],
  [
    ['binary(3)', 'binary(1)'],
    ['', 'a', 'abc', 'abcd', 'a\0b', Buffer.from('ff00fe', 'hex')],
  ],
];

const RUN = newRun();
let database: TestDatabase;
let link: Link;
let inserts: BulkInserts;

beforeAll(async () => {
  database = await freshDatabase('mariadb');
  link = await open(accessTo(mysql, database), 'target');
  inserts = (await BulkInserts.of(link))!;
  await link.query(`CREATE DATABASE ${stagingDatabase(RUN)} CHARACTER SET utf8mb4`);
  for (const statement of bookkeeping(database.name, RUN)) await link.query(statement);
});

afterAll(async () => {
  await link.query(`DROP DATABASE ${stagingDatabase(RUN)}`);
  await link.close();
  await database.drop();
});

test('random tables', async () => {
  const random = seeded(20_261_123);
  const outcomes = { taken: 0, refused: 0 };
  for (let round = 0; round < 400; round++) {
    const columns = columnsOfARound(random);
    const order = orderOf('t', columns);
    const names = columns.map(
      ({ target }) => `\`${target.name}\` ${target.native} ${target.nullable ? 'NULL' : 'NOT NULL'}`,
    );
    await link.query(`CREATE TABLE ${stagedName(RUN, order)} (${names.join(', ')})`);
    const batch = batchOf(random, columns, random.pick([1, 3, 3, 40]));
    const packet = random.pick([300_000, 16_000_000]);
    const bulk = await loaded(order, batch, packet, true);
    const literals = await loaded(order, batch, packet, false);
    expect({ native: names, ...bulk }).toEqual({ native: names, ...literals });
    outcomes['rows' in literals ? 'taken' : 'refused']++;
    await link.query(`DROP TABLE ${stagedName(RUN, order)}`);
  }
  expect(outcomes.taken).toBeGreaterThan(100);
  expect(outcomes.refused).toBeGreaterThan(100);
});

test('tables with shapes, or with more labels than it has room for, are not for it', async () => {
  const many = Array.from({ length: 10_000 }, (_, i) => `'label ${i}'`);
  for (const native of ['point', `enum(${many})`]) {
    expect(await inserts.into('t', [column('c', native, true)])).toBeNull();
  }
});

test('a server that logs statements gets literals', async () => {
  await link.query("SET SESSION binlog_format = 'STATEMENT'");
  expect(await BulkInserts.of(link)).toBeNull();
  await link.query("SET SESSION binlog_format = 'MIXED'");
  expect(await BulkInserts.of(link)).not.toBeNull();
});

test('a server that prepares nothing gets literals', async () => {
  await link.query('SET GLOBAL max_prepared_stmt_count = 0');
  const other = await open(accessTo(mysql, database), 'target');
  try {
    const refused = (await BulkInserts.of(other))!;
    expect(await refused.into('t', [column('c', 'int', true)])).toBeNull();
  } finally {
    await link.query('SET GLOBAL max_prepared_stmt_count = DEFAULT');
    await other.close();
  }
});

test('a connection that is lost is no such server', async () => {
  const other = await open(accessTo(mysql, database), 'target');
  const lost = (await BulkInserts.of(other))!;
  await link.query(`KILL ${other.id}`);
  await expect(lost.into('t', [column('c', 'int', true)])).rejects.toThrow();
  other.destroy();
});

interface Column {
  readonly target: TargetColumn;
  readonly values: readonly Value[];
}

function columnsOfARound(random: Random): Column[] {
  return Array.from({ length: random.whole(1, 4) }, (_, i) => {
    const [natives, values] = random.pick(SENT);
    const target = column(`c${i}`, random.pick(natives), random.percent(80));
    // Most values of a type fit somewhere: few of them, or no table would.
    return { target, values: Array.from({ length: random.whole(1, 3) }, () => random.pick(values)) };
  });
}

function column(name: string, native: string, nullable: boolean): TargetColumn {
  return { name, native, logical: parseType(native)!, nullable } as TargetColumn;
}

function orderOf(name: string, columns: readonly Column[]): LoadOrder {
  const table = { name, columns: columns.map(({ target }) => target) } as unknown as TargetTable;
  return { table, columns: table.columns.map((each) => each.name), chunk: 0, batchSize: null };
}

function batchOf(random: Random, columns: readonly Column[], rows: number): BatchWriter {
  const batch = new BatchWriter();
  for (; batch.rows < rows; batch.rows++) {
    for (const { target, values } of columns) {
      const value = random.percent(target.nullable ? 10 : 1) ? null : random.pick(values);
      if (value === null) batch.null();
      else if (typeof value === 'number') batch.double(value);
      else {
        const bytes = Buffer.from(value as string);
        batch.field(bytes, 0, bytes.length);
      }
    }
  }
  return batch;
}

async function loaded(order: LoadOrder, batch: BatchWriter, packet: number, isBulk: boolean) {
  const table = stagedName(RUN, order);
  const bulk = isBulk ? await inserts.into(table, columnsOf(order)) : null;
  expect(bulk === null).toBe(!isBulk);
  await link.query('START TRANSACTION');
  const loader = new InsertLoader(link, RUN, order, { packet, bulk, plain: !isBulk });
  try {
    await loader.write(batch);
    await loader.commit({ rows: batch.rows, digest: '' });
  } catch (thrown) {
    await loader.rollback();
    // Which of several values is told of is open: rows without literals go first.
    return { code: asDroverError(thrown).data.code };
  }
  const rows = await link.query(
    `SELECT ${order.columns.map((name) => `HEX(${name}) AS ${name}`).join(', ')} FROM ${table} ORDER BY ${order.columns.map((_, i) => i + 1).join(', ')}`,
  );
  await link.query(`DELETE FROM ${table}`);
  return { rows };
}
