// SQL that a project holds: what the source does not take, or what would write, blocks the plan, and writes nothing.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Project, TableMapping } from '../../src/shared/model/mapping.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { endpointOf, openHost, type TestHost } from '../support/engine.ts';

let host: TestHost;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host?.close());

const WRITES = {
  postgres: `CREATE FUNCTION writes() RETURNS integer LANGUAGE plpgsql AS
             'BEGIN INSERT INTO log VALUES (1); RETURN 1; END'`,
  mariadb: 'CREATE FUNCTION writes() RETURNS integer BEGIN INSERT INTO log VALUES (1); RETURN 1; END',
};

describe.each(['postgres', 'mariadb', 'sqlite'] as const)('%s', (server) => {
  let from: TestDatabase;
  let to: TestDatabase;
  let project: Project;

  beforeAll(async () => {
    [from, to] = await Promise.all([freshDatabase(server), freshDatabase('sqlite')]);
    await from.run('CREATE TABLE people (id integer PRIMARY KEY, age integer); INSERT INTO people VALUES (1, 2);');
    await from.run('CREATE TABLE log (id integer)');
    if (server !== 'sqlite') await from.run(WRITES[server]);
    project = await host.call('map', { source: endpointOf(from), target: endpointOf(to), name: 'sql' });
  });
  afterAll(() => Promise.all([from?.drop(), to?.drop()]));

  async function blockersOf(table: Partial<TableMapping>, rules: Project['rules'] = []) {
    const edited = structuredClone(project);
    Object.assign(edited.tables.find(({ source }) => source === 'people')!, table);
    const plan = await host.call('plan', {
      source: endpointOf(from),
      target: endpointOf(to),
      project: { ...edited, rules },
    });
    return plan.findings.filter(({ severity }) => severity === 'blocker');
  }
  const idAlone = () =>
    project.tables.find(({ source }) => source === 'people')!.columns.filter(({ source }) => source === 'id');
  const written = async () => (await from.ask('SELECT count(*) FROM log'))[0]![0];

  test('a filter that is no condition is a blocker beside the others, with a limit or without', async () => {
    for (const more of [{}, { limit: { kind: 'first', rows: 5 } } as const]) {
      const bad = structuredClone(project.tables.find(({ source }) => source === 'people')!.columns);
      bad.find(({ source }) => source === 'age')!.steps = [{ do: 'strip', pattern: '(' }];
      const blockers = await blockersOf({ filter: 'agee >= 18', columns: bad, ...more });
      expect(blockers.map(({ code, place: { table } }) => [code, table])).toEqual([
        ['plan.bad-filter', 'people'],
        ['map.bad-transform', 'people'],
      ]);
      expect(blockers[0]!.message).toContain('agee');
      expect(blockers[0]!.remedies).not.toEqual([]);
    }
  });

  test.skipIf(server === 'sqlite')('what would write is told as what it is, and does not', async () => {
    const query = 'SELECT writes() AS id';
    const filtered = await blockersOf({ filter: 'writes() = 1' });
    const ruled = await blockersOf({}, [{ name: 'r', on: 'source', query }]);
    expect(filtered).toMatchObject([{ code: 'plan.bad-filter', message: expect.stringMatching(/read.only/i) }]);
    expect(ruled).toMatchObject([{ code: 'map.bad-rule', message: expect.stringMatching(/read.only/i) }]);
    // MariaDB runs it to say what it gives; PostgreSQL only when its rows are counted.
    const computed = { query, rowKey: ['id'], columns: idAlone(), limit: { kind: 'first' as const, rows: 5 } };
    const told = await blockersOf(computed, [{ name: 'r', on: 'source', query }]);
    expect(told.map(({ code, place: { table } }) => [code, table])).toContainEqual(['map.bad-query', 'people']);
    expect(told.map(({ code }) => code)).toContain('map.bad-rule');
    expect(await written()).toBe('0');
  });

  test.skipIf(server !== 'postgres')('it can not make the session write either', async () => {
    const query = "SELECT set_config('default_transaction_read_only', 'off', false)";
    await blockersOf({ filter: `(${query}) = 'off'` }, [
      { name: 'first', on: 'source', query },
      { name: 'second', on: 'source', query: 'SELECT writes() AS w' },
    ]).catch(() => undefined);
    expect(await written()).toBe('0');
  });
});
