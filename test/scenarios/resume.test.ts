// A run that was killed, cut off, held or rehearsed: it goes on from where the target says that it stands, or goes back.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { StepName, StepState } from '../../src/shared/model/run.ts';
import { type Cli, type CliOptions, type CliResult, openCli } from '../support/cli.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { chosen } from '../support/slice.ts';

/** `things` is loaded in several chunks, `marks` has keys and a foreign key to be built. */
const SOURCE = (rows: string): string => `
  CREATE TABLE things (id integer PRIMARY KEY, name varchar(60));
  CREATE TABLE marks (id integer PRIMARY KEY, thing integer, label varchar(20), CONSTRAINT marks_label UNIQUE (label),
    CONSTRAINT marks_thing FOREIGN KEY (thing) REFERENCES things (id));
  CREATE INDEX marks_by_thing ON marks (thing);
  INSERT INTO things ${rows};
  INSERT INTO marks SELECT id, id, CONCAT('m', id) FROM things WHERE id <= 4000;`;

/** Each test is a few processes, one after the other. */
vi.setConfig({ testTimeout: 180_000 });

const ROWS = 60_000;
const MANY = {
  postgres: `SELECT n, 'thing ' || n FROM generate_series(1, ${ROWS}) n`,
  mariadb: `SELECT seq, CONCAT('thing ', seq) FROM seq_1_to_${ROWS}`,
  sqlite: `WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT ${ROWS}) SELECT n, 'thing ' || n FROM c`,
};
const TARGET = `CREATE TABLE things (id integer PRIMARY KEY, old varchar(10)); INSERT INTO things VALUES (7, 'before');
  CREATE TABLE other (a integer)`;

const FAMILIES = ['postgres', 'mariadb', 'sqlite'] as const;
type Name = (typeof FAMILIES)[number];
const PAIRS = FAMILIES.flatMap((from) => FAMILIES.map((to) => [from, to] as const));

/** Where it is killed: as soon as Drover tells of it. */
const MOMENTS: readonly (readonly [StepName, StepState])[] = [
  ['preflight', 'running'],
  ['stage', 'running'],
  ['load', 'running'],
  ['load', 'done'],
  ['index', 'done'],
  ['verify', 'done'],
  ['publish', 'running'],
  ['publish', 'done'],
  ['confirm', 'done'],
  ['finish', 'running'],
];

let cli: Cli;
let source: TestDatabase;
let target: TestDatabase;
let before: string;

beforeEach(() => {
  cli = openCli();
});
afterEach(async () => {
  expect(cli.leaks(), 'files that hold the password').toEqual([]);
  await source?.drop();
  await target?.drop();
  cli.close();
});

describe.each(chosen('resume', PAIRS, 1))('%s → %s', (from, to) => {
  beforeEach(() => prepare(from, to));

  it.each(chosen(`killed ${from} ${to}`, MOMENTS, 2))('killed at %s %s, it is resumed', async (step, state) => {
    const run = await killed(step, state);
    const result = await drover(['resume', run, '--json']);
    expect({ status: result.status, state: result.finished?.state }, told(result)).toEqual({
      status: 0,
      state: 'published',
    });
    await arrived();
    expect(auditOf(run)).toMatch(/begun by process \d+ on .*resumed by process \d+ on .*, epoch 2/s);
    expect(leftInFolder(run)).toEqual([]);
    const back = await drover(['rollback', run, '--yes', '--json']);
    expect(back.status, told(back)).toBe(0);
    await asBefore(run);
  });

  it.each(chosen(`back ${from} ${to}`, MOMENTS, 1))('killed at %s %s, it is rolled back', async (step, state) => {
    const run = await killed(step, state);
    const listed = await drover(['runs']);
    expect(listed.stderr + listed.stdout).toMatch(/Nothing of it stands|in staging|It had published/);
    const result = await drover(['rollback', run, '--yes', '--json']);
    expect(result.status, told(result)).toBe(0);
    await asBefore(run);
    expect(leftInFolder(run)).toEqual([]);
    const again = await drover(['resume', run, '--json']);
    expect(again.error?.code).toBe('run.not-resumable');
  });

  it('killed twice as it goes on, it is published, and rolled back', async () => {
    const run = await killed('load', 'done');
    for (const last of ['index', 'verify']) {
      await drover(['resume', run, '--json'], (record, signal) => {
        if (record.kind === 'step' && record.step === last && record.state === 'done') signal('SIGKILL');
      });
    }
    const result = await drover(['resume', run, '--json']);
    expect(result.status, told(result)).toBe(0);
    const back = await drover(['rollback', run, '--yes', '--json']);
    expect(back.status, told(back)).toBe(0);
    await asBefore(run);
  });

  it('held, it waits; published, it stands; rolled back, it never was', async () => {
    const held = await migrate(['--hold']);
    expect({ status: held.status, state: held.finished?.state }, told(held)).toEqual({ status: 4, state: 'held' });
    const run = held.finished!.run;
    expect(await target.ask('SELECT id FROM things'), 'the own tables are untouched').toEqual([['7']]);
    // The source has no part in it any more.
    await source.run('DROP TABLE marks');
    const result = await drover(['publish', run, '--json']);
    expect({ status: result.status, state: result.finished?.state }, told(result)).toEqual({
      status: 0,
      state: 'published',
    });
    await arrived();
    const back = await drover(['rollback', run, '--yes', '--json']);
    expect(back.status, told(back)).toBe(0);
    await asBefore(run);
  });

  it('rehearsed, the target is as it was', async () => {
    const result = await migrate(['--rehearse']);
    expect({ status: result.status, state: result.finished?.state }, told(result)).toEqual({
      status: 0,
      state: 'rehearsed',
    });
    await asBefore(result.finished!.run);
  });
});

describe.each(chosen('changed', PAIRS, 1))('%s → %s, and the source changes between', (from, to) => {
  beforeEach(() => prepare(from, to));

  const changes = [
    ['a row more', "INSERT INTO things VALUES (900001, 'late')"],
    ['a row less', 'DELETE FROM things WHERE id = 59999'],
    ['another value', "UPDATE things SET name = 'changed' WHERE id = 3"],
    ['no row at all', 'DELETE FROM marks'],
  ] as const;
  it.each(chosen(`changes ${from} ${to}`, changes, 2))('%s', async (_, change) => {
    const run = await killed('load', 'done');
    await source.run(change);
    const result = await drover(['resume', run, '--json']);
    expect(result.status, told(result)).toBe(0);
    await arrived();
    const back = await drover(['rollback', run, '--yes', '--json']);
    expect(back.status, told(back)).toBe(0);
    await asBefore(run);
  });

  it('another column: it refuses to go on, and can go back', async () => {
    const run = await killed('load', 'done');
    await source.run('ALTER TABLE things ADD COLUMN late integer');
    const result = await drover(['resume', run, '--json']);
    expect({ status: result.status, code: result.error?.code }, told(result)).toEqual({
      status: 4,
      code: 'run.source-changed',
    });
    expect((await drover(['rollback', run, '--json'])).status).toBe(0);
    await asBefore(run);
  });
});

describe('two at once', () => {
  it.each(chosen('two at once', FAMILIES, 1))(
    'the second at a target of %s is told who is at work there',
    async (to) => {
      await prepare('sqlite', to);
      const second = Promise.withResolvers<CliResult>();
      const first = await migrate([], (record) => {
        if (record.kind === 'step' && record.step === 'verify' && record.state === 'running') {
          second.resolve(migrate([]));
        }
      });
      const refused = await second.promise;
      expect(first.status, told(first)).toBe(0);
      // It may have come after the first was through.
      if (refused.status !== 0) expect(refused.error?.code, told(refused)).toBe('run.target-locked');
      for (const { finished } of [refused, first]) {
        if (finished?.state === 'published') await drover(['rollback', finished.run, '--yes']);
      }
      await asBefore(first.finished!.run);
    },
  );
});

describe('a process that stands still while another takes its run over', () => {
  const moments = [
    ['postgres', 'preflight'],
    ['postgres', 'snapshot'],
    ['mariadb', 'load'],
    ['postgres', 'verify'],
    ['mariadb', 'publish'],
  ] as const;
  it.each(chosen('asleep', moments, 2))(
    '%s, during %s: once it wakes it changes nothing any more',
    async (to, step) => {
      await prepare('sqlite', to);
      const asleep = Promise.withResolvers<{ readonly run: string; readonly wake: () => void }>();
      let run = '';
      const first = migrate([], (record, signal) => {
        if (record.kind === 'started') run = record.run;
        if (record.kind !== 'step' || record.step !== step || record.state !== 'running') return;
        signal('SIGSTOP');
        asleep.resolve({ run, wake: () => signal('SIGCONT') });
      });
      const { wake } = await asleep.promise;
      const second = await drover(['resume', run, '--take-over', '--json']);
      expect({ status: second.status, state: second.finished?.state }, told(second)).toEqual({
        status: 0,
        state: 'published',
      });
      const report = readFileSync(join(cli.folder, 'home', 'runs', run, 'verification_report.json'), 'utf8');
      wake();
      const late = await first;
      expect({ code: late.error?.code, status: late.status }, told(late)).toEqual({
        code: 'run.taken-over',
        status: 4,
      });
      expect(readFileSync(join(cli.folder, 'home', 'runs', run, 'verification_report.json'), 'utf8')).toBe(report);
      await arrived();
      const back = await drover(['rollback', run, '--yes', '--json']);
      expect(back.status, told(back)).toBe(0);
      await asBefore(run);
    },
  );
});

describe('a connection that is lost', () => {
  const cut = [
    ['mariadb', 'postgres', 'load'],
    ['postgres', 'mariadb', 'load'],
    ['postgres', 'mariadb', 'verify'],
    ['mariadb', 'postgres', 'verify'],
  ] as const;
  it.each(chosen('cut', cut, 2))('%s → %s, during %s: it goes on by itself', async (from, to, step) => {
    await prepare(from, to);
    const cuts: Promise<number>[] = [];
    const result = await migrate([], (record, signal) => {
      const now = record.kind === 'step' && record.step === step && record.state === 'running';
      if (!now || cuts.length > 0) return;
      // It is still at it when it is cut, however long that takes.
      signal('SIGSTOP');
      cuts.push(cutOff(target).finally(() => signal('SIGCONT')));
    });
    expect(await cuts[0]).toBeGreaterThan(0);
    expect(result.records.filter(({ kind }) => kind === 'retrying').length, told(result)).toBeGreaterThan(0);
    expect({ status: result.status, state: result.finished?.state }, told(result)).toEqual({
      status: 0,
      state: 'published',
    });
    await arrived();
    expect((await drover(['rollback', result.finished!.run, '--yes', '--json'])).status).toBe(0);
    await asBefore(result.finished!.run);
  });
});

async function prepare(from: Name, to: ServerName): Promise<void> {
  source = await freshDatabase(from);
  await source.run(SOURCE(MANY[from]));
  target = await freshDatabase(to);
  await target.run(TARGET);
  before = await dump(target);
}

type OnRecord = NonNullable<CliOptions['onRecord']>;

function drover(args: readonly string[], onRecord?: OnRecord): Promise<CliResult> {
  return cli.run(args, {
    sourcePassword: source.password,
    targetPassword: target.password,
    ...(onRecord ? { onRecord } : {}),
  });
}

function migrate(options: readonly string[], onRecord?: OnRecord): Promise<CliResult> {
  return drover(['migrate', source.url, target.url, '--mode', 'replace', '--yes', '--json', ...options], onRecord);
}

/** The run, whose process is gone. */
async function killed(step: StepName, state: StepState): Promise<string> {
  const result = await migrate([], (record, signal) => {
    if (record.kind === 'step' && record.step === step && record.state === state) signal('SIGKILL');
  });
  const { run } = result.records.find((record) => record.kind === 'started') as { run: string };
  return run;
}

/** Every row of the source, as the databases' own clients tell it, and what holds them together. */
async function arrived(): Promise<void> {
  for (const [table, columns] of [
    ['things', 'id, name'],
    ['marks', 'id, thing, label'],
  ]) {
    const rows = `SELECT ${columns} FROM ${table} ORDER BY id`;
    const there = await source.ask(rows).catch(() => null);
    if (there) expect(digestOf(await target.ask(rows)), `rows of ${table}`).toBe(digestOf(there));
  }
  const orphan = `${target.family === 'sqlite' ? 'PRAGMA foreign_keys = ON; ' : ''}INSERT INTO marks VALUES (-1, -1, 'x')`;
  await expect(target.run(orphan), 'the foreign key holds').rejects.toThrow();
}

function digestOf(rows: unknown): string {
  return JSON.stringify(rows);
}

async function asBefore(run: string): Promise<void> {
  expect(await dump(target), 'the target is as it was').toBe(before);
  expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
}

/** Copies of the source, and keys of the target. */
function leftInFolder(run: string): string[] {
  const folder = join(cli.folder, 'home', 'runs', run);
  return readdirSync(folder).filter((name) => /^source-|^lookups$|\.new$/.test(name));
}

function told(result: CliResult): string {
  const [folder] = readdirSync(join(cli.folder, 'home', 'runs')).slice(-1);
  const audit = folder ? readFileSync(join(cli.folder, 'home', 'runs', folder, 'audit.ndjson'), 'utf8') : '';
  return [result.stderr, JSON.stringify(result.error), audit].join('\n');
}

/** Ends every session that Drover has at this target, as an administrator or a failing network would. */
async function cutOff(database: TestDatabase): Promise<number> {
  if (database.server === 'postgres') {
    const cut = await database.ask(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    return cut.length;
  }
  const sessions = await database.ask(
    'SELECT ID FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID()',
  );
  for (const [id] of sessions) await database.run(`KILL ${id}`).catch(() => undefined);
  return sessions.length;
}

function auditOf(run: string): string {
  return readFileSync(join(cli.folder, 'home', 'runs', run, 'audit.ndjson'), 'utf8');
}
