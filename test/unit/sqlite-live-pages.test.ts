// Pages of a file that others use too: read while nobody changes them, and never so that a lock is lost.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { liveFile } from '../../src/engine/dialects/sqlite/pages/page-file.ts';
import { PageLane } from '../../src/engine/dialects/sqlite/pages/page-lane.ts';
import { openReader } from '../../src/engine/dialects/sqlite/reader.ts';
import { planScan } from '../../src/engine/dialects/sqlite/scan.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import { keptFile } from '../../src/engine/support/kept-files.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-live-pages-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const ROWS = 20_000;
const SCAN = {
  table: { name: 't', staging: null },
  columns: [
    { name: 'id', native: 'INTEGER', logical: { kind: 'integer', bits: 64, unsigned: false } },
    { name: 'v', native: 'TEXT', logical: { kind: 'text', length: null, fixed: false } },
  ],
  filter: null,
  range: { kind: 'all' },
} as const;

let path: string;
let owner: Database.Database;
let files = 0;

beforeEach(() => {
  owner?.close();
  path = join(folder, `${++files}.db`);
  owner = new Database(path);
  owner.exec('CREATE TABLE t (id INTEGER PRIMARY KEY, v TEXT)');
  fill(owner, 1, ROWS);
});
afterAll(() => owner.close());

function fill(db: Database.Database, from: number, upto: number): void {
  const insert = db.prepare("INSERT INTO t VALUES (?, 'row ' || ? || printf('%.*c', 60, 'x'))");
  db.transaction(() => {
    for (let id = from; id <= upto; id++) insert.run(id, id);
  })();
}

test('a file is opened once, and asked for again it is the same descriptor', async () => {
  const descriptor = await keptFile(path);
  expect(descriptor).toBeGreaterThan(2);
  expect(await keptFile(path)).toBe(descriptor);
  expect(await keptFile(join(folder, 'none.db'))).toBe(null);
});

test('pages are read, and whoever holds a lock keeps it', async () => {
  owner.exec('BEGIN IMMEDIATE');
  const lane = await laneOf();
  const out = new BatchWriter();
  expect(lane.read(out)).toBe('rows');
  expect(out.rows).toBeGreaterThan(100);
  expect(writtenByAnother()).toBe('SQLITE_BUSY');
  owner.exec('COMMIT');
  expect(writtenByAnother()).toBe('written');
  expect(lane.isUnchanged).toBe(false);
  expect(lane.read(out)).toBe('strange');
});

test('a log that is not brought over yet is not overlooked', async () => {
  owner.pragma('journal_mode = WAL');
  owner.pragma('wal_autocheckpoint = 0');
  owner.exec("UPDATE t SET v = 'changed' WHERE id = 7");
  const db = new Database(path, { readonly: true });
  expect(PageLane.open(db, (await liveFile(db, path))!, planScan(db, SCAN))).toBe(null);
  db.close();
  expect((await read()).get('7')).toBe('changed');
  owner.pragma('wal_checkpoint(TRUNCATE)');
  expect((await laneOf()).read(new BatchWriter())).toBe('rows');
});

test('nor is it where the file is known by another name', async () => {
  owner.pragma('journal_mode = WAL');
  owner.pragma('wal_autocheckpoint = 0');
  owner.exec("UPDATE t SET v = 'changed' WHERE id = 7");
  const link = join(folder, `link-${files}.db`);
  symlinkSync(path, link);
  path = link;
  expect((await read()).get('7')).toBe('changed');
});

test.each([
  ['rows come and go', 'DELETE FROM t WHERE id % 3 = 0; INSERT INTO t SELECT id + 100000, v FROM t WHERE id < 500'],
  ['the file is written anew', 'DELETE FROM t WHERE id > 15000; VACUUM'],
  [
    'the table moves',
    'CREATE TABLE n (id INTEGER PRIMARY KEY, v TEXT); INSERT INTO n SELECT * FROM t; DROP TABLE t; ALTER TABLE n RENAME TO t',
  ],
])('in between %s', async (_, sql) => {
  const before = new Map(owner.prepare('SELECT CAST(id AS TEXT), v FROM t').raw().all() as [string, string][]);
  let batches = 0;
  const found = await read(() => {
    if (++batches === 2) owner.exec(sql);
  });
  expect(batches).toBeGreaterThan(3);
  const after = new Map(owner.prepare('SELECT CAST(id AS TEXT), v FROM t').raw().all() as [string, string][]);
  for (const [id, v] of found) expect(v).toBe(before.get(id) ?? after.get(id));
  for (const [id, v] of before) if (after.get(id) === v) expect(found.get(id), id).toBe(v);
});

async function laneOf(): Promise<PageLane> {
  const db = new Database(path, { readonly: true });
  return PageLane.open(db, (await liveFile(db, path))!, planScan(db, SCAN))!;
}

/** Every row by its id; `between` is called after each batch. */
async function read(between: () => void = () => undefined): Promise<Map<string, string>> {
  const reader = openReader(path, null, 'target');
  const found = new Map<string, string>();
  try {
    for await (const { bytes, rows } of reader.read(SCAN, new AbortController().signal)) {
      let at = 0;
      const field = () => {
        const end = at + 4 + bytes.readUInt32BE(at);
        const text = bytes.toString('utf8', at + 4, end);
        at = end;
        return text;
      };
      for (let row = 0; row < rows; row++) {
        const id = field();
        expect(found.has(id)).toBe(false);
        found.set(id, field());
      }
      between();
    }
  } finally {
    await reader.close();
  }
  return found;
}

const WRITE = `
  const Database = require('better-sqlite3');
  try {
    new Database(process.argv[1], { timeout: 0 }).exec("UPDATE t SET v = 'by another' WHERE id = 3");
    console.log('written');
  } catch (error) {
    console.log(error.code);
  }`;

function writtenByAnother(): string {
  return spawnSync(process.execPath, ['-e', WRITE, path], { encoding: 'utf8' }).stdout.trim();
}
