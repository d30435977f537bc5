// What changes in the target after a migration is found by `verify`, named by table, key and column; the untouched is not.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Project } from '../../src/shared/model/mapping.ts';
import type { Difference, Report } from '../../src/shared/model/report.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { endpointOf, migrate, openHost, type TestHost } from '../support/engine.ts';

const TABLES = `
CREATE TABLE people (id integer PRIMARY KEY, name varchar(40), amount decimal(12,4), seen timestamp NULL);
CREATE TABLE pairs (a integer NOT NULL, b varchar(10) NOT NULL, n integer, PRIMARY KEY (a, b));
CREATE TABLE log (line varchar(40));
INSERT INTO people VALUES (1, 'Ann', 10.5, '2024-01-01 10:00:00'), (2, NULL, 0, NULL), (3, '', -1.25, NULL), (4, 'Dan', 4, NULL);
INSERT INTO pairs VALUES (1, 'x', 1), (1, 'y', 2), (2, 'x', 3);
INSERT INTO log VALUES ('same'), ('same'), ('other'), (NULL);
`;

interface Mutation {
  readonly name: string;
  readonly sql: string;
  readonly expected: readonly Partial<Difference>[];
}

const mutations: readonly Mutation[] = [
  {
    name: 'a cell',
    sql: "UPDATE people SET name = 'ann' WHERE id = 1",
    expected: [{ table: 'people', kind: 'changed', key: { id: '1' }, column: 'name', source: 'Ann', target: 'ann' }],
  },
  {
    name: 'NULL made the empty text',
    sql: "UPDATE people SET name = '' WHERE id = 2",
    expected: [{ table: 'people', kind: 'changed', key: { id: '2' }, column: 'name', source: 'NULL' }],
  },
  {
    name: 'a digit far behind the point',
    sql: 'UPDATE people SET amount = 10.5001 WHERE id = 1',
    expected: [{ table: 'people', kind: 'changed', key: { id: '1' }, column: 'amount' }],
  },
  {
    name: 'a row deleted',
    sql: 'DELETE FROM people WHERE id = 4',
    expected: [{ table: 'people', kind: 'missing', key: { id: '4' } }],
  },
  {
    name: 'a row added',
    sql: "INSERT INTO pairs VALUES (9, 'z', 0)",
    expected: [{ table: 'pairs', kind: 'extra', key: { a: '9', b: 'z' } }],
  },
  {
    name: 'two values swapped',
    sql: 'UPDATE pairs SET n = 3 - n WHERE a = 1',
    expected: [
      { table: 'pairs', kind: 'changed', key: { a: '1', b: 'x' }, column: 'n', source: '1', target: '2' },
      { table: 'pairs', kind: 'changed', key: { a: '1', b: 'y' }, column: 'n', source: '2', target: '1' },
    ],
  },
  {
    name: 'a row moved to another key',
    sql: "UPDATE pairs SET b = 'w' WHERE a = 2",
    expected: [
      { table: 'pairs', kind: 'extra', key: { a: '2', b: 'w' } },
      { table: 'pairs', kind: 'missing', key: { a: '2', b: 'x' } },
    ],
  },
  {
    name: 'a row more of a kind that has no key',
    sql: "INSERT INTO log VALUES ('same')",
    expected: [{ table: 'log', kind: 'extra', target: 'same' }],
  },
];

const pairs: readonly (readonly [ServerName, ServerName])[] = [
  ['postgres', 'mariadb'],
  ['mariadb', 'sqlite'],
  ['sqlite', 'postgres'],
];

describe.each(pairs)('%s → %s', (from, to) => {
  let host: TestHost;
  let source: TestDatabase;
  let target: TestDatabase;
  let project: Project;

  beforeAll(async () => {
    host = openHost();
    source = await freshDatabase(from);
    target = await freshDatabase(to);
    await source.run(TABLES);
    const migration = await migrate(host, source, target);
    expect(migration.finished?.verdict, JSON.stringify(migration.errors)).toBe('verified');
    project = migration.project;
  });

  afterAll(async () => {
    await source?.drop();
    await target?.drop();
    host?.close();
  });

  function verify(): Promise<Report> {
    return host.call('verify', { project, source: endpointOf(source), target: endpointOf(target) });
  }

  it('nothing, when nothing changed', async () => {
    const report = await verify();
    expect(report.verdict).toBe('verified');
    expect(report.tables.flatMap((table) => table.differences)).toEqual([]);
  });

  it.each(mutations)('finds $name', async ({ sql, expected }) => {
    const saved = await snapshotOf(target);
    await target.run(sql);
    const report = await verify();
    await restore(target, saved);
    expect(report.verdict).toBe('different');
    const found = report.tables.flatMap((table) => table.differences).sort(byPlace);
    expect(found).toMatchObject(expected);
    expect(found).toHaveLength(expected.length);
  });
});

function byPlace(a: Difference, b: Difference): number {
  return JSON.stringify([a.kind, a.key]).localeCompare(JSON.stringify([b.kind, b.key]));
}

const NAMES = ['people', 'pairs', 'log'] as const;

async function snapshotOf(database: TestDatabase): Promise<Record<string, (string | null)[][]>> {
  const tables = await Promise.all(
    NAMES.map(async (name) => [name, await database.ask(`SELECT * FROM ${name}`)] as const),
  );
  return Object.fromEntries(tables);
}

async function restore(database: TestDatabase, saved: Record<string, (string | null)[][]>): Promise<void> {
  for (const name of NAMES) {
    await database.run(`DELETE FROM ${name}`);
    for (const row of saved[name]!) {
      const values = row.map((cell) => (cell === null ? 'NULL' : `'${cell.replaceAll("'", "''")}'`));
      await database.run(`INSERT INTO ${name} VALUES (${values.join(', ')})`);
    }
  }
}

describe.each([
  ['postgres', 'mariadb'],
  ['mariadb', 'sqlite'],
] as const)('business rules, %s → %s', (from, to) => {
  it('are asked again of both databases, and what breaks them is in the verdict', async () => {
    const host = openHost();
    const [source, target] = [await freshDatabase(from), await freshDatabase(to)];
    await source.run(TABLES);
    const rule = (name: string, on: 'source' | 'target', condition: string, onBreak?: 'warn') => ({
      name,
      on,
      query: `SELECT id FROM people WHERE ${condition} -- people`,
      ...(onBreak ? { onBreak } : {}),
    });
    const rules = [
      rule('known names', 'target', "name = 'nobody'"),
      rule('few people', 'source', 'id > 0', 'warn'),
      rule('no strangers', 'source', "name = 'nobody'"),
    ];
    const { project, finished } = await migrate(host, source, target, { edit: (each) => ({ ...each, rules }) });
    expect(finished?.verdict).toBe('verified');
    const ends = { source: endpointOf(source), target: endpointOf(target) };
    const told = async (asked: Project) => {
      const { verdict, summary, rules: results } = await host.call('verify', { project: asked, ...ends });
      return { verdict, summary, broken: results.map(({ broken }) => broken) };
    };
    const rows = Number((await source.ask('SELECT COUNT(*) FROM people'))[0]![0]);
    expect(await told(project)).toMatchObject({ verdict: 'verified', broken: [0, rows, 0] });
    for (const each of [source, target]) await each.run("UPDATE people SET name = 'nobody' WHERE id = 1");
    expect(await told(project)).toEqual({
      verdict: 'different',
      summary: 'The rule "known names" is broken by 1 row; the rule "no strangers" is broken by 1 row',
      broken: [1, rows, 1],
    });
    const unaskable = { ...project, rules: [rule('lost', 'target', 'nowhere = 1')] };
    expect(await told(unaskable)).toEqual({
      verdict: 'different',
      summary: 'The rule "lost" could not be asked',
      broken: [null],
    });
    await Promise.all([source.drop(), target.drop()]);
    host.close();
  });
});
