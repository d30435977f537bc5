// SQLite to SQLite: rows taken as they lie are, to the storage class, those that reading and binding would have written.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, describe, expect, it } from 'vitest';
import type { Reader } from '../../src/engine/dialects/reading.ts';
import { sqlite } from '../../src/engine/dialects/sqlite/index.ts';
import { openPublisher } from '../../src/engine/dialects/sqlite/publisher.ts';
import { openReader } from '../../src/engine/dialects/sqlite/reader.ts';
import { parseType } from '../../src/engine/dialects/sqlite/type-parse.ts';
import { openWriter } from '../../src/engine/dialects/sqlite/writer.ts';
import type { Writer } from '../../src/engine/dialects/writing.ts';
import { loadChunk } from '../../src/engine/pipeline/load.ts';
import type { TableWork } from '../../src/engine/pipeline/order.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';
import type { ChunkRange } from '../../src/shared/model/plan.ts';
import { columnOf, tableOf } from '../conformance/tables.ts';
import { sqliteCases } from '../matrix/types/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-sqlite-taking-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
let made = 0;

/** A column of this type with these values, and NULL, in a file of its own. */
function sourceWith(type: string, values: readonly string[]): string {
  const path = join(folder, `source-${made++}.db`);
  const db = new Database(path);
  db.exec(`CREATE TABLE t (id INTEGER PRIMARY KEY, v ${type})`);
  for (const value of [...values, 'NULL']) db.exec(`INSERT INTO t (v) VALUES (${value})`);
  db.close();
  return path;
}

interface Loaded {
  readonly taken: boolean;
  /** What the target holds, or why it holds nothing. */
  readonly rows: readonly unknown[] | string;
  readonly digest: string | null;
}

async function loaded(
  source: string,
  type: string,
  logical: LogicalType,
  { mayTake, range = { kind: 'all' } }: { readonly mayTake: boolean; readonly range?: ChunkRange },
): Promise<Loaded> {
  const path = join(folder, `target-${made++}.db`);
  const run = { id: 'taking000000', epoch: 1 };
  const columns = [columnOf(sqlite.types, 'id', 'INTEGER', { nullable: false }), columnOf(sqlite.types, 'v', type)];
  const target = tableOf('t', columns, { primaryKey: { name: 't_pkey', columns: ['id'] } });
  const publisher = openPublisher(path, run);
  await publisher.lock();
  await publisher.createStaging();
  await publisher.session.execute(sqlite.ddl.create(target, publisher.session.server, run));
  const reader: Reader = openReader(source, source, 'source');
  const opened = openWriter(path, run);
  let taken = false;
  const writer: Writer = {
    ...opened,
    async begin(order) {
      const loader = await opened.begin(mayTake ? order : { ...order, lying: null });
      taken = loader.hasTaken === true;
      return loader;
    },
  };
  try {
    const { sum } = await loadChunk(
      { kind: 'load', work: workOf(target, type, logical), chunk: 0, range, batchSize: null },
      reader,
      writer,
      { progress: () => undefined, refused: () => undefined, wanted: () => true },
      new AbortController().signal,
    );
    const db = new Database(path, { readonly: true });
    const [staged] = db.prepare("SELECT name FROM sqlite_schema WHERE name LIKE '%\\_s\\_t' ESCAPE '\\'").pluck().all();
    const rows = db
      .prepare(`SELECT id, typeof(v), quote(v) FROM "${staged as string}" ORDER BY id`)
      .raw()
      .all();
    db.close();
    return { taken, rows, digest: sum };
  } catch (error) {
    return { taken, rows: String(error), digest: null };
  } finally {
    await reader.close();
    await writer.close();
    await publisher.close();
  }
}

function workOf(target: TableWork['target'], type: string, logical: LogicalType): TableWork {
  const values = sqlite.capabilities(SERVER).values;
  const lane = { unrepresentable: 'refuse' as const };
  const integer: LogicalType = { kind: 'integer', bits: 64, unsigned: false };
  return {
    source: 't',
    target,
    filter: null,
    lanes: [
      { ...lane, source: 'id', sourceNative: 'INTEGER', sourceLogical: integer, target: 'id', targetLogical: integer },
      { ...lane, source: 'v', sourceNative: type, sourceLogical: logical, target: 'v', targetLogical: logical },
    ],
    besides: [],
    key: [0],
    match: [0],
    limits: { source: values, target: values },
    rules: [],
    shaping: { secrets: {}, now: '2026-01-01T00:00:00Z', lookups: folder },
    quarantine: null,
    staging: null,
  };
}

const SERVER = { family: 'sqlite', variant: 'SQLite', version: '3.50.0', versionNumber: 35_000 } as const;

/** Values in forms beside the usual one, in columns of types that know several. */
const FORMS: readonly (readonly [string, readonly string[]])[] = [
  ['DATETIME', ["'2024-05-06T07:08:09'"]],
  ['DATETIME', ["'2024-05-06 07:08:09Z'"]],
  ['DATETIME', ["'2024-05-06 07:08'"]],
  ['DATETIME', ["'2024-05-06'"]],
  ['DATETIME', ["'2024-05-06 07:08:09.123456'", "'2024-05-06 07:08:09.100'"]],
  ['DATETIME', ["'2024-05-06 07:08:09.5+02:00'"]],
  ['TIMESTAMP WITH TIME ZONE', ["'2024-05-06 07:08:09Z'", "'2024-05-06 09:08:09+02:00'"]],
  ['DATE', ["'2024-05-06'"]],
  ['DATE', ["'2024-05-06 00:00:00'"]],
  ['BOOLEAN', ["'true'", "'f'", '1']],
  ['DECIMAL(20,2)', ['1e17', '100000000000000000', '-0.0', '0.1', '5.0', '1e-9', "'12345678901234567890'"]],
  ['INTEGER', ['5.0', "'7'", '9223372036854775807']],
  ['INTEGER', ["'no number'"]],
  ['REAL', ['1', '-0.0', '1e300', '9e999']],
  ['TEXT', ['1', "x'ff'", "CAST(x'ff41' AS TEXT)", "'\ufffd'"]],
  ['BLOB', ["x'00ff'", "'text'", '1']],
  ['JSON', ['5', '\'{"a": 1.0}\'']],
];

describe('rows of SQLite that are taken as they lie', () => {
  const cases = [
    ...sqliteCases.map(({ type, samples }) => [type, samples.map(({ sql }) => sql)] as const),
    ...FORMS,
  ].map(([type, values]) => ({ name: `${type}: ${values.join(', ').slice(0, 60)}`, type, values }));

  it.each(cases)('$name', async ({ type, values }) => {
    const source = sourceWith(type, values);
    for (const logical of [parseType(type), TEXT]) {
      const plain = await loaded(source, type, logical, { mayTake: false });
      const either = await loaded(source, type, logical, { mayTake: true });
      expect(plain.taken).toBe(false);
      expect({ ...either, taken: false }).toEqual(plain);
    }
  });

  it('are taken where they are as usual, and only there', async () => {
    const isTaken = async (type: string, ...values: string[]): Promise<boolean> =>
      (await loaded(sourceWith(type, values), type, parseType(type), { mayTake: true })).taken;
    expect(await isTaken('INTEGER', '1', '-9223372036854775808')).toBe(true);
    expect(await isTaken('VARCHAR(20)', "'é 漢'", "''")).toBe(true);
    expect(await isTaken('DECIMAL(12,2)', '1', '19.99')).toBe(true);
    expect(await isTaken('DATETIME', "'2024-05-06 07:08:09'", "'2024-05-06 07:08:09.25'")).toBe(true);
    expect(await isTaken('BOOLEAN', '0', '1')).toBe(true);
    expect(await isTaken('REAL', '0.1')).toBe(true);
    expect(await isTaken('BLOB', "x'00'")).toBe(true);
    expect(await isTaken('DATETIME', "'2024-05-06 07:08:09'", "'2024-05-06T07:08:09'")).toBe(false);
    expect(await isTaken('BOOLEAN', '1', "'true'")).toBe(false);
    expect(await isTaken('DECIMAL(20,2)', '123456789012345.5')).toBe(false);
  });

  it('are those of the chunk alone', async () => {
    const source = sourceWith(
      'INTEGER',
      Array.from({ length: 50 }, (_, i) => String(i)),
    );
    const range = { kind: 'range', column: 'id', after: '10', upto: '20' } as const;
    const { taken, rows } = await loaded(source, 'INTEGER', parseType('INTEGER'), { mayTake: true, range });
    expect(taken).toBe(true);
    expect(rows).toHaveLength(10);
  });

  it('may have numbers far apart', async () => {
    const source = sourceWith('TEXT', ["'first'"]);
    const db = new Database(source);
    db.exec("INSERT INTO t VALUES (-9223372036854775808, 'least'), (9223372036854775807, 'greatest')");
    db.close();
    const { taken, rows } = await loaded(source, 'TEXT', parseType('TEXT'), { mayTake: true });
    expect(taken).toBe(true);
    expect(rows).toHaveLength(4);
  });
});
