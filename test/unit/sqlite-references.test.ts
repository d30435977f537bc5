// Orphans, in staging and before publishing: what is proved quickly must be what SQLite says that looks at each row.

import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { ddl } from '../../src/engine/dialects/sqlite/ddl.ts';
import { stagedPrefix } from '../../src/engine/dialects/sqlite/names.ts';
import { refuseNewOrphans } from '../../src/engine/dialects/sqlite/publisher/references.ts';
import { seeded } from '../../src/host/sample/random.ts';
import type { TargetTable } from '../../src/shared/model/plan.ts';

const PARENTS = [
  'CREATE TABLE parent (id INTEGER PRIMARY KEY, v TEXT)',
  'CREATE TABLE parent (id INTEGER PRIMARY KEY AUTOINCREMENT, v TEXT)',
  'CREATE TABLE parent (id INT PRIMARY KEY, v TEXT)',
  'CREATE TABLE parent (id INTEGER PRIMARY KEY DESC, v TEXT)',
  'CREATE TABLE parent (id TEXT PRIMARY KEY, v TEXT)',
  'CREATE TABLE parent (id INTEGER PRIMARY KEY, v TEXT) WITHOUT ROWID',
  'CREATE TABLE parent (v INTEGER PRIMARY KEY, id INTEGER UNIQUE)',
];
const CHILDREN = ['INTEGER', 'TEXT', 'NUMERIC', 'REAL', 'BLOB', ''];
const REFERENCES = ['parent', 'parent (id)', 'PARENT (ID)'];
/** Parents: without a gap, with one, one alone, none. */
const NUMBERS = [[3, 4, 5, 6], [3, 4, 6], [5], []];
const VALUES = [
  3,
  4,
  5,
  6,
  7,
  -1,
  4.5,
  5.0,
  '5',
  '05',
  'x',
  '4.0',
  Buffer.from('5'),
  null,
  2n ** 62n,
  -(2n ** 63n),
  9e18,
];

test.each(PARENTS)('%s', (parent) => {
  const random = seeded(11);
  for (let i = 0; i < 400; i++) {
    const db = new Database(':memory:');
    db.pragma('foreign_keys = OFF');
    const indexed = random.percent(50);
    db.exec(
      `${parent}; CREATE TABLE child (p ${random.pick(CHILDREN)} REFERENCES ${random.pick(REFERENCES)}, q INTEGER)`,
    );
    if (indexed) db.exec('CREATE INDEX by_parent ON child (p)');
    for (const number of random.pick(NUMBERS)) db.prepare('INSERT INTO parent (id) VALUES (?)').run(number);
    const values = Array.from({ length: random.whole(0, 4) }, () => random.pick(VALUES));
    for (const value of values) db.prepare('INSERT INTO child (p) VALUES (?)').run(value);
    expect(
      outcome(() => quick(db)),
      `${parent} ${values}`,
    ).toBe(outcome(() => own(db)));
    expect(hasOrphans(db, stagedQuestion()), `${parent} ${values}`).toBe(hasOrphans(db, PLAIN_QUESTION));
    db.close();
  }
});

test('keys of two columns, and tables without keys', () => {
  const db = new Database(':memory:');
  db.pragma('foreign_keys = OFF');
  db.exec(`CREATE TABLE parent (a INTEGER, b INTEGER, PRIMARY KEY (a, b));
    CREATE TABLE child (a INTEGER, b INTEGER, FOREIGN KEY (a, b) REFERENCES parent);
    INSERT INTO parent VALUES (1, 2); INSERT INTO child VALUES (1, 2), (NULL, 7)`);
  expect(outcome(() => quick(db))).toBe('0');
  db.exec('INSERT INTO child VALUES (1, 3), (2, 2)');
  expect(outcome(() => quick(db))).toBe('2');
  db.exec('DROP TABLE child; CREATE TABLE child (a INTEGER)');
  expect(outcome(() => quick(db))).toBe('0');
  db.close();
});

/** The number of orphans that it refuses. */
function quick(db: Database.Database): number {
  try {
    refuseNewOrphans(db, { moves: [{ table: 'child', replaces: false }], merges: [] }, new Map());
    return 0;
  } catch (error) {
    const told = /^(\d+) rows of child/.exec((error as Error).message);
    if (!told) throw error;
    return Number(told[1]);
  }
}

const PLAIN_QUESTION = `SELECT 1 FROM child AS c WHERE c.p IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM parent AS p WHERE p.id = c.p) LIMIT 1`;

/** As it is asked in staging, of tables without its prefix. */
function stagedQuestion(): string {
  const run = { id: 'r', epoch: 1 };
  const key = { name: 'k', columns: ['p'], references: { schema: null, table: 'parent', columns: ['ID'] } };
  const child = { name: 'child', foreignKeys: [key] } as unknown as TargetTable;
  const [question] = ddl.relate(child, { family: 'sqlite', variant: 'SQLite', version: '3', versionNumber: 3 }, run);
  return question!.sql.replaceAll(stagedPrefix(run), '');
}

function hasOrphans(db: Database.Database, question: string): boolean {
  return db.prepare(question).get() !== undefined;
}

function own(db: Database.Database): number {
  return (db.pragma('main.foreign_key_check(child)') as unknown[]).length;
}

function outcome(count: () => number): string {
  try {
    return String(count());
  } catch (error) {
    return (error as Error).message;
  }
}
