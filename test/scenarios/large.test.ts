// Sizes: many columns, many rows, long texts, many tables; and a target file that does not exist yet.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cli, openCli } from '../support/cli.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { chosen } from '../support/slice.ts';

const WIDE = Array.from({ length: 500 }, (_, index) => `c${index} integer`);
const MEGABYTE: Record<string, string> = {
  postgres: "repeat('é', 524288)",
  mariadb: "repeat('é', 524288)",
  sqlite: "replace(hex(zeroblob(262144)), '0', 'é')",
};

describe('sizes', () => {
  let cli: Cli;
  let source: TestDatabase;
  let target: TestDatabase;
  beforeEach(() => {
    cli = openCli();
  });
  afterEach(async () => {
    await source?.drop();
    await target?.drop();
    cli.close();
  });
  const migrate = async (from: ServerName, to: ServerName, fixture: string): Promise<void> => {
    source = await freshDatabase(from);
    target = await freshDatabase(to);
    await source.run(fixture);
    const result = await cli.run(['migrate', source.url, target.url, '--yes', '--json'], {
      sourcePassword: source.password,
      targetPassword: target.password,
    });
    expect(result.status, result.stderr).toBe(0);
    expect(result.finished?.verdict).toBe('verified');
  };

  const PAIRS = [
    ['postgres', 'mariadb'],
    ['mariadb', 'sqlite'],
    ['sqlite', 'postgres'],
  ] as const;

  it.each(chosen('500 columns', PAIRS, 1))('500 columns, %s → %s', async (from, to) => {
    const values = WIDE.map((_, index) => (index % 7 === 0 ? 'NULL' : String(index))).join(', ');
    await migrate(from, to, `CREATE TABLE wide (${WIDE.join(', ')}); INSERT INTO wide VALUES (${values}), (${values})`);
    expect(await target.ask('SELECT c0, c1, c498, c499, COUNT(*) FROM wide GROUP BY c0, c1, c498, c499')).toEqual([
      [null, '1', '498', '499', '2'],
    ]);
  });

  it.each(chosen('texts of a megabyte', PAIRS, 1))('texts of a megabyte, %s → %s', async (from, to) => {
    const text = { postgres: 'text', mariadb: 'longtext', sqlite: 'TEXT' }[from];
    const rows = [1, 2, 3, 4, 5].map((id) => `(${id}, ${MEGABYTE[from]})`).join(', ');
    await migrate(
      from,
      to,
      `CREATE TABLE longs (id integer PRIMARY KEY, body ${text}); INSERT INTO longs VALUES ${rows}`,
    );
    const length = to === 'mariadb' ? 'char_length' : 'length';
    expect(await target.ask(`SELECT MIN(${length}(body)), MAX(${length}(body)), COUNT(*) FROM longs`)).toEqual([
      ['524288', '524288', '5'],
    ]);
  });

  it.each(chosen('60 tables', PAIRS, 1))('60 tables, %s → %s', async (from, to) => {
    const tables = Array.from(
      { length: 60 },
      (_, index) => `CREATE TABLE t${index} (id integer PRIMARY KEY, n integer);`,
    );
    await migrate(from, to, `${tables.join('\n')} INSERT INTO t59 VALUES (1, 2);`);
    expect(await target.ask('SELECT n FROM t59')).toEqual([['2']]);
    expect(await target.ask('SELECT COUNT(*) FROM t0')).toEqual([['0']]);
  });

  it('a target file that does not exist is made', async () => {
    source = await freshDatabase('postgres');
    target = await freshDatabase('sqlite');
    await source.run('CREATE TABLE one (id integer PRIMARY KEY); INSERT INTO one VALUES (1)');
    const file = join(cli.folder, 'new.db');
    const words = ['migrate', source.url, `sqlite:${file}`, '--yes', '--json'];
    const result = await cli.run(words, { sourcePassword: source.password });
    expect(result.status, result.stderr).toBe(0);
    expect(existsSync(file)).toBe(true);
    expect(existsSync(`${file}-wal`), 'no file beside it').toBe(false);
  });
});
