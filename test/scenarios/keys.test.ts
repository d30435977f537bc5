// Rows that break a key of the target: found before the run as the target will see them, and the ways out taken for real.

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change, Finding } from '../../src/shared/model/finding.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { applyChange } from '../../src/shared/remedy.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { migrate, openHost, type TestHost } from '../support/engine.ts';

let host: TestHost;
let opened: TestDatabase[];

beforeEach(() => {
  host = openHost();
  opened = [];
});
afterEach(async () => {
  host.close();
  await Promise.all(opened.map((database) => database.drop()));
});

async function databases(from: ServerName, to: ServerName, sql: string): Promise<[TestDatabase, TestDatabase]> {
  const pair: [TestDatabase, TestDatabase] = [await freshDatabase(from), await freshDatabase(to)];
  opened.push(...pair);
  await pair[0].run(sql);
  return pair;
}

function blockersOf(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ severity }) => severity === 'blocker');
}

/** The change of that kind that each blocker offers. */
function taking(findings: readonly Finding[], kind: Change['kind']): (project: Project) => Project {
  const changes = blockersOf(findings).map(
    ({ remedies }) => remedies.find(({ change }) => change?.kind === kind)?.change as Change,
  );
  return (project) => changes.reduce(applyChange, project);
}

const FAMILIES = `
  CREATE TABLE places (land INTEGER, town INTEGER, name TEXT, PRIMARY KEY (land, town));
  CREATE TABLE staff (id INTEGER PRIMARY KEY, boss INTEGER REFERENCES staff (id), land INTEGER, town INTEGER,
    FOREIGN KEY (land, town) REFERENCES places (land, town));
  INSERT INTO places VALUES (1, 1, 'a'), (1, 2, 'b');
  INSERT INTO staff VALUES (1, NULL, 1, 1), (2, 1, 1, NULL), (3, 1, 7, 7), (4, 99, NULL, 7), (5, 4, 1, 2), (6, 99, 7, 7);
`;

test('a key of two columns and one to the table itself: left out row by row, or without the keys', async () => {
  const [from, to] = await databases('sqlite', 'mariadb', FAMILIES);
  const first = await migrate(host, from, to);
  expect(blockersOf(first.plan.findings).map(({ code, rows, message }) => [code, rows, message])).toEqual([
    ['value.orphan', '2', '2 rows of staff lead nowhere: of what moves, staff (id) lacks 99 (2 rows).'],
    ['value.orphan', '2', '2 rows of staff lead nowhere: of what moves, places (land, town) lacks (7, 7) (2 rows).'],
  ]);

  // Without row 4 row 5 leads nowhere: each look takes one generation.
  const filtered = taking(first.plan.findings, 'filter');
  const second = await migrate(host, from, to, { edit: filtered });
  expect(blockersOf(second.plan.findings).map(({ message }) => message)).toEqual([
    '1 row of staff leads nowhere: of what moves, staff (id) lacks 4.',
  ]);
  const again = taking(second.plan.findings, 'filter');
  const third = await migrate(host, from, to, { edit: (project) => again(filtered(project)) });
  expect(third.finished).toMatchObject({ state: 'published', verdict: 'verified' });
  expect(await to.ask('SELECT id FROM staff ORDER BY id')).toEqual([['1'], ['2']]);

  const fresh = await freshDatabase('mariadb');
  opened.push(fresh);
  const without = await migrate(host, from, fresh, { edit: taking(first.plan.findings, 'leave out key') });
  expect(without.finished).toMatchObject({ state: 'published', verdict: 'verified' });
  expect(await fresh.ask('SELECT count(*) FROM staff')).toEqual([['6']]);
});

test('keys that meet only where case does not matter lead nowhere in PostgreSQL', async () => {
  const [from, to] = await databases(
    'mariadb',
    'postgres',
    `CREATE TABLE codes (code varchar(10) PRIMARY KEY) COLLATE utf8mb4_general_ci;
     CREATE TABLE uses (id integer PRIMARY KEY, code varchar(10), FOREIGN KEY (code) REFERENCES codes (code))
       COLLATE utf8mb4_general_ci;
     INSERT INTO codes VALUES ('abc'), ('x');
     INSERT INTO uses VALUES (1, 'ABC'), (2, 'abc'), (3, 'x '), (4, NULL)`,
  );
  const first = await migrate(host, from, to);
  expect(blockersOf(first.plan.findings).map(({ message }) => message)).toEqual([
    '2 rows of uses lead nowhere: of what moves, codes (code) lacks "ABC" and "x ".',
  ]);
  const { finished, errors } = await migrate(host, from, to, { edit: taking(first.plan.findings, 'filter') });
  expect(errors).toEqual([]);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  expect(await to.ask('SELECT id FROM uses ORDER BY id')).toEqual([['2'], ['4']]);
});

test('where parents stay behind, or the project declares the key, proven keys are doubted', async () => {
  const [from, to] = await databases(
    'postgres',
    'sqlite',
    `CREATE TABLE parent (id integer PRIMARY KEY, live boolean);
     CREATE TABLE child (id integer PRIMARY KEY, parent integer REFERENCES parent (id), other integer);
     CREATE TABLE loose (id integer PRIMARY KEY, parent integer);
     INSERT INTO parent VALUES (1, true), (2, false);
     INSERT INTO child VALUES (1, 1, 5), (2, 2, 6);
     INSERT INTO loose VALUES (1, 1), (2, 3)`,
  );
  const edit = (project: Project): Project => ({
    ...project,
    tables: project.tables.map((table) => ({
      ...table,
      ...(table.source === 'parent' ? { filter: 'live -- parents' } : {}),
      ...(table.source === 'loose'
        ? { keys: { references: [{ columns: ['parent'], table: 'parent', to: ['id'] }] } }
        : {}),
    })),
  });
  const whole = await migrate(host, from, to, { edit: (project) => ({ ...project, name: 'whole' }) });
  expect(whole.plan.findings.filter(({ code }) => code === 'value.orphan')).toEqual([]);
  const other = await freshDatabase('sqlite');
  opened.push(other);
  const first = await migrate(host, from, other, { edit });
  expect(blockersOf(first.plan.findings).map(({ message }) => message)).toEqual([
    '1 row of child leads nowhere: of what moves, parent (id) lacks 2.',
    '1 row of loose leads nowhere: of what moves, parent (id) lacks 3.',
  ]);
  const quarantined = taking(first.plan.findings, 'add rule');
  const errors = { onError: 'stop' as const, rows: 1 };
  const { finished, plan } = await migrate(host, from, other, {
    edit: (project) => ({ ...quarantined(edit(project)), errors }),
  });
  expect(plan.findings.filter(({ code }) => code === 'value.orphan').map(({ severity }) => severity)).toEqual([
    'warning',
    'warning',
  ]);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  expect(await other.ask('SELECT id FROM child')).toEqual([['1']]);
});

test('a key that PostgreSQL was told not to look at is carried where all rows meet it', async () => {
  const [from, to] = await databases(
    'postgres',
    'mariadb',
    `CREATE TABLE parent (id integer PRIMARY KEY);
     CREATE TABLE child (id integer PRIMARY KEY, good integer, bad integer);
     INSERT INTO parent VALUES (1);
     INSERT INTO child VALUES (1, 1, 99);
     ALTER TABLE child ADD CONSTRAINT good FOREIGN KEY (good) REFERENCES parent (id) NOT VALID;
     ALTER TABLE child ADD CONSTRAINT bad FOREIGN KEY (bad) REFERENCES parent (id) NOT VALID`,
  );
  const { finished, plan } = await migrate(host, from, to);
  const told = plan.findings.filter(({ code }) => code === 'structure.not-validated');
  expect(told.map(({ severity, place }) => [severity, place.object]).sort()).toEqual([
    ['note', 'good'],
    ['warning', 'bad'],
  ]);
  expect(told.find(({ severity }) => severity === 'warning')?.message).toContain('parent (id) lacks 99');
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  await expect(to.run('INSERT INTO child VALUES (2, 5, 1)')).rejects.toThrow();
  await expect(to.run('INSERT INTO child VALUES (2, 1, 5)')).resolves.toBeUndefined();
});

test('keys that the project declares: of equal rows the first one moves, the others go into quarantine', async () => {
  const [from, to] = await databases(
    'mariadb',
    'postgres',
    `CREATE TABLE people (id integer PRIMARY KEY, mail varchar(40), land integer, town integer) COLLATE utf8mb4_general_ci;
     INSERT INTO people VALUES (1, 'a@b', 1, 1), (2, 'A@b', 1, 2), (3, 'a@b', 1, 1), (4, NULL, NULL, 1), (5, NULL, NULL, 1)`,
  );
  const edit = (project: Project): Project => ({
    ...project,
    tables: project.tables.map((table) => ({ ...table, keys: { unique: [['mail'], ['land', 'town']] } })),
  });
  const first = await migrate(host, from, to, { edit });
  expect(blockersOf(first.plan.findings).map(({ code, message }) => [code, message])).toEqual([
    ['value.duplicate', '1 row of people (mail) repeats the key of another row: "a@b" (2 rows).'],
    ['value.duplicate', '1 row of people (land, town) repeats the key of another row: (1, 1) (2 rows).'],
  ]);
  const ruled = taking(first.plan.findings, 'add rule');
  const errors = { onError: 'stop' as const, rows: 1 };
  const { finished } = await migrate(host, from, to, { edit: (project) => ({ ...ruled(edit(project)), errors }) });
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  expect(await to.ask('SELECT id FROM people ORDER BY id')).toEqual([['1'], ['2'], ['4'], ['5']]);
});

test('texts that only the target takes for equal: a warning, and a type that tells them apart', async () => {
  const [from, to] = await databases(
    'sqlite',
    'mariadb',
    `CREATE TABLE words (word TEXT COLLATE NOCASE PRIMARY KEY NOT NULL, n INTEGER);
     CREATE TABLE plain (word TEXT COLLATE NOCASE PRIMARY KEY NOT NULL);
     INSERT INTO words VALUES ('ss', 1), ('ß', 2), ('Ä', 3), ('ä', 4);
     INSERT INTO plain VALUES ('ss'), ('a ')`,
  );
  const first = await migrate(host, from, to);
  const told = first.plan.findings.filter(({ code }) => code === 'value.may-collide');
  expect(told.map(({ severity, rows, place }) => [severity, rows, place.table])).toEqual([['warning', '3', 'words']]);
  expect(first.finished).toMatchObject({ state: 'rolled back' });
  const change = told[0]!.remedies[0]!.change!;
  const { finished, plan } = await migrate(host, from, to, { edit: (project) => applyChange(project, change) });
  expect(plan.findings.filter(({ code }) => code === 'value.may-collide')).toEqual([]);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
});

test('within a family texts are compared as they were', async () => {
  const [from, to] = await databases(
    'mariadb',
    'mariadb',
    `CREATE TABLE words (id integer PRIMARY KEY, word varchar(20) UNIQUE, label enum('a', 'b') COLLATE utf8mb4_unicode_ci,
       old varchar(9) CHARACTER SET latin1, long_text text COLLATE utf8mb4_bin) COLLATE utf8mb4_general_ci;
     INSERT INTO words VALUES (1, 'ss', 'a', 'x', 'y'), (2, 'ß', 'b', 'x', 'y'), (3, 'ae', 'b', 'x', 'y'), (4, 'æ', 'b', 'x', 'y')`,
  );
  const { finished, plan } = await migrate(host, from, to);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  const asked = `SELECT COLUMN_NAME, COLLATION_NAME FROM information_schema.COLUMNS
    WHERE TABLE_SCHEMA = DATABASE() AND COLUMN_NAME IN ('word', 'label', 'long_text') ORDER BY 1`;
  expect(await to.ask(asked)).toEqual([
    ['label', 'utf8mb4_unicode_ci'],
    ['long_text', 'utf8mb4_bin'],
    ['word', 'utf8mb4_general_ci'],
  ]);
  expect(plan.findings.find(({ code }) => code === 'structure.collation')?.message).toContain(
    'old (latin1_swedish_ci)',
  );
});
