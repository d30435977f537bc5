// Projects that last, on real servers by the command line: drift, other databases, and load files of pgloader's.

import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Drift } from '../../src/shared/model/drift.ts';
import type { Imported } from '../../src/shared/model/loadfile.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { type Cli, openCli } from '../support/cli.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';

let cli: Cli;
let opened: TestDatabase[];

beforeEach(() => {
  cli = openCli();
  opened = [];
});
afterEach(async () => {
  expect(cli.leaks()).toEqual([]);
  cli.close();
  await Promise.all(opened.map((database) => database.drop()));
});

async function database(server: ServerName): Promise<TestDatabase> {
  const made = await freshDatabase(server);
  opened.push(made);
  return made;
}

function file(name: string): string {
  return join(cli.folder, name);
}

function project(name = 'p.drover.json'): Project {
  return JSON.parse(readFileSync(file(name), 'utf8'));
}

function save(changed: Project): void {
  writeFileSync(file('p.drover.json'), JSON.stringify(changed));
}

const SHOP = `
  CREATE TABLE customers (id integer PRIMARY KEY, name varchar(80), city varchar(60));
  INSERT INTO customers VALUES (1, 'Ada', 'Lyon'), (2, 'Grace', NULL);
  CREATE TABLE orders (id integer PRIMARY KEY, total decimal(10,2));
  INSERT INTO orders VALUES (1, 12.50)`;

describe('drift', () => {
  test('is told column by column, keeps what was mapped, and is accepted', async () => {
    const source = await database('mariadb');
    const target = await database('postgres');
    const secrets = { sourcePassword: source.password, targetPassword: target.password };
    const drift = async (...more: string[]) => {
      const { status, records } = await cli.run(['drift', 'p.drover.json', '--json', ...more], secrets);
      const { differences } = records[0] as unknown as Drift;
      return {
        status,
        told: differences.map(({ severity, table, column, kind }) => `${severity} ${table}.${column} ${kind}`),
      };
    };
    await source.run(SHOP);
    expect((await cli.run(['map', source.url, target.url, '-o', 'p.drover.json'], secrets)).status).toBe(0);
    expect(await drift()).toEqual({ status: 0, told: [] });

    // By hand: another name and type for a column that will be renamed.
    const mapped = project();
    mapped.tables[0]!.columns[1] = { source: 'name', target: 'label', type: 'text' };
    save(mapped);
    await source.run(`
      ALTER TABLE customers CHANGE name full_name varchar(80), MODIFY city varchar(90) NOT NULL DEFAULT '', ADD born date;
      CREATE TABLE visits (id integer PRIMARY KEY)`);
    expect(await drift()).toEqual({
      status: 2,
      told: [
        'blocker customers.name gone',
        'warning customers.city retyped',
        'note customers.city nullability',
        'warning customers.full_name new',
        'warning customers.born new',
        'note visits.null new',
      ],
    });
    const text = await cli.run(['drift', 'p.drover.json'], secrets);
    expect(text.stdout).toContain('It may be called full_name now.');
    expect(text.stdout).toContain('varchar(60) → varchar(90)');
    expect((await cli.run(['plan', 'p.drover.json'], secrets)).status).toBe(2);

    const pointed = project();
    pointed.tables[0]!.columns[1]!.source = 'full_name';
    save(pointed);
    expect(await drift('--accept')).toMatchObject({
      status: 1,
      told: expect.arrayContaining(['warning customers.born new']),
    });
    expect(await drift()).toEqual({ status: 0, told: [] });
    expect(project().tables[0]!.columns[1]).toEqual({ source: 'full_name', target: 'label', type: 'text' });
    expect((await cli.run(['run', 'p.drover.json', '--yes'], secrets)).status).toBe(0);
    // What the run itself has made is no drift.
    expect(await drift()).toEqual({ status: 0, told: [] });
    expect(await target.ask('SELECT label FROM customers ORDER BY id')).toEqual([['Ada'], ['Grace']]);
  });
});

describe('another database', () => {
  test('of the same family for one run, and for good', async () => {
    const source = await database('postgres');
    const [rehearsal, production] = [await database('postgres'), await database('postgres')];
    const secrets = { sourcePassword: source.password, targetPassword: production.password };
    await source.run(SHOP);
    await cli.run(['map', source.url, rehearsal.url, '-o', 'p.drover.json'], secrets);
    const before = readFileSync(file('p.drover.json'), 'utf8');
    expect((await cli.run(['run', 'p.drover.json', '--yes', '--target', production.url], secrets)).status).toBe(0);
    expect(readFileSync(file('p.drover.json'), 'utf8')).toBe(before);
    expect(await production.ask('SELECT count(*) FROM customers')).toEqual([['2']]);
    expect((await cli.run(['bind', 'p.drover.json', '--target', production.url], secrets)).status).toBe(0);
    const { target, ...rest } = project();
    expect(target.url).toContain(production.name);
    expect({ ...rest, target: 0 }).toEqual({ ...JSON.parse(before), target: 0 });
    expect((await cli.run(['bind', 'p.drover.json'], secrets)).status).toBe(2);
  });

  test('of another family: types are proposed anew, and listed; what was set by hand stays', async () => {
    const source = await database('postgres');
    const [first, second] = [await database('postgres'), await database('mariadb')];
    const secrets = { sourcePassword: source.password, targetPassword: second.password };
    await source.run('CREATE TABLE things (id uuid PRIMARY KEY, name text, at timestamptz, note text, flag boolean)');
    await cli.run(['map', source.url, first.url, '-o', 'p.drover.json'], secrets);
    const mapped = project();
    mapped.tables[0]!.columns[1]!.type = 'varchar(200)';
    mapped.tables[0]!.columns[3]!.type = 'citext';
    save({ ...mapped, typeRules: [{ native: 'boolean', type: 'jsonb' }] });
    const bound = await cli.run(['bind', 'p.drover.json', '--target', second.url, '--json'], secrets);
    expect(bound.status, bound.stderr).toBe(0);
    expect(bound.records[0]).toMatchObject({
      misfits: [{ table: 'things', column: 'note', type: 'citext' }],
      idleRules: [{ native: 'boolean', type: 'jsonb' }],
    });
    const types = project().tables[0]!.columns.map(({ type }) => type);
    expect(types.slice(0, 2)).toEqual(['char(36)', 'varchar(200)']);
    expect(types[2]).toBe('datetime(6)');
    expect((await cli.run(['plan', 'p.drover.json', '--json'], secrets)).error?.code).toBe('project.invalid');
    const mended = project();
    mended.tables[0]!.columns[3]!.type = 'text';
    save(mended);
    expect((await cli.run(['run', 'p.drover.json', '--yes'], secrets)).status).toBe(0);
  });
});

/** As pgloader writes an address, with the password in it. */
function theirs({ url, password }: TestDatabase): string {
  return url
    .replace('@', `:${password}@`)
    .replace(/^postgres:/, 'postgresql:')
    .replace(/\?.*$/, '');
}

const loads = [
  {
    from: 'mariadb',
    sql: `CREATE TABLE Customers (Id int AUTO_INCREMENT PRIMARY KEY, Name varchar(80), Born date, Flag tinyint(1), Seen datetime);
      SET sql_mode = '';
      INSERT INTO Customers VALUES (1, 'Ada', '0000-00-00', 1, '2024-01-02 03:04:05'), (2, '', '1815-12-10', 0, NULL);
      CREATE TABLE film (id int PRIMARY KEY, amount decimal(18,6)); INSERT INTO film VALUES (1, 2.5);
      CREATE TABLE tmp_film (id int PRIMARY KEY)`,
    clauses: `
      WITH include drop, create tables, batch rows = 100, workers = 2, data only -- both?
      SET work_mem to '16MB'
      CAST type date drop not null drop default using zero-dates-to-null,
           type datetime to timestamptz,
           type int with extra auto_increment to bigserial,
           column Customers.Name to text using empty-string-to-null,
           type decimal when (and (= 18 precision) (= 6 scale)) to "double precision" drop typemod
      EXCLUDING TABLE NAMES MATCHING ~/^tmp_/
      ALTER TABLE NAMES MATCHING 'film' RENAME TO 'films'
      BEFORE LOAD DO $$ drop table if exists never_dropped $$`,
    ask: "SELECT id, name, born, flag, seen AT TIME ZONE 'UTC', pg_typeof(id), pg_typeof(amount) FROM customers JOIN films USING (id)",
    rows: [['1', 'Ada', null, 't', '2024-01-02 03:04:05', 'bigint', 'double precision']],
  },
  {
    from: 'sqlite',
    sql: `CREATE TABLE Customers (Id integer PRIMARY KEY, Name varchar(80), Flag integer);
      INSERT INTO Customers VALUES (1, 'Ada', 1), (2, 'Grace', 0);
      CREATE TABLE other (id integer PRIMARY KEY)`,
    clauses: `
      with include drop, create tables, quote identifiers
      cast type varchar to text drop typemod, column customers.flag to smallint
      including only table names like 'Cust%'`,
    ask: `SELECT "Id", "Name", "Flag", pg_typeof("Name"), pg_typeof("Flag") FROM "Customers" ORDER BY 1`,
    rows: [
      ['1', 'Ada', '1', 'text', 'smallint'],
      ['2', 'Grace', '0', 'text', 'smallint'],
    ],
  },
] as const;

describe('a load file', () => {
  test.each(loads)('from $from is imported, planned and run', async ({ from, sql, clauses, ask, rows }) => {
    const source = await database(from);
    const target = await database('postgres');
    await source.run(sql);
    await target.run('CREATE TABLE never_dropped (id integer)');
    const origin = from === 'sqlite' ? `sqlite://${source.name}` : theirs(source);
    writeFileSync(file('shop.load'), `LOAD DATABASE FROM ${origin} INTO ${theirs(target)}\n${clauses};\n`);
    accepted('shop.load');

    const { status, records } = await cli.run(['import', 'shop.load', '-o', 'p.drover.json', '--json']);
    expect(status).toBe(0);
    const { notes } = records[0] as unknown as Imported;
    const told = notes.map(({ taken, text }) => `${taken} ${text}`);
    expect(told).toContain('yes include drop');
    if (from === 'mariadb') {
      expect(told).toContain('no data only');
      expect(told).toContain("no SET work_mem to '16MB'");
      expect(told).toContain('no BEFORE LOAD: drop table if exists never_dropped');
      expect(project()).toMatchObject({ mode: 'replace', naming: 'lower', run: { batchSize: 100, workers: 2 } });
    }
    // The file that holds the password is the person's own.
    writeFileSync(file('shop.load'), '');
    const secrets = { sourcePassword: source.password, targetPassword: target.password };
    expect((await cli.run(['plan', 'p.drover.json'], secrets)).status).toBe(0);
    const run = await cli.run(['run', 'p.drover.json', '--yes', '--json'], secrets);
    expect(run.finished).toMatchObject({ state: 'published', verdict: 'verified' });
    expect(await target.ask(ask)).toEqual(rows);
    expect(await target.ask('SELECT count(*) FROM never_dropped')).toEqual([['0']]);
  });

  test('that can’t be read names the line and no password', async () => {
    writeFileSync(file('bad.load'), 'LOAD DATABASE FROM mysql://a@h/b\n INTO postgresql://a@h/b\n WITH explode;');
    const { status, stderr } = await cli.run(['import', 'bad.load']);
    expect(status).toBe(2);
    expect(stderr).toContain('line 3, column 7');
  });
});

/** By pgloader, where it is there. */
function accepted(name: string): void {
  const { stdout, stderr, error } = spawnSync('pgloader', ['--dry-run', '--root-dir', cli.folder, file(name)], {
    encoding: 'utf8',
  });
  if (!error) expect(`${stdout}${stderr}`).toContain('DRY RUN');
}
