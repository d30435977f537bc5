// The column profile on every family: its numbers against the database's own answers, samples, time and leaving.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint, StreamInput } from '../../src/shared/contract.ts';
import type { ColumnProfile } from '../../src/shared/model/column-profile.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { endpointOf, openHost, type TestHost } from '../support/engine.ts';

const SERVERS = ['postgres', 'mariadb', 'sqlite'] as const;
const ROWS = 3000;

const TYPES = {
  postgres: { bytes: 'bytea', stamp: 'timestamp', double: 'double precision' },
  mariadb: { bytes: 'blob', stamp: 'datetime', double: 'double' },
  sqlite: { bytes: 'blob', stamp: 'datetime', double: 'double' },
} as const;

let host: TestHost;

beforeAll(() => {
  host = openHost();
});
afterAll(() => host?.close());

describe.each(SERVERS)('%s', (server) => {
  let database: TestDatabase;
  let endpoint: Endpoint;
  const types = TYPES[server];

  beforeAll(async () => {
    database = await freshDatabase(server);
    endpoint = endpointOf(database);
    await database.run(`
      CREATE TABLE people (
        id bigint PRIMARY KEY, email varchar(80), first_name varchar(40), grade varchar(20), score decimal(20,4),
        weight ${types.double}, born date, seen ${types.stamp}, photo ${types.bytes}, vacant varchar(10));
      CREATE TABLE hollow (id bigint PRIMARY KEY, note varchar(10));
    `);
    const bytes = (i: number) =>
      server === 'postgres'
        ? `'\\x00ff${String(i % 10).padStart(2, '0')}'`
        : `X'00FF${String(i % 10).padStart(2, '0')}'`;
    const rows = Array.from({ length: ROWS }, (_, i) => {
      const id = 9_007_199_254_740_993n + BigInt(i);
      const grade = i % 7 === 0 ? 'NULL' : ["'A'", "'a'", "' padded '", "''", "'A-12'"][i % 5];
      const day = `${1950 + (i % 60)}-${String((i % 12) + 1).padStart(2, '0')}-${String((i % 28) + 1).padStart(2, '0')}`;
      return `(${id}, 'user${i}@example.com', 'Ada', ${grade}, ${i}.${String(i % 10_000).padStart(4, '0')}, ${i / 8 - 100}, '${day}', '${day} 10:20:30', ${bytes(i)}, NULL)`;
    });
    for (let at = 0; at < ROWS; at += 500)
      await database.run(`INSERT INTO people VALUES ${rows.slice(at, at + 500).join(',')}`);
    if (server !== 'sqlite') await database.run(server === 'postgres' ? 'ANALYZE people' : 'ANALYZE TABLE people');
  });
  afterAll(() => database?.drop());

  async function profile(
    columns: string[] | null,
    table = 'people',
    rows: number | null = null,
  ): Promise<ColumnProfile[]> {
    const found: ColumnProfile[] = [];
    const input = { endpoint, side: 'source', table, columns, rows } as const;
    for await (const each of host.stream('inspect.profile', input, new AbortController().signal)) found.push(each);
    return found;
  }
  const one = async (column: string) => (await profile([column]))[0]!;
  const ask = async (sql: string) => (await database.ask(sql))[0]!.map(String);

  test('all columns come in their order', async () => {
    const found = await profile(null);
    expect(found.map(({ column }) => column)).toEqual([
      'id',
      'email',
      'first_name',
      'grade',
      'score',
      'weight',
      'born',
      'seen',
      'photo',
      'vacant',
    ]);
    expect(found.every(({ scope, late }) => scope.rows === ROWS && !scope.sampled && late.length === 0)).toBe(true);
  });

  test.each(['id', 'email', 'first_name', 'grade', 'score', 'weight', 'born', 'seen'])(
    'the numbers of %s are those of the database',
    async (column) => {
      const { nulls, distinct, min, max, unique, scope, histogram } = await one(column);
      const bytes = server === 'mariadb' && ['grade', 'email', 'first_name'].includes(column) ? 'BINARY ' : '';
      const [all, present, different] = await ask(
        `SELECT count(*), count(${column}), count(DISTINCT ${bytes}${column}) FROM people`,
      );
      expect({ rows: scope.rows, nulls, distinct }).toEqual({
        rows: Number(all),
        nulls: Number(all) - Number(present),
        distinct: { values: Number(different), exact: true },
      });
      expect(unique).toBe(present === different);
      if (column !== 'score' && column !== 'weight') {
        const text = server === 'mariadb' ? 'char' : 'text';
        expect([min, max]).toEqual(
          await ask(`SELECT cast(min(${column}) AS ${text}), cast(max(${column}) AS ${text}) FROM people`),
        );
      }
      if (histogram) {
        const sum = histogram.buckets.reduce((total, { rows }) => total + rows, histogram.outside);
        expect(sum).toBe(Number(present));
        for (const { from, to, rows } of histogram.buckets) {
          const edge = (text: string) => (histogram.of === 'times' ? `'${text}'` : text);
          const [counted] = await ask(
            `SELECT count(*) FROM people WHERE ${column} >= ${edge(from)} AND ${column} < ${edge(to)}`,
          );
          expect(rows).toBe(Number(counted));
        }
      }
    },
  );

  test('64-bit numbers and decimals keep every digit', async () => {
    const id = await one('id');
    expect([id.min, id.max]).toEqual(['9007199254740993', '9007199254743992']);
    expect(id.histogram!.buckets.length).toBeLessThanOrEqual(20);
    const score = await one('score');
    expect(Number(score.max)).toBe(2999.2999);
  });

  test('the most frequent values come with their counts, told apart by their bytes', async () => {
    const { top, lengths, findings, patterns } = await one('grade');
    for (const { value, rows } of top) {
      const equal = server === 'mariadb' ? 'BINARY grade = ' : 'grade = ';
      expect([value, rows]).toEqual([
        value,
        Number((await ask(`SELECT count(*) FROM people WHERE ${equal}'${value}'`))[0]),
      ]);
    }
    expect(top.map(({ value }) => value).sort()).toEqual(['', ' padded ', 'A', 'A-12', 'a']);
    expect(lengths).toEqual({ shortest: 0, longest: 8, unit: 'character' });
    const [padded, empty] = await ask(
      `SELECT count(CASE WHEN grade LIKE ' %' THEN 1 END), count(CASE WHEN length(grade) = 0 THEN 1 END) FROM people`,
    );
    expect(findings.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['padded', Number(padded)],
      ['empty', Number(empty)],
    ]);
    expect(patterns!.found.map(({ pattern }) => pattern).sort()).toEqual(['', ' aaaaaa ', 'A', 'A-99', 'a']);
  });

  test('bytes are told in hexadecimal digits, and by their length', async () => {
    const { top, lengths, min, distinct } = await one('photo');
    expect(top[0]!.value.toLowerCase()).toBe('0x00ff00');
    expect({ lengths, distinct }).toEqual({
      lengths: { shortest: 3, longest: 3, unit: 'byte' },
      distinct: { values: 10, exact: true },
    });
    if (server !== 'sqlite') expect(min).toBeNull();
  });

  test('columns of persons are marked, by name and by value, with steps that hide them', async () => {
    const names = await host.call('inspect.personal', { endpoint, side: 'source', table: 'people' });
    expect(names.map(({ column, kind, by }) => [column, kind, by])).toEqual([
      ['email', 'e-mail address', 'name'],
      ['first_name', 'name', 'name'],
      ['born', 'date of birth', 'name'],
    ]);
    const { personal, suggestions } = await one('email');
    expect(personal.map(({ reason }) => reason)).toEqual(['by name', 'by value: all look like e-mail addresses']);
    // It is unique, and must stay so.
    expect(suggestions.map(({ steps }) => steps)).toEqual([[{ do: 'mask', kind: 'email', salt: 'masking' }]]);
    expect((await one('born')).suggestions[0]!.title).toBe('Keep the year only');
  });

  test('nothing at all, and one value all over, are said', async () => {
    expect((await one('vacant')).findings.map(({ kind }) => kind)).toEqual(['only NULLs']);
    expect((await one('first_name')).findings.map(({ kind }) => kind)).toEqual(['one value']);
    const [id, note] = await profile(null, 'hollow');
    expect(id).toMatchObject({
      scope: { rows: 0 },
      nulls: 0,
      distinct: { values: 0, exact: true },
      top: [],
      histogram: null,
    });
    expect(note).toMatchObject({ min: null, lengths: null, patterns: null, findings: [] });
  });

  test('of a larger table a sample is read, and it says so', async () => {
    const [email, grade] = await profile(['email', 'grade'], 'people', 400);
    expect(email!.scope.sampled).toBe(true);
    expect(email!.scope.method).toMatch(/pages picked at random|20 stretches/);
    expect(email!.scope.of).toBeGreaterThan(2000);
    expect(email!.scope.rows).toBeLessThan(1500);
    expect(email!.distinct!.exact).toBe(false);
    // All that was looked at is different: so is the rest, as far as one can tell.
    if (email!.scope.rows > 0) expect(email!.distinct!.values).toBe(email!.scope.of);
    expect(grade!.distinct!.values).toBeLessThanOrEqual(5);
  });

  test('what is not there is named', async () => {
    await expect(profile(['nope'])).rejects.toMatchObject({
      code: 'inspect.no-such-table',
      data: { where: { column: 'nope' } },
    });
    await expect(profile(null, 'nope')).rejects.toMatchObject({ code: 'inspect.no-such-table' });
  });

  test('whoever leaves stops it, and nothing is left behind', async () => {
    const leaving = new AbortController();
    const input = { endpoint, side: 'source', table: 'people', columns: null, rows: null } as const;
    const found: string[] = [];
    for await (const { column } of host.stream('inspect.profile', input, leaving.signal)) {
      found.push(column);
      leaving.abort();
    }
    expect(found.length).toBeLessThan(3);
  });
});

test('SQLite: how values are stored, and what does not fit the declared type', async () => {
  const database = await freshDatabase('sqlite');
  try {
    await database.run(`
      CREATE TABLE loose (n integer, code varchar(3), day date, "odd ""name" text COLLATE NOCASE);
      INSERT INTO loose VALUES (1, 'abc', '2024-01-01', 'A'), ('two', 'abcd', '0000-00-00', 'a'), (3.5, 'x' || char(0), '2024-02-01T10:00:00', 'A');
      INSERT INTO loose VALUES (X'00', NULL, 20240101, NULL), (9223372036854775807, NULL, '03/04/2024', NULL);
    `);
    const found: ColumnProfile[] = [];
    const input = {
      endpoint: endpointOf(database),
      side: 'source',
      table: 'loose',
      columns: null,
      rows: null,
    } as const;
    for await (const each of host.stream('inspect.profile', input, new AbortController().signal)) found.push(each);
    const [n, code, day, odd] = found;
    expect(n!.stored).toEqual([
      { as: 'integer', rows: 2 },
      { as: 'real', rows: 1 },
      { as: 'text', rows: 1 },
      { as: 'blob', rows: 1 },
    ]);
    expect(n!.findings[0]).toMatchObject({ kind: 'stored otherwise', rows: 3 });
    expect(n!.histogram!.outside).toBe(2);
    expect(n!.top.map(({ value }) => value).sort()).toEqual(['0x00', '1', '3.5', '9223372036854775807', 'two']);
    expect(code!.findings.map(({ kind, rows }) => [kind, rows])).toEqual([
      ['U+0000', 1],
      ['too long', 1],
    ]);
    expect(code!.lengths).toEqual({ shortest: 2, longest: 4, unit: 'character' });
    expect(day!.findings.map(({ kind }) => kind)).toEqual(['stored otherwise', 'zero dates', 'mixed dates']);
    expect(day!.histogram).toMatchObject({ of: 'times', outside: 3 });
    expect(odd!.distinct).toEqual({ values: 2, exact: true });
  } finally {
    await database.drop();
  }
});

test('MariaDB: zero dates and texts longer than can be grouped', async () => {
  const database = await freshDatabase('mariadb');
  try {
    await database.run(`
      SET sql_mode = '';
      CREATE TABLE old (id int PRIMARY KEY, day date, u bigint unsigned, f float, body longtext);
      INSERT INTO old VALUES (1, '0000-00-00', 18446744073709551615, 0.1, CONCAT(REPEAT('x', 2000), 'a')),
        (2, '2001-00-05', 0, 2.5, CONCAT(REPEAT('x', 2000), 'b')), (3, '2024-01-05', 7, NULL, CONCAT(REPEAT('x', 2000), 'a'));
    `);
    const found: ColumnProfile[] = [];
    const input = {
      endpoint: endpointOf(database),
      side: 'source' as const,
      table: 'old',
      columns: ['day', 'u', 'body'],
      rows: null,
    } satisfies StreamInput<'inspect.profile'>;
    for await (const each of host.stream('inspect.profile', input, new AbortController().signal)) found.push(each);
    const [day, u, body] = found;
    expect(day!.findings.map(({ kind, rows }) => [kind, rows])).toEqual([['zero dates', 2]]);
    expect(day!.histogram).toMatchObject({ outside: 2, buckets: [{ from: '2024-01-05', rows: 1 }] });
    expect(u!.max).toBe('18446744073709551615');
    expect(u!.histogram!.buckets.reduce((sum, { rows }) => sum + rows, 0)).toBe(3);
    expect(body!.distinct).toEqual({ values: 2, exact: true });
    expect(body!.top[0]).toEqual({ value: 'x'.repeat(200), cut: true, rows: 2 });
  } finally {
    await database.drop();
  }
});
