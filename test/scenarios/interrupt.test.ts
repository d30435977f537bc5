// Ctrl-C during a run: it rolls back, says so, and leaves the target as it was. Of a terminal that is closed it can be
// gone on with.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Cli, openCli } from '../support/cli.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { chosen } from '../support/slice.ts';

const MANY: Record<'postgres' | 'mariadb' | 'sqlite', string> = {
  postgres: "INSERT INTO things SELECT n, repeat('x', 500) FROM generate_series(1, 60000) n",
  mariadb: "INSERT INTO things SELECT seq, repeat('x', 500) FROM seq_1_to_60000",
  sqlite:
    "INSERT INTO things WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT 60000) SELECT n, printf('%500s', 'x') FROM c",
};

describe('Ctrl-C', () => {
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

  const pairs: readonly (readonly [keyof typeof MANY, ServerName])[] = [
    ['mariadb', 'postgres'],
    ['postgres', 'mariadb'],
    ['postgres', 'sqlite'],
    ['sqlite', 'postgres'],
  ];
  describe.each(chosen('interrupt', pairs, 1))('%s → %s', (from, to) => {
    it.each(['stage', 'load', 'verify'] as const)('during %s rolls back and says so', async (step) => {
      source = await freshDatabase(from);
      await source.run('CREATE TABLE things (id integer PRIMARY KEY, name varchar(1000))');
      await source.run(MANY[from]);
      target = await freshDatabase(to);
      await target.run(
        'CREATE TABLE things (id integer PRIMARY KEY); INSERT INTO things VALUES (1); CREATE TABLE other (a integer)',
      );
      const before = await dump(target);
      const result = await cli.run(['migrate', source.url, target.url, '--mode', 'replace', '--yes', '--json'], {
        sourcePassword: source.password,
        targetPassword: target.password,
        onRecord: (record, signal) => {
          if (record.kind === 'step' && record.step === step && record.state === 'running') signal('SIGINT');
        },
      });
      const said = result.stdout + result.stderr;
      expect(result.finished?.state, said).toBe('rolled back');
      expect(result.error?.code).toBe('run.cancelled');
      expect(result.status, said).toBe(1);
      expect(result.stderr).toMatch(/as it was before/i);
      expect(await dump(target), 'the target is as it was').toBe(before);
      expect(await objectsOfRun(target, result.finished?.run ?? null, { drop: false })).toEqual([]);
    });
  });

  it('closed with its terminal, a run stays as it is, to be resumed', async () => {
    source = await freshDatabase('postgres');
    await source.run('CREATE TABLE things (id integer PRIMARY KEY, name varchar(1000))');
    await source.run(MANY.postgres);
    target = await freshDatabase('sqlite');
    const passwords = { sourcePassword: source.password, targetPassword: target.password };
    const left = await cli.run(['migrate', source.url, target.url, '--yes', '--json'], {
      ...passwords,
      onRecord: (record, signal) => {
        if (record.kind === 'step' && record.step === 'load' && record.state === 'running') signal('SIGHUP');
      },
    });
    expect({ state: left.finished?.state, status: left.status }, left.stderr).toEqual({
      state: 'interrupted',
      status: 4,
    });
    const resumed = await cli.run(['resume', left.finished?.run ?? '', '--json'], passwords);
    expect(resumed.finished?.state, resumed.stderr).toBe('published');
    expect(await target.ask('SELECT count(*) FROM things')).toEqual([['60000']]);
  });
});
