// What screens ask while a person looks and maps: overview, table, sample, preview, count, on every family as the source.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/shared/contract.ts';
import type { Project, TableMapping } from '../../src/shared/model/mapping.ts';
import type { Preview } from '../../src/shared/model/preview.ts';
import type { Transform } from '../../src/shared/model/transform.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { endpointOf, openHost, type TestHost } from '../support/engine.ts';
import { slice } from '../support/slice.ts';

const SERVERS = ['postgres', 'mariadb', 'sqlite'] as const;
const TARGET = { postgres: 'mariadb', mariadb: 'postgres', sqlite: 'postgres' } as const;

const SCRIPT = `
  CREATE TABLE people (id integer PRIMARY KEY, name varchar(40) NOT NULL, born date, score decimal(6,2));
  CREATE TABLE visits (id integer PRIMARY KEY, person integer NOT NULL, note text,
    CONSTRAINT visits_person FOREIGN KEY (person) REFERENCES people (id));
  INSERT INTO people VALUES (1, 'Ada', '1815-12-10', 1.50), (2, 'Grace Hopper', NULL, 22.25), (3, 'Ada', '1999-01-01', NULL);
  INSERT INTO visits VALUES (10, 1, 'first'), (11, 1, NULL);
`;

let host: TestHost;

beforeAll(() => {
  host = openHost();
});
afterAll(() => host?.close());

describe.each(slice(SERVERS, 2))('%s', (server) => {
  let from: TestDatabase;
  let to: TestDatabase;
  let source: Endpoint;
  let target: Endpoint;
  let project: Project;

  beforeAll(async () => {
    [from, to] = await Promise.all([freshDatabase(server), freshDatabase(TARGET[server])]);
    [source, target] = [endpointOf(from), endpointOf(to)];
    await from.run(SCRIPT);
    project = await host.call('map', { source, target, name: 'look' });
  });
  afterAll(() => Promise.all([from?.drop(), to?.drop()]));

  const preview = (edit: (project: Project) => void = () => {}, name = 'people'): Promise<Preview> => {
    const edited = structuredClone(project);
    edit(edited);
    const { source: from_, target: to_ } = edited.tables.find((table) => table.source === name)!;
    const table = { source: from_, target: to_ };
    return host.call('map.preview', { source, target, project: edited, table, limit: 50 });
  };
  const columnOf = (edited: Project, name: string) =>
    edited.tables.find((table) => table.source === 'people')!.columns.find((column) => column.source === name)!;

  test('keys that Drover counts itself are shown, and found where they are looked up', async () => {
    const counted = (edited: Project): void => {
      const people = edited.tables.find((table) => table.source === 'people')!;
      columnOf(edited, 'id').target = 'old';
      people.columns.push({ source: 'new key', from: { kind: 'sequence' }, target: 'id', type: 'bigint' });
      const person = edited.tables
        .find((table) => table.source === 'visits')!
        .columns.find((column) => column.source === 'person')!;
      person.type = 'bigint';
      person.steps = [{ do: 'lookup', in: 'people', match: 'old', take: 'id' }];
    };
    const { columns, rows } = await preview(counted);
    const at = columns.findIndex((column) => column.target === 'id');
    expect(columns[at]).toMatchObject({ refused: 0, reason: null });
    expect(rows.map((row) => row[at]!.after)).toEqual(['1', '2', '3']);
    const visits = await preview(counted, 'visits');
    expect(visits.rows.map((row) => row[1]!.after)).toEqual(['1', '1']);
  });

  test('the overview says what there is, and a table comes from the same look', async () => {
    const overview = await host.call('inspect.overview', { endpoint: source, side: 'source', refresh: false });
    expect(overview.tables.map(({ name, columns, primaryKey }) => ({ name, columns, primaryKey }))).toEqual([
      { name: 'people', columns: 4, primaryKey: ['id'] },
      { name: 'visits', columns: 3, primaryKey: ['id'] },
    ]);
    expect(overview.tables[1]!.references).toEqual([{ name: expect.any(String), schema: null, table: 'people' }]);
    const table = await host.call('inspect.table', { endpoint: source, side: 'source', table: 'visits' });
    expect(table.columns.map((column) => column.name)).toEqual(['id', 'person', 'note']);

    await from.run('CREATE TABLE later (id integer PRIMARY KEY)');
    const ask = { endpoint: source, side: 'source', table: 'later' } as const;
    await expect(host.call('inspect.table', ask)).rejects.toMatchObject({ code: 'inspect.no-such-table' });
    await host.call('inspect.overview', { endpoint: source, side: 'source', refresh: true });
    expect((await host.call('inspect.table', ask)).name).toBe('later');
  });

  test('which side asks for a password that is not there is told, whichever is asked first', async () => {
    const both = { source, target };
    // A file asks for none.
    for (const side of server === 'sqlite' ? (['target'] as const) : (['target', 'source'] as const)) {
      const bare = { ...both, [side]: { ...both[side], password: null } };
      await expect(host.call('plan', { ...bare, project })).rejects.toMatchObject({
        message: expect.stringContaining(new URL(both[side].url).host),
        data: { code: 'connect.wrong-password', where: { side } },
      });
    }
  });

  test('a sample shows the first rows, filtered or not, and names a bad filter', async () => {
    const ask = { endpoint: source, side: 'source', table: 'people', limit: 2 } as const;
    const all = await host.call('inspect.sample', { ...ask, filter: null });
    expect(all.columns).toEqual(['id', 'name', 'born', 'score']);
    expect(all.rows).toHaveLength(2);
    const some = await host.call('inspect.sample', { ...ask, filter: "name = 'Grace Hopper' -- her alone" });
    expect(some.rows.map((row) => row.slice(0, 3))).toEqual([['2', 'Grace Hopper', null]]);
    const none = await host.call('inspect.sample', { ...ask, filter: 'id < 0' });
    expect(none).toEqual({ columns: all.columns, rows: [] });
    for (const filter of ['no_such = 1', 'id = ', '1 = 1) --', '1=1; DROP TABLE visits', 'id < 0) OR (1=1']) {
      await expect(host.call('inspect.sample', { ...ask, filter })).rejects.toMatchObject({
        code: 'plan.bad-filter',
        data: { cause: expect.stringMatching(/\w/), where: { side: 'source', table: 'people' } },
      });
    }
  });

  test('a count tells all rows and those that meet the filter', async () => {
    const ask = { source, table: 'people' };
    expect(await host.call('map.count', { ...ask, filter: "name = 'Ada'" })).toEqual({ rows: 3, matching: 2 });
    expect(await host.call('map.count', { ...ask, filter: ' ' })).toEqual({ rows: 3, matching: 3 });
    for (const filter of ['nope = 1', 'id < 0) OR (1=1']) {
      await expect(host.call('map.count', { ...ask, filter })).rejects.toMatchObject({ code: 'plan.bad-filter' });
    }
  });

  test('a count of a SELECT counts its rows', async () => {
    const ask = { source, table: 'adas', query: "SELECT id FROM people WHERE name = 'Ada'" };
    expect(await host.call('map.count', { ...ask, filter: 'id > 1' })).toEqual({ rows: 2, matching: 1 });
  });

  test('a SELECT, a view and an expression are described as a table, each column with a proposal', async () => {
    await from.run('CREATE VIEW named AS SELECT id, name FROM people');
    await host.call('inspect.overview', { endpoint: source, side: 'source', refresh: true });
    const describe_ = (mapping: Partial<TableMapping>) =>
      host.call('map.describe', {
        source,
        target,
        mapping: { source: 'made', target: 'made', columns: [], ...mapping },
        naming: 'snake',
        typeRules: [{ column: 'HowMany', type: 'integer' }],
      });
    const query = `SELECT name, COUNT(*) AS ${server === 'mariadb' ? '`HowMany`' : '"HowMany"'} FROM people GROUP BY name`;
    const counted = await describe_({ query, rowKey: ['name'] });
    expect(counted.table.primaryKey?.columns).toEqual(['name']);
    expect(counted.columns).toMatchObject([
      { source: 'name', target: 'name', type: expect.stringMatching(/char|text/) },
      { source: 'HowMany', target: 'how_many', type: 'integer' },
    ]);
    expect((await describe_({ table: 'named' })).columns.map((column) => column.source)).toEqual(['id', 'name']);

    const computed = (sql: string): Partial<TableMapping> => ({
      table: 'people',
      columns: [{ source: 'half', target: 'half', type: '', from: { kind: 'expression', sql } }],
    });
    const { columns } = await describe_(computed('score / 2'));
    expect(columns.at(-1)).toMatchObject({ source: 'half', type: expect.stringMatching(/numeric|decimal|double/) });
    await expect(describe_(computed('scor / 2'))).rejects.toMatchObject({
      code: 'map.bad-expression',
      message: expect.stringContaining('scor'),
      data: { where: { table: 'made', column: 'half' } },
    });
    await expect(describe_({ query: 'SELECT nope FROM people' })).rejects.toMatchObject({
      code: 'map.bad-query',
      message: expect.stringContaining('nope'),
    });
    await expect(describe_({})).rejects.toMatchObject({ code: 'inspect.no-such-table' });
  });

  test('a preview shows every row as the target will hold it', async () => {
    const { columns, rows } = await preview();
    expect(columns.map((column) => column.source)).toEqual(['id', 'name', 'born', 'score']);
    expect(columns.every(({ refused, nulled, changed }) => refused + nulled + changed === 0)).toBe(true);
    expect(rows.map((row) => row.map((cell) => cell.after))).toEqual([
      ['1', 'Ada', '1815-12-10', '1.5'],
      ['2', 'Grace Hopper', null, '22.25'],
      ['3', 'Ada', '1999-01-01', null],
    ]);
  });

  test('a preview follows filter, types, names and skips', async () => {
    const { columns, rows } = await preview((edited) => {
      edited.tables.find((table) => table.source === 'people')!.filter = 'id < 3';
      columnOf(edited, 'score').skip = true;
      columnOf(edited, 'born').target = 'birthday';
      columnOf(edited, 'name').type = 'varchar(5)';
    });
    expect(columns.map((column) => column.target)).toEqual(['id', 'name', 'birthday']);
    expect(columns[1]).toMatchObject({ targetType: 'varchar(5)', refused: 1 });
    expect(columns[1]!.reason).toContain('12 characters');
    expect(rows.map((row) => row[1])).toEqual([
      { before: 'Ada', after: 'Ada', state: 'same' },
      { before: 'Grace Hopper', after: null, state: 'refused' },
    ]);
  });

  test('a preview tells what becomes NULL and what looks otherwise', async () => {
    const { columns, rows } = await preview((edited) => {
      Object.assign(columnOf(edited, 'score'), { type: 'integer', unrepresentable: 'null' });
      columnOf(edited, 'born').type = TARGET[server] === 'postgres' ? 'timestamp' : 'datetime';
    });
    expect(rows.map((row) => row[3]!.state)).toEqual(['nulled', 'nulled', 'same']);
    expect(columns[3]).toMatchObject({ nulled: 2, refused: 0, reason: null });
    expect(rows[0]![2]).toEqual({ before: '1815-12-10', after: '1815-12-10 00:00:00', state: 'changed' });
  });

  test('a preview of a mapping that makes no sense yet names the column', async () => {
    const wrong: [(edited: Project) => void, string][] = [
      [(edited) => Object.assign(columnOf(edited, 'born'), { type: 'dat e(' }), 'project.invalid'],
      [(edited) => Object.assign(columnOf(edited, 'born'), { source: 'gone' }), 'project.drift'],
    ];
    for (const [edit, code] of wrong) {
      await expect(preview(edit)).rejects.toMatchObject({
        code,
        data: { where: { table: 'people', column: expect.stringMatching(/born|gone/) } },
      });
    }
    const escaping = preview((edited) => {
      edited.tables.find((table) => table.source === 'people')!.filter = 'id < 0) OR (1=1';
    });
    await expect(escaping).rejects.toMatchObject({ code: 'plan.bad-filter', data: { where: { table: 'people' } } });
    const uuid = await preview((edited) => Object.assign(columnOf(edited, 'id'), { type: 'date' }));
    expect(uuid.columns[0]).toMatchObject({ refused: 3 });
    expect(uuid.columns[0]!.reason).toContain("can't be turned");
  });
});

describe('steps of a column', () => {
  let from: TestDatabase;
  let to: TestDatabase;

  beforeAll(async () => {
    [from, to] = await Promise.all([freshDatabase('postgres'), freshDatabase('mariadb')]);
    await from.run(`
      CREATE TABLE people (id integer PRIMARY KEY, first text, last text, born date);
      INSERT INTO people VALUES (1, ' ada ', 'lovelace', '1815-12-10'), (2, NULL, 'x', NULL), (3, 'bob', NULL, '1999-01-01');
    `);
  });
  afterAll(() => Promise.all([from?.drop(), to?.drop()]));

  const asked = async (steps: Transform[], source = 'first') => {
    const pair = { source: endpointOf(from), target: endpointOf(to) };
    const project = await host.call('map', { ...pair, name: 'steps' });
    const columns = project.tables[0]!.columns.filter((column) => column.source !== 'last');
    const changed = columns.map((column) => (column.source === source ? { ...column, steps } : column));
    project.tables[0] = { ...project.tables[0]!, columns: changed };
    return { ...pair, project, table: { source: 'people', target: 'people' }, limit: 10 };
  };

  test('are shown one by one, and look at columns that do not move', async () => {
    const ask = await asked([
      { do: 'trim' },
      { do: 'template', template: '{} {last}' },
      { do: 'split', at: ' ', take: 1 },
    ]);
    const { rows } = await host.call('map.trace', { ...ask, column: { source: 'first', target: 'first' } });
    expect(rows).toEqual([
      { values: [' ada ', 'ada', 'ada lovelace', 'lovelace'], refused: null },
      { values: [null, null, ' x', 'x'], refused: null },
      { values: ['bob', 'bob', 'bob ', ''], refused: null },
    ]);
    const preview = await host.call('map.preview', ask);
    expect(preview.rows.map((row) => row[1])).toEqual([
      { before: ' ada ', after: 'lovelace', state: 'changed' },
      { before: null, after: 'x', state: 'changed' },
      { before: 'bob', after: '', state: 'changed' },
    ]);
  });

  test('that refuse a value say which and why', async () => {
    const ask = await asked([{ do: 'trim' }, { do: 'email' }]);
    const { rows } = await host.call('map.trace', { ...ask, column: { source: 'first', target: 'first' } });
    expect(rows[0]).toEqual({
      values: [' ada ', 'ada'],
      refused: { step: 1, reason: 'The value is not an e-mail address.' },
    });
    const preview = await host.call('map.preview', ask);
    expect(preview.rows[0]![1]).toEqual({ before: ' ada ', after: null, state: 'refused' });
    expect(preview.columns[1]!.reason).toContain('refused by its step "email"');
  });

  test('with a mistake are named', async () => {
    const ask = await asked([{ do: 'strip', pattern: '(' }]);
    await expect(host.call('map.preview', ask)).rejects.toMatchObject({ code: 'map.bad-transform' });
    await expect(
      host.call('map.trace', { ...ask, column: { source: 'nothing', target: 'nothing' } }),
    ).rejects.toMatchObject({ code: 'project.invalid' });
  });
});

describe('sqlite columns that do not bind their values', () => {
  let from: TestDatabase;
  let to: TestDatabase;

  beforeAll(async () => {
    [from, to] = await Promise.all([freshDatabase('sqlite'), freshDatabase('postgres')]);
    await from.run(`
      CREATE TABLE odd (id INTEGER PRIMARY KEY, mixed INTEGER, moment DATE, body TEXT);
      INSERT INTO odd VALUES (1, 7, 1700000000, 'a'), (2, 'seven', 1700000001, x'00ff'), (3, NULL, 1700000002, NULL);
    `);
  });
  afterAll(() => Promise.all([from?.drop(), to?.drop()]));

  test('are shown as the plan will read them, misfits with their reason', async () => {
    const pair = { source: endpointOf(from), target: endpointOf(to) };
    const project = await host.call('map', { ...pair, name: 'odd' });
    const table = { source: 'odd', target: 'odd' };
    const { columns, rows } = await host.call('map.preview', { ...pair, project, table, limit: 10 });
    expect(rows.map((row) => row[1])).toEqual([
      { before: '7', after: '7', state: 'same' },
      { before: 'seven', after: null, state: 'refused' },
      { before: null, after: null, state: 'same' },
    ]);
    expect(columns[1]!.reason).toContain('holds text that does not fit its type INTEGER, in the row with rowid 2');
    expect(rows.map((row) => row[2]!.after)).toEqual(['1700000000', '1700000001', '1700000002']);
    expect(rows[1]![3]).toEqual({ before: '0x00ff', after: null, state: 'refused' });

    // Nothing is remembered of a database that another host mapped: the rows themselves must show it.
    const fresh = openHost();
    try {
      const again = await fresh.call('map.preview', { ...pair, project, table, limit: 10 });
      expect(again.rows).toEqual(rows);
      const asText = structuredClone(project);
      asText.tables[0]!.columns[1]!.type = 'text';
      const texts = await fresh.call('map.preview', { ...pair, project: asText, table, limit: 10 });
      expect(texts.rows.map((row) => row[1]!.after)).toEqual(['7', 'seven', null]);
    } finally {
      fresh.close();
    }
  });
});

test.each(['postgres', 'mariadb', 'sqlite'] as const)('the usual types of %s are types it has', async (server) => {
  const database = await freshDatabase(server);
  try {
    const { server: target } = await host.call('inspect', endpointOf(database));
    const types = await host.call('map.types', { target });
    expect(types.length).toBeGreaterThan(10);
    expect(new Set(types).size).toBe(types.length);
    await database.run(types.map((type, i) => `CREATE TABLE t${i} (c ${type})`).join(';\n'));
    const { tables } = await host.call('inspect', endpointOf(database));
    expect(tables).toHaveLength(types.length);
  } finally {
    await database.drop();
  }
});
