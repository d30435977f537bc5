// Ctrl-C during a run: it rolls back, says so, and leaves the target as it was.

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createEngine } from '../../src/engine/index.ts';
import { type Cli, openCli } from '../support/cli.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { endpointOf } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { program } from '../support/program.ts';

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
  describe.each(pairs)('%s → %s', (from, to) => {
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
});

describe('kill -9', () => {
  it.each([
    ['postgres', /schema drover_/],
    ['mariadb', /database drover_/],
    ['sqlite', /tables named drover_/],
  ] as const)(
    'of a run into %s: history calls it interrupted, and rolling back says what stands',
    async (to, stands) => {
      const cli = openCli();
      const source = await freshDatabase('sqlite');
      const target = await freshDatabase(to);
      try {
        await source.run(`CREATE TABLE things (id integer PRIMARY KEY, name varchar(1000)); ${MANY.sqlite}`);
        const { records } = await cli.run(['migrate', source.url, target.url, '--yes', '--json'], {
          targetPassword: target.password,
          onRecord: (record, signal) => {
            if (record.kind === 'step' && record.step === 'load' && record.state === 'running') signal('SIGKILL');
          },
        });
        const run = records.find((record) => record.kind === 'started')!.run as string;
        const [known] = (await cli.run(['runs', '--json'])).records;
        expect(known).toMatchObject({ run, state: 'interrupted', finishedAt: null });
        const engine = createEngine({
          home: join(cli.folder, 'home'),
          workerUrl: pathToFileURL(program('worker')),
          version: 'test',
          environment: {},
        });
        const standing = await objectsOfRun(target, run, { drop: false });
        const asked = { run, target: endpointOf(target), keepNewer: false };
        await expect(engine.calls['run.rollback'](asked)).rejects.toMatchObject({
          data: {
            code: 'run.interrupted',
            message: expect.stringContaining('interrupted'),
            cause: expect.stringMatching(stands),
          },
        });
        expect(await objectsOfRun(target, run, { drop: false }), 'asking changes nothing').toEqual(standing);
        await objectsOfRun(target, run, { drop: true });
      } finally {
        await source.drop();
        await target.drop();
        cli.close();
      }
    },
  );
});

/** Ends every session that Drover has at this target, as an administrator or a failing network would. */
async function cutOff(target: TestDatabase): Promise<number> {
  if (target.server === 'postgres') {
    const cut = await target.ask(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    return cut.length;
  }
  const sessions = await target.ask(
    'SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()',
  );
  for (const [id] of sessions) await target.run(`KILL ${id}`).catch(() => undefined);
  return sessions.length;
}

describe('a target that hangs up', () => {
  it.each([
    ['mariadb', 'postgres', 'load'],
    ['mariadb', 'postgres', 'verify'],
    ['postgres', 'mariadb', 'load'],
    ['postgres', 'mariadb', 'verify'],
  ] as const)('%s → %s, during %s: the rest is undone on a new connection', async (from, to, step) => {
    const cli = openCli();
    const source = await freshDatabase(from);
    const target = await freshDatabase(to);
    try {
      await source.run('CREATE TABLE things (id integer PRIMARY KEY, name varchar(1000))');
      await source.run(MANY[from]);
      await target.run('CREATE TABLE things (id integer PRIMARY KEY); INSERT INTO things VALUES (1)');
      const before = await dump(target);
      const cuts: Promise<number>[] = [];
      const result = await cli.run(['migrate', source.url, target.url, '--mode', 'replace', '--yes', '--json'], {
        sourcePassword: source.password,
        targetPassword: target.password,
        onRecord: (record) => {
          if (record.kind === 'step' && record.step === step && record.state === 'running') {
            if (cuts.length === 0) cuts.push(cutOff(target));
          }
        },
      });
      const said = result.stdout + result.stderr;
      expect(await cuts[0]).toBeGreaterThan(0);
      expect({ status: result.status, state: result.finished?.state }, said).toEqual({
        status: 1,
        state: 'rolled back',
      });
      expect(await dump(target), 'the target is as it was').toBe(before);
      expect(await objectsOfRun(target, result.finished?.run ?? null, { drop: false })).toEqual([]);
    } finally {
      await source.drop();
      await target.drop();
      cli.close();
    }
  });
});
