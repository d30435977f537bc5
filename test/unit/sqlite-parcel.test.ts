// Rows by parcels against rows that are bound: the same values in the same order, or the same refusal.

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, test } from 'vitest';
import type { RunIdentity } from '../../src/engine/dialects/session.ts';
import { makeControl } from '../../src/engine/dialects/sqlite/ledger.ts';
import { FileLock } from '../../src/engine/dialects/sqlite/lock.ts';
import { stagedPrefix } from '../../src/engine/dialects/sqlite/names.ts';
import { openWriter } from '../../src/engine/dialects/sqlite/writer.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { asDroverError } from '../../src/engine/support/failure.ts';
import { type Random, seeded } from '../../src/host/sample/random.ts';
import type { TargetColumn, TargetTable } from '../../src/shared/model/plan.ts';
import { KINDS } from './kernel-values.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-sqlite-parcel-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const RUN: RunIdentity = { id: 'abcdef012345', epoch: 1 };
const NATIVES = ['INTEGER', 'BIGINT', 'TEXT', 'VARCHAR(5)', 'REAL', 'NUMERIC', 'DECIMAL(12,2)', 'BLOB', '', 'DATETIME'];
/** Values as batches hold them, beside those of every type. */
const NUMBERS = [
  '0',
  '1',
  '-1',
  '127',
  '-128',
  '128',
  '32767',
  '-32769',
  '8388607',
  '-8388609',
  '2147483648',
  '-2147483648',
];
const LONG_NUMBERS = ['140737488355327', '-140737488355329', '9223372036854775807', '-9223372036854775808'];
const TOO_LONG = ['9223372036854775808', '-9223372036854775809', '123456789012345678901'];
const DECIMALS = [
  '0.00',
  '-0.00',
  '1.50',
  '12.00',
  '0.1',
  '-0.5',
  '999999999999.99',
  '1234567890.12345',
  '0.000000000000001',
];

interface Column {
  readonly name: string;
  readonly target: TargetColumn;
  readonly constraint: string;
  readonly make: (random: Random) => Buffer | string | number | null;
}

test('random tables, and batches of any kind', async () => {
  const random = seeded(20_261_122);
  let refused = 0;
  for (let round = 0; round < 250; round++) {
    const columns = columnsOf(random);
    const key = random.percent(50);
    const batches = Array.from({ length: random.whole(0, 4) }, () =>
      batchOf(random, columns, random.whole(0, 80), key),
    );
    const encoding = random.percent(5) ? 'UTF-16le' : 'UTF-8';
    const [packed, bound] = [
      await loaded(columns, batches, { key, encoding, plain: false }),
      await loaded(columns, batches, { key, encoding, plain: true }),
    ];
    if (typeof bound !== 'string') {
      expect(packed).toEqual(bound);
      continue;
    }
    // Of several values that are refused, either way may come to another one first.
    expect(typeof packed, bound).toBe('string');
    refused++;
  }
  expect(refused).toBeGreaterThan(20);
  expect(refused).toBeLessThan(200);
  expect(readdirSync(folder)).toEqual([]);
});

test('pages, tables of a parcel and transactions one after the other', async () => {
  const random = seeded(7);
  const columns = [columnOf('a', 'INTEGER', 'integer'), columnOf('b', 'TEXT', 'text')];
  const batches = Array.from({ length: 60 }, (_, i) => {
    const batch = new BatchWriter();
    for (let row = 0; row < 400; row++) {
      batch.text(String(i * 400 + row));
      batch.text('x'.repeat(random.percent(1) ? 70_000 : random.whole(0, 900)));
      batch.rows++;
    }
    return batch;
  });
  for (const [transactions, rolledBack] of [
    [1, false],
    [3, true],
  ] as const) {
    const options = { key: false, encoding: 'UTF-8', transactions, rolledBack };
    expect(await loaded(columns, batches, { ...options, plain: false })).toEqual(
      await loaded(columns, batches, { ...options, plain: true }),
    );
  }
});

test('batches that are too long for the kernel, first and between others, and taken back', async () => {
  const random = seeded(4);
  const columns = Array.from({ length: 40 }, (_, i) => columnOf(`c${i}`, 'INTEGER', 'integer'));
  for (const sizes of [[4000], [4000, 10], [10, 4000, 10]]) {
    const batches = sizes.map((rows) => batchOf(random, columns, rows, false));
    for (const rolledBack of [true, false]) {
      const options = { key: false, encoding: 'UTF-8', transactions: 2, rolledBack };
      expect(await loaded(columns, batches, { ...options, plain: false })).toEqual(
        await loaded(columns, batches, { ...options, plain: true }),
      );
    }
  }
});

test('more columns than a narrow parcel has, and then few again', async () => {
  const random = seeded(3);
  for (const width of [3, 64, 65, 300, 5]) {
    const columns = Array.from({ length: width }, (_, i) => columnOf(`c${i}`, 'INTEGER', 'integer'));
    const batches = [batchOf(random, columns, 50, false)];
    const options = { key: false, encoding: 'UTF-8' };
    expect(await loaded(columns, batches, { ...options, plain: false })).toEqual(
      await loaded(columns, batches, { ...options, plain: true }),
    );
  }
});

describe('what lies beside the target', () => {
  const path = join(folder, 'beside.db');

  test('has no name while the writer is open, and none later', async () => {
    new Database(path).exec('CREATE TABLE x (y)').close();
    const writer = openWriter(path, RUN);
    await expect(writer.begin(orderOf([columnOf('a', 'INTEGER', 'integer')], null, 0))).rejects.toThrow();
    if (process.platform !== 'win32') expect(readdirSync(folder)).toEqual(['beside.db']);
    await writer.close();
    expect(readdirSync(folder)).toEqual(['beside.db']);
  });

  test('and was left by a process that was killed, goes with the next lock', () => {
    const left = `${path}.drover-parcel.${2 ** 22 + 1}@${encodeURIComponent(hostname())}+2-1`;
    const ours = `${path}.drover-parcel.${process.pid}@${encodeURIComponent(hostname())}+2-1`;
    for (const file of [left, ours]) writeFileSync(file, '');
    const lock = new FileLock(path, RUN);
    lock.take();
    lock.release();
    expect(existsSync(left)).toBe(false);
    expect(existsSync(ours)).toBe(true);
    for (const file of [ours, path]) rmSync(file);
  });
});

function columnsOf(random: Random): Column[] {
  return Array.from({ length: random.whole(1, 7) }, (_, i) => {
    const [logical, make] = random.pick(KINDS);
    const native = random.pick(NATIVES);
    const column = columnOf(`c${i}`, native, logical.kind);
    const constraint = random.pick(['', '', '', '', '', `CHECK (length("c${i}") <> 3)`, `COLLATE NOCASE`]);
    return {
      ...column,
      target: { ...column.target, logical } as TargetColumn,
      constraint,
      make: special(logical.kind, make),
    };
  });
}

function special(kind: string, make: Column['make']): Column['make'] {
  if (kind !== 'integer' && kind !== 'decimal') return make;
  const more = kind === 'decimal' ? DECIMALS : [];
  return (random) => {
    if (random.percent(1)) return random.pick(TOO_LONG);
    return random.percent(70) ? random.pick([...NUMBERS, ...LONG_NUMBERS, ...more]) : make(random);
  };
}

function columnOf(name: string, native: string, kind: string): Column {
  const logical = kind === 'integer' ? { kind, bits: 64, unsigned: false } : { kind, length: null, fixed: false };
  const target = { name, native, logical, nullable: true } as unknown as TargetColumn;
  return { name, target, constraint: '', make: (random) => String(random.whole(-1000, 1000)) };
}

let keys = 0;

function batchOf(random: Random, columns: readonly Column[], rows: number, key: boolean): BatchWriter {
  const batch = new BatchWriter();
  const long = random.percent(5);
  for (let row = 0; row < rows; row++) {
    if (key) batch.text(String(random.percent(1) ? 7 : ++keys));
    for (const { make, target } of columns) {
      const value = random.percent(8) ? null : make(random);
      const isText = target.logical.kind === 'text' && typeof value === 'string';
      if (value === null) batch.null();
      else if (typeof value === 'number') batch.double(value);
      else {
        const bytes = Buffer.from(isText && long ? value + 'ä'.repeat(random.whole(0, 60_000)) : (value as string));
        batch.field(bytes, 0, bytes.length);
      }
    }
    batch.rows++;
  }
  return batch;
}

interface Options {
  readonly key: boolean;
  readonly encoding: string;
  readonly plain: boolean;
  readonly transactions?: number;
  /** Before each transaction there is one that is taken back. */
  readonly rolledBack?: boolean;
}

/** What SQLite says of each value, or what was refused. */
async function loaded(
  columns: readonly Column[],
  batches: readonly BatchWriter[],
  { key, encoding, plain, transactions = 1, rolledBack = false }: Options,
): Promise<unknown[] | string> {
  const path = join(folder, 'target.db');
  const db = new Database(path);
  db.pragma(`encoding = '${encoding}'`);
  makeControl(db, RUN, true);
  const declared = columns.map(({ name, target, constraint }) => `"${name}" ${target.native} ${constraint}`);
  const own = key ? ['id INTEGER PRIMARY KEY'] : [];
  db.exec(`CREATE TABLE "${stagedPrefix(RUN)}t" (${[...own, ...declared].join(', ')})`);
  const writer = openWriter(path, RUN, plain);
  // With a turn the transaction begins as late as can be.
  const turn = plain ? {} : { turn: async () => undefined };
  try {
    const all = key ? [{ ...columnOf('id', 'INTEGER', 'integer') }, ...columns] : columns;
    for (let chunk = 0; chunk < transactions; chunk++) {
      if (rolledBack) {
        const given = await writer.begin({ ...orderOf(all, key ? 'id' : null, chunk), ...turn });
        for (const batch of batches.slice(chunk)) await given.write(batch);
        await given.rollback();
      }
      const loader = await writer.begin({ ...orderOf(all, key ? 'id' : null, chunk), ...turn });
      const part = batches.filter((_, i) => i % transactions === chunk);
      try {
        for (const batch of part) await loader.write(batch);
        await loader.commit({ rows: part.reduce((sum, { rows }) => sum + rows, 0), digest: 'd' });
      } catch (error) {
        await loader.rollback();
        throw error;
      }
    }
    const names = all.map(({ name }) => `typeof("${name}"), quote("${name}")`).join(', ');
    return db
      .prepare(`SELECT rowid, ${names} FROM "${stagedPrefix(RUN)}t" ORDER BY rowid`)
      .raw()
      .all();
  } catch (error) {
    return asDroverError(error).message;
  } finally {
    await writer.close();
    db.close();
    rmSync(path);
  }
}

function orderOf(columns: readonly Column[], key: string | null, chunk: number) {
  const table = {
    name: 't',
    columns: columns.map(({ target }) => target),
    primaryKey: key === null ? null : { name: 'k', columns: [key] },
  } as unknown as TargetTable;
  return { table, columns: columns.map(({ name }) => name), chunk, batchSize: null };
}
