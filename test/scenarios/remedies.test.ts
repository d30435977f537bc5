// Remedies taken for real: what stood in the way moves, verified, once the change that was offered is made.

import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Change } from '../../src/shared/model/finding.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { applyChange } from '../../src/shared/remedy.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { type Migration, migrate, openHost, type TestHost } from '../support/engine.ts';

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

async function databases(from: ServerName, to: ServerName): Promise<[TestDatabase, TestDatabase]> {
  const pair: [TestDatabase, TestDatabase] = [await freshDatabase(from), await freshDatabase(to)];
  opened.push(...pair);
  return pair;
}

/** Runs; is blocked by the codes given and nothing else; takes the first change of each blocker, and runs again. */
async function blockedThenMoved(from: TestDatabase, to: TestDatabase, codes: string[]): Promise<Migration> {
  const blocked = await migrate(host, from, to);
  const blockers = blocked.plan.findings.filter(({ severity }) => severity === 'blocker');
  expect(blockers.map(({ code }) => code).sort()).toEqual(codes.toSorted());
  const changes = blockers.map(({ remedies }) => remedies.find(({ change }) => change)?.change as Change);
  return migrate(host, from, to, { edit: (project) => changes.reduce(applyChange, project) });
}

test('texts with U+0000, bytes among texts and words among numbers, from a file into PostgreSQL', async () => {
  const [from, to] = await databases('sqlite', 'postgres');
  await from.run(`
    CREATE TABLE odd (id INTEGER PRIMARY KEY, nul TEXT, mixed TEXT, broken TEXT, number INTEGER);
    INSERT INTO odd VALUES
      (1, 'a' || char(0) || 'b', 'text', 'fine', 7), (2, 'ä', x'00ff', CAST(x'c328' AS TEXT), 'seven');
  `);
  const codes = ['value.nul-character', 'value.storage-misfit', 'value.not-utf8', 'value.storage-misfit'];
  const { finished, errors } = await blockedThenMoved(from, to, codes);
  expect(errors).toEqual([]);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  const rows = await to.ask(`
    SELECT encode(nul, 'hex'), encode(mixed, 'hex'), encode(broken, 'hex'), number FROM odd ORDER BY id`);
  expect(rows).toEqual([
    ['610062', '74657874', '66696e65', '7'],
    ['c3a4', '00ff', 'c328', 'seven'],
  ]);
});

test('rows in the target: the new table takes their place', async () => {
  const [from, to] = await databases('mariadb', 'postgres');
  await from.run('CREATE TABLE things (id integer PRIMARY KEY); INSERT INTO things VALUES (1)');
  await to.run('CREATE TABLE things (id integer); INSERT INTO things VALUES (8), (9)');
  const { finished } = await blockedThenMoved(from, to, ['plan.target-has-rows']);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  expect(await to.ask('SELECT count(*) FROM things')).toEqual([['1']]);
});

test('infinities go into a file; NaN does not', async () => {
  const [from, to] = await databases('postgres', 'sqlite');
  await from.run(`
    CREATE TABLE f (id integer PRIMARY KEY, x double precision, y real);
    INSERT INTO f VALUES (1, '-Infinity', 'Infinity'), (2, 1.5, NULL)`);
  const { finished, plan } = await migrate(host, from, to);
  expect(plan.findings.filter(({ code }) => code === 'value.not-finite')).toEqual([]);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  expect(await to.ask('SELECT x < -1e308, y > 1e308 FROM f WHERE id = 1')).toEqual([['1', '1']]);

  await from.run("UPDATE f SET y = 'NaN' WHERE id = 2");
  const fresh = await freshDatabase('sqlite');
  opened.push(fresh);
  // Another host has not asked yet, and remembers nothing.
  host.close();
  host = openHost();
  const moved = await blockedThenMoved(from, fresh, ['value.not-finite']);
  expect(moved.finished).toMatchObject({ state: 'published', verdict: 'verified' });
});

test('numbers of a file that its declared types do not bind: each is seen before the run', async () => {
  const [from, to] = await databases('sqlite', 'mariadb');
  await from.run(`
    CREATE TABLE sums (id INTEGER PRIMARY KEY, fine DECIMAL(5,2), places DECIMAL(5,2), large DECIMAL(5,2),
      endless DECIMAL(5,2), number NUMERIC);
    INSERT INTO sums VALUES (1, 1.25, 1.239, 1, 1, 1), (2, 999.99, 1, 123456.5, 9e999, -9e999), (3, NULL, NULL, NULL, NULL, 7)
  `);
  const codes = ['value.scale-loss', 'value.decimal-overflow', 'value.not-finite', 'value.not-finite'];
  const { finished, errors } = await blockedThenMoved(from, to, codes);
  expect(errors).toEqual([]);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
  expect(await to.ask('SELECT fine, places, large, endless, number FROM sums ORDER BY id')).toEqual([
    ['1.25', '1.239', '1.00', '1.00', '1'],
    ['999.99', '1.000', '123456.50', null, null],
    [null, null, null, null, '7'],
  ]);
});

test('a table that InnoDB refuses is foretold, and made with the types that are named', async () => {
  const [from, to] = await databases('postgres', 'mariadb');
  const columns = Array.from({ length: 35 }, (_, i) => `c${i} char(60)`);
  await from.run(
    `CREATE TABLE wide (id integer PRIMARY KEY, ${columns.join(', ')}); INSERT INTO wide (id, c1) VALUES (1, 'a')`,
  );
  const refused = await migrate(host, from, to);
  const told = refused.plan.findings.filter(({ code }) => code === 'structure.page-too-small');
  expect(told.map(({ severity, message }) => [severity, message])).toEqual([
    ['warning', expect.stringContaining('A row of wide can take 8462 bytes of a page; the target takes 8125')],
  ]);
  expect(refused.errors[0]).toMatchObject({ cause: expect.stringContaining('Row size too large') });
  const edit = (project: Project): Project => ({
    ...project,
    tables: project.tables.map((table) => ({
      ...table,
      columns: table.columns.map((column) =>
        column.source === 'c1' || column.source === 'c2' ? { ...column, type: 'text' } : column,
      ),
    })),
  });
  const { finished, plan } = await migrate(host, from, to, { edit });
  expect(plan.findings.filter(({ code }) => code === 'structure.page-too-small')).toEqual([]);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
});

test('constraints that the source itself does not vouch for are named and left out', async () => {
  const [from, to] = await databases('postgres', 'mariadb');
  await from.run(`
    CREATE TABLE parent (id integer PRIMARY KEY);
    CREATE TABLE child (id integer PRIMARY KEY, parent integer, n integer CONSTRAINT small CHECK (n < 10));
    INSERT INTO child VALUES (1, 99, -5);
    ALTER TABLE child ADD CONSTRAINT positive CHECK (n > 0) NOT VALID;
    ALTER TABLE child ADD CONSTRAINT orphan FOREIGN KEY (parent) REFERENCES parent (id) NOT VALID`);
  const { finished, plan } = await migrate(host, from, to);
  const told = plan.findings.filter(({ code }) => code === 'structure.not-validated');
  expect(told.map(({ place }) => place.object).sort()).toEqual(['orphan', 'positive']);
  expect(plan.tables.find(({ source }) => source === 'child')!.target.checks.map(({ name }) => name)).toEqual([
    'small',
  ]);
  expect(finished).toMatchObject({ state: 'published', verdict: 'verified' });
});
