// What is read from the text of a schema, and kept tables that are made harmless and put back word for word.

import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { inspectDatabase } from '../../src/engine/dialects/sqlite/inspector.ts';
import { attach, detachIndex, detachTable } from '../../src/engine/dialects/sqlite/schema/detach.ts';
import { parseIndex } from '../../src/engine/dialects/sqlite/schema/index-parser.ts';
import { parseTable } from '../../src/engine/dialects/sqlite/schema/schema-parser.ts';

const NASTY = `CREATE TABLE [odd "one"] -- a comment, with (
(
  id integer /* not, a column */ CONSTRAINT "pk" PRIMARY KEY ON CONFLICT ABORT AUTOINCREMENT,
  "na,me" varchar ( 20 ) NOT NULL DEFAULT 'it''s (' COLLATE nocase CHECK ("na,me" <> ')'),
  \`tick\` double precision DEFAULT -1.5 CONSTRAINT fk_tick REFERENCES p ( id ) ON DELETE SET NULL NOT DEFERRABLE NOT NULL,
  full text AS ("na,me" || ')') STORED, made int GENERATED ALWAYS AS (id * 2),
  a int DEFAULT (1 + (2)), b int UNIQUE,
  CONSTRAINT u UNIQUE (a COLLATE nocase DESC, b),
  CHECK (a > 0) CONSTRAINT late CHECK (b IN (1, 2)),
  FOREIGN KEY (a, b) REFERENCES q MATCH FULL ON UPDATE NO ACTION DEFERRABLE INITIALLY DEFERRED
)`;

describe('CREATE TABLE', () => {
  const table = parseTable(NASTY)!;

  it('finds columns and what stands behind them', () => {
    expect([...table.columns.keys()]).toEqual(['id', 'na,me', 'tick', 'full', 'made', 'a', 'b']);
    expect(table.columns.get('id')?.autoincrement).toBe(true);
    expect(table.columns.get('na,me')?.collation).toBe('nocase');
    expect(table.columns.get('full')?.generated).toBe(`"na,me" || ')'`);
    expect(table.columns.get('made')?.generated).toBe('id * 2');
  });

  it('finds constraints with their names', () => {
    expect(table.primaryKey).toEqual({ name: 'pk', columns: ['id'] });
    expect(table.uniques).toEqual([
      { name: null, columns: ['b'] },
      { name: 'u', columns: ['a', 'b'] },
    ]);
    expect(table.checks).toEqual([
      { name: null, expression: `"na,me" <> ')'` },
      { name: null, expression: 'a > 0' },
      { name: 'late', expression: 'b IN (1, 2)' },
    ]);
    expect(table.foreignKeys.map(({ name, columns, deferrable }) => ({ name, columns, deferrable }))).toEqual([
      { name: 'fk_tick', columns: ['tick'], deferrable: false },
      { name: null, columns: ['a', 'b'], deferrable: true },
    ]);
  });

  it('tells expressions without the name of their table, which may be another in the target', () => {
    const own = parseTable('CREATE TABLE [a b] (c CHECK ("A b" . c > \'[a b].c\'), d AS (x.c || [a b].[c]), b.c)')!;
    expect(own.checks).toEqual([{ name: null, expression: "c > '[a b].c'" }]);
    expect(own.columns.get('d')?.generated).toBe('x.c || [c]');
  });

  it('is no parser for other statements', () => {
    expect(parseTable('CREATE VIRTUAL TABLE f USING fts5(x)')).toBeNull();
    expect(parseTable('')).toBeNull();
  });
});

describe('CREATE INDEX', () => {
  it('finds expressions and the condition', () => {
    const index = parseIndex(
      'CREATE UNIQUE INDEX "i x" ON t (lower(a || \',\') DESC, b COLLATE nocase ASC) WHERE a > 0',
    );
    expect(index?.parts).toEqual(["lower(a || ',')", 'b COLLATE nocase']);
    expect(index?.where).toBe('a > 0');
  });

  it('tells them without the name of their table', () => {
    const index = parseIndex('CREATE INDEX i ON t (abs(T.a) DESC, t.b, u.t) WHERE "t".a > 0 AND t <> 1');
    expect(index?.parts).toEqual(['abs(a)', 'b', 'u.t']);
    expect(index?.where).toBe('a > 0 AND t <> 1');
  });
});

describe('detach and attach', () => {
  it('takes foreign keys away and gives the same text back', () => {
    const kept = detachTable(NASTY, 'kept');
    expect(parseTable(kept)?.foreignKeys).toEqual([]);
    expect(attach(kept)).toBe(NASTY);
    const db = new Database(':memory:').exec(kept);
    expect(db.pragma('foreign_key_list(kept)')).toEqual([]);
    db.close();
  });

  it('survives names and comments that end comments', () => {
    const sql = 'CREATE TABLE "a*/b\\" (x int /* c */ REFERENCES p(/* d */ id))';
    expect(attach(detachTable(sql, 'kept'))).toBe(sql);
    new Database(':memory:').exec(detachTable(sql, 'kept')).close();
    const index = 'CREATE INDEX [i*/] ON "a*/b\\"(x)';
    expect(attach(detachIndex(index, 'k', 'kept'))).toBe(index);
  });
});

describe('inspect', () => {
  const server = { family: 'sqlite', variant: 'SQLite', version: '3.54.1', versionNumber: 35_401 } as const;

  it('resolves what is left implicit', async () => {
    const db = new Database(':memory:').exec(`
      CREATE TABLE Parent (a INT, b TEXT, PRIMARY KEY (b, a)) WITHOUT ROWID;
      CREATE TABLE child (id INTEGER PRIMARY KEY, x INT, y TEXT, day DATE DEFAULT (date('now')), n DEFAULT NULL,
        FOREIGN KEY (y, x) REFERENCES parent ON DELETE CASCADE);
      CREATE VIEW v AS SELECT * FROM CHILD;
      INSERT INTO child (id) VALUES (41);
      CREATE TABLE drover_abcdef012345_b_child (id)`);
    const { tables, objects } = await inspectDatabase(db, 'x.db', server);
    expect(tables.map(({ name }) => name)).toEqual(['Parent', 'child']);
    const [parent, child] = tables;
    expect(parent?.columns.map(({ nullable }) => nullable)).toEqual([false, false]);
    expect(parent?.dependants).toEqual([
      { kind: 'foreign key', name: 'child.fk_child_y_x', of: { schema: null, table: 'child' } },
    ]);
    expect(child?.foreignKeys[0]).toMatchObject({
      columns: ['y', 'x'],
      references: { table: 'Parent', columns: ['b', 'a'] },
      onDelete: 'cascade',
    });
    expect(child?.columns[0]?.identity).toEqual({ always: false, next: '42' });
    expect(child?.columns[3]?.default).toEqual({ kind: 'today' });
    expect(child?.columns[4]?.default).toBeNull();
    expect(child?.dependants).toEqual([{ kind: 'view', name: 'v' }]);
    expect(objects).toEqual([{ kind: 'view', name: 'v', table: null }]);
    db.close();
  });
});
