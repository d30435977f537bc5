// What SchemaRows makes of a renamed table, held against what SQLite's own ALTER TABLE makes of it.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { renameIndex, renameTable } from '../../src/engine/dialects/sqlite/schema/detach.ts';
import { SchemaRows } from '../../src/engine/dialects/sqlite/schema/schema-rows.ts';
import { quote } from '../../src/engine/dialects/sqlite/syntax.ts';

const OTHERS = `
  CREATE TABLE other (id INTEGER PRIMARY KEY, t REFERENCES t(id), u UNIQUE);
  CREATE VIEW seen AS SELECT * FROM other;
  CREATE TRIGGER elsewhere AFTER INSERT ON other BEGIN SELECT 1; END;
  CREATE TABLE counted (id INTEGER PRIMARY KEY AUTOINCREMENT); INSERT INTO counted DEFAULT VALUES;`;

const schemas: readonly (readonly [what: string, table: string, sql: string])[] = [
  ['a plain table', 't', 'CREATE TABLE t (a, b)'],
  ['another case', 'T', 'CREATE TABLE tAbLe1 (a); CREATE TABLE T (a UNIQUE); CREATE INDEX i ON t (a)'],
  ['a quoted name', 'a "b" [c]', 'CREATE TABLE "a ""b"" [c]" (x UNIQUE, y UNIQUE); CREATE INDEX i ON "a ""b"" [c]"(x)'],
  ['brackets', 'on table', 'CREATE TABLE [on table] (x PRIMARY KEY) WITHOUT ROWID'],
  ['a string for a name', 't', "CREATE TABLE 't'(x)"],
  ['comments', 't', 'CREATE TABLE /* t ( */ t -- t (\n ( a /* t */ , b)'],
  ['a name beyond ASCII', 'größer 水 🐎', 'CREATE TABLE "größer 水 🐎" (a UNIQUE, b PRIMARY KEY)'],
  [
    'counting',
    'Counting',
    `CREATE TABLE "Counting" (id INTEGER PRIMARY KEY AUTOINCREMENT, v UNIQUE);
     INSERT INTO counting (v) VALUES (1), (2); DELETE FROM counting WHERE id = 2`,
  ],
  [
    'keys to itself and others',
    't',
    'CREATE TABLE t (id INTEGER PRIMARY KEY, up REFERENCES t (id), o REFERENCES other (id), CHECK (id > 0))',
  ],
  [
    'indexes with expressions and conditions',
    't',
    `CREATE TABLE t (a, b); CREATE UNIQUE INDEX "on" ON t (a, lower(b) DESC) WHERE b > 'on t';
     CREATE INDEX i2 ON [t](b COLLATE NOCASE)`,
  ],
  [
    'triggers',
    't',
    `CREATE TABLE t (a, "on"); CREATE TRIGGER "on" AFTER UPDATE OF "on", a ON t WHEN new.a > 1 BEGIN DELETE FROM t; END;
     CREATE TRIGGER /* on */ b BEFORE DELETE ON "t" BEGIN INSERT INTO other SELECT * FROM t; END;
     CREATE TRIGGER IF NOT EXISTS main.[t] INSERT ON main.t BEGIN SELECT 'ON t'; END`,
  ],
  ['made by a query', 't', 'CREATE TABLE t AS SELECT 1 AS a, 2 AS "b c"'],
];

test.each(schemas)('%s', (_, table, sql) => {
  const to = 'a "new" näme';
  const [byAlter, byRows] = [opened(sql), opened(sql)];
  byAlter.pragma('legacy_alter_table = ON');
  byAlter.exec(`ALTER TABLE ${quote(table)} RENAME TO ${quote(to)}`);

  byRows.unsafeMode(true);
  byRows.exec('BEGIN');
  byRows.pragma('writable_schema = ON');
  const schema = new SchemaRows(byRows);
  const indexes = schema.indexesOf(table);
  schema.renameTable(table, to, (text) => renameTable(text, to));
  for (const index of indexes) schema.renameIndex(index.name, index.name, renameIndex(index.sql, index.name, to));
  byRows.pragma('writable_schema = RESET');
  expect(columnsOf(byRows, to)).toEqual(columnsOf(byAlter, to));
  byRows.exec('COMMIT');

  expect(rowsOf(byRows)).toEqual(rowsOf(byAlter));
  expect(byRows.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  expect(sequencesOf(byRows)).toEqual(sequencesOf(byAlter));
  for (const db of [byAlter, byRows]) db.close();
});

test('a swap of two names leaves each with its own', () => {
  const db = opened('CREATE TABLE a (x UNIQUE); CREATE TABLE b (y UNIQUE); CREATE INDEX i ON a (x)');
  db.unsafeMode(true);
  db.pragma('writable_schema = ON');
  const schema = new SchemaRows(db);
  for (const [from, to] of [
    ['a', 'c'],
    ['b', 'a'],
    ['c', 'b'],
  ] as const) {
    schema.renameTable(from, to, (text) => renameTable(text, to));
  }
  expect(schema.indexesOf('b').map(({ name }) => name)).toEqual(['i']);
  schema.renameIndex('i', 'j', renameIndex(schema.indexesOf('b')[0]!.sql, 'j', 'b'));
  expect([schema.isTaken('i'), schema.isTaken('J'), schema.isTaken('c'), schema.hasTable('j')]).toEqual([
    false,
    true,
    false,
    false,
  ]);
  db.pragma('writable_schema = RESET');
  expect(columnsOf(db, 'a')).toEqual(['y']);
  expect(columnsOf(db, 'b')).toEqual(['x']);
  expect(db.pragma('integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  db.close();
});

function opened(sql: string): Database.Database {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = OFF');
  db.exec(sql);
  db.exec(OTHERS);
  return db;
}

/** Without the quotes around names: whether they stand there, and which, is of no meaning. */
function rowsOf(db: Database.Database): unknown[] {
  const rows = db.prepare('SELECT type, name, tbl_name, rootpage, sql FROM sqlite_schema ORDER BY rowid').all();
  return (rows as { sql: string | null }[]).map((row) => ({ ...row, sql: row.sql?.replaceAll(/["[\]]/g, '') ?? null }));
}

function columnsOf(db: Database.Database, table: string): unknown[] {
  return (db.pragma(`table_info(${quote(table)})`) as { name: string }[]).map(({ name }) => name);
}

function sequencesOf(db: Database.Database): unknown[] {
  return db.prepare('SELECT * FROM sqlite_sequence ORDER BY name').all();
}
