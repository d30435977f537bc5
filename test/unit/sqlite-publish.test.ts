// Loading into staging, the exchange of tables and its reverse, on real files.

import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { RunIdentity } from '../../src/engine/dialects/session.ts';
import { sqlite } from '../../src/engine/dialects/sqlite/index.ts';
import { parseType } from '../../src/engine/dialects/sqlite/type-parse.ts';
import { BatchWriter } from '../../src/engine/pipeline/batch.ts';
import type { TargetColumn, TargetTable } from '../../src/shared/model/plan.ts';

const folder = mkdtempSync(join(tmpdir(), 'drover-sqlite-publish-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const server = { family: 'sqlite', variant: 'SQLite', version: '3.54.1', versionNumber: 35_401 } as const;
const run: RunIdentity = { id: 'abcdef012345', epoch: 1 };
let path: string;
let files = 0;
beforeEach(() => {
  path = join(mkdtempSync(join(folder, 'case-')), `${files++}.db`);
});
const access = () => ({ connection: { family: 'sqlite' as const, path }, password: null });
const code = (expected: string) => expect.objectContaining({ code: expected });

function column(name: string, native: string, more: Partial<TargetColumn> = {}): TargetColumn {
  return {
    name,
    native,
    logical: parseType(native),
    nullable: true,
    default: null,
    identity: null,
    generated: null,
    touchedOnUpdate: false,
    binaryCollation: false,
    comment: null,
    ...more,
  };
}

const parent: TargetTable = {
  name: 'parent',
  columns: [column('id', 'INTEGER AUTOINCREMENT', { nullable: false, identity: { next: null } }), column('v', 'TEXT')],
  primaryKey: { name: 'pk_parent', columns: ['id'] },
  uniques: [],
  indexes: [
    {
      name: 'by_v',
      unique: false,
      parts: [{ column: 'v', expression: null, prefix: null, descending: true }],
      method: 'btree',
      where: null,
      include: [],
      nullsNotDistinct: false,
    },
  ],
  foreignKeys: [],
  checks: [],
  comment: null,
};
const child: TargetTable = {
  ...parent,
  name: 'child',
  columns: [column('p', 'INTEGER')],
  primaryKey: null,
  indexes: [],
  foreignKeys: [
    {
      name: 'to_parent',
      columns: ['p'],
      references: { schema: null, table: 'parent', columns: ['id'] },
      onDelete: 'cascade',
      onUpdate: 'no action',
      deferrable: false,
    },
  ],
};

async function load(table: TargetTable, rows: (string | null)[][], claimed = rows.length): Promise<void> {
  const writer = await sqlite.openWriter(access(), run);
  try {
    const loader = await writer.begin({
      table,
      columns: table.columns.map(({ name }) => name),
      chunk: 0,
      batchSize: null,
    });
    const batch = new BatchWriter();
    for (const row of rows) {
      for (const value of row) value === null ? batch.null() : batch.text(value);
      batch.rows++;
    }
    await loader.write(batch.batch);
    await loader.commit({ rows: claimed, digest: 'd' });
  } finally {
    await writer.close();
  }
}

async function staged(orphan = false) {
  const publisher = await sqlite.openPublisher(access(), run);
  await publisher.lock();
  await publisher.createStaging();
  for (const table of [parent, child]) await publisher.session.execute(sqlite.ddl.create(table, server, run));
  await load(parent, [
    ['5', 'new'],
    ['6', null],
  ]);
  await load(child, [['5'], [orphan ? '77' : '6']]);
  for (const table of [parent, child]) {
    await publisher.session.execute(sqlite.ddl.index(table, server, run));
    await publisher.session.execute(sqlite.ddl.resetIdentity(table, server, run));
  }
  return publisher;
}

function inFile<T>(use: (db: Database.Database) => T): T {
  const db = new Database(path);
  try {
    return use(db);
  } finally {
    db.close();
  }
}

const schema = () =>
  inFile((db) => db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all());

const OLD = `
  CREATE TABLE parent(id integer primary key autoincrement, old text unique, CHECK (parent.id > 0));
  CREATE TABLE child (x integer primary key, p int references parent(id) on delete cascade, up int references child);
  CREATE INDEX by_v on parent(old) WHERE Parent . id > 1;
  CREATE VIEW v AS SELECT * FROM parent;
  CREATE TRIGGER t AFTER DELETE ON parent BEGIN SELECT 1; END;
  CREATE TABLE outside (p references parent(id));
  INSERT INTO parent VALUES (5, 'old'); INSERT INTO child VALUES (1, 5, null); INSERT INTO outside VALUES (5)`;
const both = (replaces: boolean) => ['parent', 'child'].map((table) => ({ table, replaces }));

describe('a new file', () => {
  it('gets tables that look as if written by hand', async () => {
    const publisher = await staged();
    expect(await publisher.state()).toBe('staged');
    await publisher.publish({ moves: both(false), merges: [], late: [] });
    await publisher.publish({ moves: both(false), merges: [], late: [] });
    expect(await publisher.state()).toBe('published');
    expect(await publisher.ledger()).toHaveLength(2);
    await publisher.dropStaging();
    await publisher.close();
    expect(readdirSync(join(path, '..'))).toEqual([path.split('/').at(-1)]);
    expect(schema().map((row) => (row as { sql: string }).sql)).toEqual([
      'CREATE INDEX "by_v" ON "parent" ("v" DESC)',
      'CREATE TABLE "child" (\n  "p" INTEGER,\n  CONSTRAINT "to_parent" FOREIGN KEY ("p") REFERENCES "parent" ("id") ON DELETE CASCADE\n)',
      'CREATE TABLE "parent" (\n  "id" INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT,\n  "v" TEXT\n)',
      'CREATE TABLE sqlite_sequence(name,seq)',
    ]);
    expect(inFile((db) => db.prepare("INSERT INTO parent (v) VALUES ('x') RETURNING id").pluck().get())).toBe(7);
    expect(inFile((db) => db.pragma('integrity_check', { simple: true }))).toBe('ok');
  });

  it('goes away when the run is undone, and when nothing was ever staged', async () => {
    const publisher = await staged();
    await publisher.dropStaging();
    expect(existsSync(path)).toBe(false);
    expect(await publisher.state()).toBe('absent');
    await publisher.dropStaging();
    await publisher.close();
    const idle = await sqlite.openPublisher(access(), run);
    await idle.lock();
    await idle.close();
    expect(readdirSync(join(path, '..'))).toEqual([]);
  });

  it('can be undone after it was finished', async () => {
    const publisher = await staged();
    await publisher.publish({ moves: both(false), merges: [], late: [] });
    await publisher.dropStaging();
    await publisher.unpublish({ moves: both(false), merges: [], late: [] });
    expect(await publisher.state()).toBe('staged');
    await publisher.dropStaging();
    await publisher.close();
    expect(
      inFile((db) => db.prepare("SELECT count(*) FROM sqlite_schema WHERE name NOT LIKE 'sqlite%'").pluck().get()),
    ).toBe(0);
  });
});

describe.each(['delete', 'wal'])('a file with tables, journal mode %s', (mode) => {
  beforeEach(() => inFile((db) => [db.pragma(`journal_mode = ${mode}`), db.exec(OLD)]));

  it('is exchanged at once, with views, triggers and outside keys on the new tables, and given back word for word', async () => {
    const before = schema();
    const publisher = await staged();
    const reader = new Database(path, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM parent').get();
    setTimeout(() => reader.close(), 400);
    await publisher.publish({ moves: both(true), merges: [], late: [] });
    inFile((db) => {
      expect(db.prepare('SELECT v FROM v WHERE id = 5').pluck().get()).toBe('new');
      expect(db.prepare("SELECT tbl_name FROM sqlite_schema WHERE name = 't'").pluck().get()).toBe('parent');
      expect(db.pragma('foreign_key_check')).toEqual([]);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(db.pragma(`foreign_key_list("${publisher.backupName('child')}")`)).toEqual([]);
      db.exec('DELETE FROM parent WHERE id = 6');
      expect(
        db
          .prepare(`SELECT count(*) FROM "${publisher.backupName('child')}"`)
          .pluck()
          .get(),
      ).toBe(1);
    });
    await publisher.unpublish({ moves: both(true), merges: [], late: [] });
    await publisher.unpublish({ moves: both(true), merges: [], late: [] });
    await publisher.dropStaging();
    expect(await publisher.state()).toBe('absent');
    await publisher.close();
    expect(schema()).toEqual(before);
    inFile((db) => {
      expect(db.prepare('SELECT old FROM parent').pluck().all()).toEqual(['old']);
      expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
      expect(() => db.exec('DELETE FROM parent WHERE id = 5')).toThrow(/FOREIGN KEY/);
    });
  });

  it('keeps the old tables until they are dropped', async () => {
    const publisher = await staged();
    await publisher.publish({ moves: both(true), merges: [], late: [] });
    await publisher.dropStaging();
    expect(await publisher.state()).toBe('published');
    await publisher.dropBackups();
    expect(await publisher.state()).toBe('absent');
    await publisher.close();
    expect(inFile((db) => db.prepare('SELECT v FROM parent WHERE id = 5').pluck().get())).toBe('new');
  });

  it('stays as it was when rows would lose their parent', async () => {
    const before = schema();
    const publisher = await staged(true);
    await expect(publisher.publish({ moves: both(true), merges: [], late: [] })).rejects.toThrow(
      code('publish.failed'),
    );
    expect(await publisher.state()).toBe('staged');
    await publisher.dropStaging();
    await publisher.close();
    expect(schema()).toEqual(before);
  });

  it('stays as it was when a table appeared that the plan did not know', async () => {
    const before = schema();
    const publisher = await staged();
    await expect(publisher.publish({ moves: both(false), merges: [], late: [] })).rejects.toThrow(
      code('publish.failed'),
    );
    await publisher.dropStaging();
    await publisher.close();
    expect(schema()).toEqual(before);
  });
});

describe('loading', () => {
  it('refuses a wrong count, a chunk that is there, an older epoch and a violated constraint', async () => {
    const publisher = await staged();
    await expect(load(parent, [['9', 'x']])).rejects.toThrow(code('load.failed'));
    await publisher.session.execute([{ sql: 'DELETE FROM drover_abcdef012345_ledger', purpose: 'forget' }]);
    await expect(load(parent, [['9', 'x']], 2)).rejects.toThrow(code('load.count'));
    await expect(load(parent, [['5', 'twice']])).rejects.toThrow(
      expect.objectContaining({
        data: expect.objectContaining({
          code: 'load.rejected',
          where: expect.objectContaining({ table: 'parent', column: 'id' }),
        }),
      }),
    );
    await publisher.close();
    const later = await sqlite.openPublisher(access(), { ...run, epoch: 2 });
    await later.createStaging();
    await expect(load(parent, [['9', 'x']])).rejects.toThrow(code('run.target-locked'));
    expect(await later.ledger()).toEqual([]);
    await later.close();
  });

  it('stores each value such that its affinity leaves it alone', async () => {
    const publisher = await sqlite.openPublisher(access(), run);
    await publisher.createStaging();
    const table: TargetTable = {
      ...child,
      foreignKeys: [],
      columns: [
        'BIGINT',
        'TEXT_UNSIGNED',
        'DECIMAL(10,2)',
        'TEXT_DECIMAL(65,30)',
        'TEXT',
        'TIMESTAMPTZ',
        'TEXT_BIT(4)',
        'JSON_TEXT',
      ].map((native, i) => column(`c${i}`, native)),
    };
    await publisher.session.execute(sqlite.ddl.create(table, server, run));
    const values = [
      '9007199254740993',
      '18446744073709551615',
      '1.50',
      '0.000000000000000000000000000001',
      '007',
      '2020-01-01 10:00:00.5',
      '0101',
      '1.0',
    ];
    await load(table, [values]);
    const stored = inFile((db) => db.prepare('SELECT * FROM drover_abcdef012345_s_child').raw().safeIntegers().get());
    expect(stored).toEqual([
      9007199254740993n,
      values[1],
      1.5,
      values[3],
      '007',
      '2020-01-01 10:00:00.5Z',
      '0101',
      '1.0',
    ]);
    await publisher.close();
  });
});

describe('lock', () => {
  it('names its holder, and is stale once that is dead', async () => {
    const first = await sqlite.openPublisher(access(), run);
    await first.lock();
    await first.createStaging();
    const second = await sqlite.openPublisher(access(), { id: '000000000000', epoch: 1 });
    await expect(second.lock()).rejects.toThrow(/run abcdef012345/);
    await first.close();
    writeFileSync(
      `${path}.drover-lock`,
      JSON.stringify({ pid: 2 ** 22 + 1, host: hostname(), run: 'dead', began: null }),
    );
    await second.lock();
    await second.close();
    expect(existsSync(`${path}.drover-lock`)).toBe(false);
  });
});
