// pgloader's load files: what is read of them, what it becomes, and that what pgloader accepts is accepted.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readLoadFile } from '../../src/engine/map/loadfile/read.ts';
import { chosenNames, renamed } from '../../src/engine/map/loadfile/tables.ts';
import { castRules } from '../../src/engine/map/loadfile/type-rules.ts';
import type { LoadCommand } from '../../src/shared/model/loadfile.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { catalog, column, INT, servers, TINYINT1, table, varchar } from '../support/catalogs.ts';
import { postgres } from '../support/pure-dialects.ts';

const HEAD = 'LOAD DATABASE FROM mysql://me@127.0.0.1:9/shop INTO postgresql://me@127.0.0.1:9/shop\n';

function read(rest: string, environment: Record<string, string> = {}): LoadCommand {
  const [command] = readLoadFile(`${HEAD}${rest};`, environment);
  return command!;
}

function told(rest: string): string[] {
  return read(rest).notes.map(({ line, text, taken }) => `${line} ${taken} ${text}`);
}

describe('addresses', () => {
  const from = (source: string, environment = {}) =>
    readLoadFile(`load database from ${source} into postgresql://a@h/b;`, environment)[0]!.source;
  const into = (target: string, environment = {}) =>
    readLoadFile(`load database from mysql://a@h/b into ${target};`, environment)[0]!.target;

  test('of MySQL', () => {
    expect(from('mysql://root:p@@s:s@db.example.com:3307/shop')).toBe(
      'mysql://root:p%40s%3As@db.example.com:3307/shop',
    );
    expect(from('mysql://root@unix:/tmp/mysql.sock:3306/shop')).toBe(
      'mysql://root@localhost:3306/shop?socket=%2Ftmp%2Fmysql.sock',
    );
    expect(from('mysql://localhost/shop', { USER: 'ada' })).toBe('mysql://ada@localhost/shop');
    expect(from("mysql://root@h/'a b'?useSSL=true")).toBe('mysql://root@h/a%20b?ssl-mode=required');
  });

  test('of SQLite', () => {
    expect(from('sqlite:///var/x.db')).toBe('sqlite:/var/x.db');
    expect(from("'sqlite/x y.sqlite'")).toBe('sqlite:sqlite/x y.sqlite');
    expect(from('http://example.com/x.db')).toBe(null);
  });

  test('of PostgreSQL', () => {
    expect(into('pgsql://h:5433/d?sslmode=allow', { PGUSER: 'ada' })).toBe('postgres://ada@h:5433/d?sslmode=prefer');
    expect(into('postgresql://ada@unix:/run/pg:5433/d')).toBe('postgres://ada@localhost:5433/d?host=%2Frun%2Fpg');
    expect(into("getenv 'PGURI'", { PGURI: 'postgresql://ada@h/d' })).toBe('postgres://ada@h/d');
    expect(into('postgresql://{{WHO}}@h/d', { WHO: 'ada' })).toBe('postgres://ada@h/d');
    expect(() => into('postgresql://{{WHO}}@h/d')).toThrow('{{WHO}}');
  });

  test('with ALTER SCHEMA lead into that schema', () => {
    expect(read("alter schema 'shop' rename to 'store'").target).toBe('postgres://me@127.0.0.1:9/shop?schema=store');
    expect(read("alter schema 'shop' rename to 'public'").target).toBe('postgres://me@127.0.0.1:9/shop');
  });
});

describe('what a command says', () => {
  test('is taken or listed, each with its line', () => {
    expect(told("WITH include drop, -- as before\n data only,\n workers = 300\nSET work_mem to '16MB'")).toEqual([
      '2 yes include drop',
      '3 no data only',
      '4 yes workers = 300',
      "5 no SET work_mem to '16MB'",
    ]);
    const command = read('with include drop, batch rows = 500, workers = 300, quote identifiers, on error resume next');
    expect(command).toMatchObject({ mode: 'replace', batchRows: 500, workers: 64, naming: 'keep', skipErrors: true });
    expect(read('')).toMatchObject({ mode: null, naming: 'lower', workers: null });
  });

  test('in SQL is told statement by statement, with the file that would have been run', () => {
    expect(told("BEFORE LOAD DO $$ drop table x; $$,\n $$ select ';' $$ AFTER LOAD EXECUTE 'after.sql'")).toEqual([
      '2 no BEFORE LOAD: drop table x;',
      "3 no BEFORE LOAD: select ';'",
      '3 no AFTER LOAD: the file after.sql',
    ]);
  });

  test('may be in several commands', () => {
    const commands = readLoadFile(`${HEAD};\n/* and */ ${HEAD.toLowerCase()} with truncate`, {});
    expect(commands.map(({ line, mode }) => [line, mode])).toEqual([
      [1, null],
      [3, 'replace'],
    ]);
  });

  test('and can’t be read is refused with its place, and without a password', () => {
    expect(() => read('with include drop,\n  explode tables')).toThrow(/line 3, column 3: an option/);
    expect(() => readLoadFile('load csv from x into y;', {})).toThrow('Line 1 loads CSV');
    expect(() => readLoadFile('', {})).toThrow('no command');
    expect(() => readLoadFile('load database from mysql://a:secret@h', {})).toThrow(/^(?!.*secret)/);
  });
});

describe('tables', () => {
  const names = ['actor', 'film', 'film_text', 'category', 'FILM2'];

  test('are chosen by name and pattern', () => {
    expect(
      chosenNames(
        read("including only table names matching ~/film/, 'ACTOR' excluding table names matching ~<_text$>"),
        names,
      ),
    ).toEqual(['actor', 'film', 'FILM2']);
    expect(chosenNames(read("excluding table names like 'film%'"), names)).toEqual(['actor', 'category']);
    expect(chosenNames(read(''), names)).toEqual(names);
  });

  test('are renamed', () => {
    const project = {
      tables: names.map((each) => ({ source: each, target: each, columns: [] })),
    } as unknown as Project;
    const { project: after, notes } = renamed(
      project,
      read(
        "alter table names matching 'film' rename to 'films' alter table names matching ~/^film/ in schema 'x' rename to 'y' alter table names matching 'no' rename to 'z'",
      ),
    );
    expect(after.tables.map(({ target }) => target)).toEqual(['actor', 'y', 'y', 'category', 'FILM2']);
    expect(notes.map(({ taken }) => taken)).toEqual(['yes', 'partly', 'no']);
  });
});

describe('CAST', () => {
  const source = catalog(servers.mariadb, [
    table('t', [
      column('id', 'int(11)', INT, { identity: { always: false, next: null } }),
      column('n', 'int(10) unsigned', INT),
      column('flag', 'tinyint(1)', TINYINT1),
      column('small', 'tinyint(4)', INT),
      column('name', 'varchar(80)', varchar(80)),
      column('code', 'varchar(8)', varchar(8)),
      column(
        'at',
        'datetime',
        { kind: 'timestamp', precision: 0, zone: false },
        { default: { kind: 'literal', value: '0000-00-00 00:00:00' } },
      ),
    ]),
  ]);
  const ruled = (casts: string) => castRules(read(`CAST ${casts}`).casts, source, postgres);

  test('becomes type rules in its order', () => {
    expect(ruled('type int to bigint, type varchar to text drop typemod, column t.code to varchar').rules).toEqual([
      { native: 'int(*', type: 'bigint' },
      { native: 'varchar(*', type: 'text' },
      { table: 't', column: 'code', type: 'varchar(8)' },
    ]);
  });

  test('keeps what stands in brackets where the new type takes it', () => {
    expect(ruled('type varchar to varchar').rules).toEqual([
      { native: 'varchar(80)', type: 'varchar(80)' },
      { native: 'varchar(8)', type: 'varchar(8)' },
    ]);
  });

  test('with a condition that no rule can say decides the columns that meet it', () => {
    expect(
      ruled(
        'type int with extra auto_increment to bigserial, type int when unsigned to bigint drop typemod, type tinyint when (= 1 precision) to boolean drop typemod, type datetime when default "0000-00-00 00:00:00" to timestamptz drop not null using zero-dates-to-null',
      ).rules,
    ).toEqual([
      { table: 't', column: 'id', type: 'bigint' },
      { table: 't', column: 'n', type: 'bigint' },
      { table: 't', column: 'flag', type: 'boolean' },
      { table: 't', column: 'at', type: 'timestamptz' },
    ]);
    expect(
      ruled('type datetime drop not null using zero-dates-to-null').besides('t', { name: 'at', native: 'datetime' }),
    ).toEqual({
      nullable: true,
      unrepresentable: 'null',
    });
  });

  test('that can’t be had is told', () => {
    const { notes, rules } = ruled(
      'type int when (or (= 1 precision) nil) to bigint, type varchar to nosuchtype, type geometry to text, column t.name to text using (lambda (x) x)',
    );
    expect(notes.map(({ taken }) => taken)).toEqual(['no', 'no', 'yes', 'partly']);
    expect(rules).toEqual([
      { native: 'geometry', type: 'text' },
      { table: 't', column: 'name', type: 'text' },
    ]);
  });
});

/** Each as pgloader's own reading says: it gets as far as connecting, or it does not. */
const clauses = [
  `with include drop, create tables, no truncate, create indexes, reset sequences, foreign keys, batch rows = 100,
     batch size = 20MB, prefetch rows = 10, workers = 8, concurrency = 2, rows per range = 1000, multiple readers per thread,
     max parallel create index = 3, downcase identifiers, preserve index names, on error stop, data only, drop schema`,
  `with include no drop, truncate, create no tables, create no indexes, reset no sequences, no foreign keys,
     batch size = 2 kB, single reader per thread, drop indexes, disable triggers, schema only,
     snake_case identifiers, uniquify index names, on error resume next
   set work_mem to '1MB', search_path = 'a, b' set mysql parameters net_read_timeout = '120'
   SET PostgreSQL PARAMETERS maintenance_work_mem to '128MB'`,
  `cast type int to bigint drop typemod, type date drop not null drop default using zero-dates-to-null,
     type int with extra auto_increment to bigserial, column a.b to text using empty-string-to-null,
     type decimal when (and (= 18 precision) (= 6 scale)) to "double precision" drop typemod,
     type int when unsigned to bigint keep typemod keep default keep not null, column a.b to int set not null,
     type datetime when default "0000-00-00 00:00:00" to timestamptz drop default drop not null using zero-dates-to-null,
     type text to jsonb using (lambda (x) (string-trim " )" x))`,
  `including only table names matching ~/film/, 'actor', ~<x|y>, ~[a], ~{b}, ~(c), ~|d|, ~#e#, ~'f', ~"g"
   decoding table names matching ~/messed/, ~/encoding/ as utf8
   alter schema 'shop' rename to 'public' alter table names matching ~/_list$/, 'x' set schema 'mv'
   alter table names matching 'film' rename to 'films' alter table names matching 'film' in schema 'shop' rename to 'y'
   alter table names matching 'film' set (fillfactor='40')
   materialize views a, b as $$ select 1; $$, c.d
   before load do $$ create schema x; $$, $$ select 2 $$ after load do $$ analyze; $$`,
  'materialize all views',
  '-- a comment\n with /* another, with drop */ truncate -- and one at the end\n',
  'with explode tables',
  'with include drop create tables',
  'set work_mem to 16',
  'cast int to bigint',
  'including only table names matching film',
  'alter table film rename to films',
  'before load do select 1',
];

const pgloader = spawnSync('pgloader', ['--version']).status === 0;

describe.skipIf(!pgloader)('pgloader itself', () => {
  test.each(clauses)('agrees on: %s', (rest) => {
    const folder = mkdtempSync(join(tmpdir(), 'load-'));
    const file = join(folder, 'a.load');
    const text = `${HEAD}${rest};\n`;
    writeFileSync(file, text);
    const { stdout, stderr } = spawnSync('pgloader', ['--dry-run', '--root-dir', folder, file], { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    const theirs = `${stdout}${stderr}`.includes('DRY RUN');
    let ours = true;
    try {
      readLoadFile(text, {});
    } catch {
      ours = false;
    }
    expect(ours).toBe(theirs);
  });
});
