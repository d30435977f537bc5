// Rolling back what is published: the target is as it was before, whatever happens on the way.

import { spawn } from 'node:child_process';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDialect } from '../../src/engine/dialects/index.ts';
import { openStore } from '../../src/engine/run/store/store.ts';
import { thisProcess } from '../../src/engine/support/process.ts';
import { rollBackRun } from '../../src/engine/undoing.ts';
import type { CallOutput } from '../../src/shared/contract.ts';
import { openClient } from '../support/client.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, migrate, openHost, type TestHost } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { program } from '../support/program.ts';
import { beforeCall, dropKept, dyingAfter } from '../support/rolling-back.ts';
import { slice } from '../support/slice.ts';

const SOURCE = `
  CREATE TABLE owners (id integer PRIMARY KEY, name varchar(50));
  CREATE TABLE dogs (id integer PRIMARY KEY, owner_id integer, CONSTRAINT dogs_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id));
  CREATE TABLE cats (id integer PRIMARY KEY, name varchar(50));
  CREATE INDEX dogs_owner_idx ON dogs (owner_id);
  INSERT INTO owners VALUES (7, 'new'), (8, 'newer'), (9, NULL);
  INSERT INTO dogs VALUES (1, 7), (2, NULL);
  INSERT INTO cats VALUES (1, 'Tom');`;

/** `cats` is not among them: the run makes it. */
const TARGET = `
  CREATE TABLE owners (id integer PRIMARY KEY, name varchar(50) NOT NULL DEFAULT 'x', old integer);
  CREATE TABLE dogs (id integer PRIMARY KEY, owner_id integer, CONSTRAINT dogs_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id));
  CREATE INDEX dogs_owner_idx ON dogs (owner_id);
  CREATE TABLE bystanders (id integer PRIMARY KEY);
  INSERT INTO owners VALUES (1, 'old', 1), (2, 'old too', 2);
  INSERT INTO dogs VALUES (1, 2);
  INSERT INTO bystanders VALUES (5);`;

type RolledBack = CallOutput<'run.rollback'>;

describe.each(slice(['mariadb', 'postgres', 'sqlite'] as const, 1))('rolling back on %s', (server: ServerName) => {
  let host: TestHost;
  let source: TestDatabase;
  let target: TestDatabase;
  let before: string;
  beforeEach(async () => {
    host = openHost();
    source = await freshDatabase('sqlite');
    await source.run(SOURCE);
    target = await freshDatabase(server);
  });
  afterEach(async () => {
    await source.drop();
    await target.drop();
    host.close();
  });

  const prepare = async (script: string | null): Promise<void> => {
    if (script) await target.run(script);
    before = await dump(target);
  };
  const published = async (): Promise<string> => {
    const { finished, errors } = await migrate(host, source, target, { mode: 'replace' });
    expect(finished?.state, JSON.stringify(errors)).toBe('published');
    return finished!.run;
  };
  const rollBack = (run: string, keepNewer = false): Promise<RolledBack> =>
    host.call('run.rollback', { run, target: endpointOf(target), keepNewer });
  const asBefore = async (run: string): Promise<void> => {
    expect(await objectsOfRun(target, run, { drop: false }), 'nothing of the run is left').toEqual([]);
    expect(await dump(target), 'the target is as it was').toBe(before);
  };
  const stateOf = async (run: string) => (await host.call('runs', {})).find((each) => each.run === run)?.state;

  /** In the contract and in every file. */
  const reportsRollback = async (run: string): Promise<void> => {
    const report = await host.call('report.read', { run });
    expect(report.rolledBackAt).toMatch(/^\d{4}-/);
    expect(report.summary).toMatch(
      /^Rolled back on [-\d]+ [:\d]+ UTC; the target is as it was before\. .*6 rows arrived; every checksum matches/,
    );
    expect(report.signatures.map(({ name }) => name)).toEqual(['Ada']);
    const { folder } = (await host.call('runs', {})).find((each) => each.run === run)!;
    for (const format of ['json', 'md', 'html'] as const) {
      const file = readFileSync(join(folder, `verification_report.${format}`), 'utf8');
      expect(file).toBe((await host.call('report.export', { run, format })).text);
      expect(file).toContain('the target is as it was before');
    }
  };

  it('puts the old tables back, takes the made ones away, and says so once', async () => {
    await prepare(TARGET);
    const run = await published();
    const backups = await host.call('run.backups', { run, target: endpointOf(target) });
    expect(backups.map(({ table, rows }) => [table, rows]).sort()).toEqual([
      ['dogs', 1],
      ['owners', 2],
    ]);
    await host.call('report.sign', { run, signature: { name: 'Ada', role: '', note: '' } });
    const result = await rollBack(run);
    expect({ ...result, restored: [...result.restored].sort() }).toEqual({
      restored: ['dogs', 'owners'],
      removed: ['cats'],
      kept: [],
      staying: [],
    });
    await asBefore(run);
    expect(await stateOf(run)).toBe('undone');
    await reportsRollback(run);
    const project = await host.call('run.project', { run });
    const sides = { source: endpointOf(source), target: endpointOf(target) };
    await expect(host.call('verify', { project, ...sides, run })).rejects.toMatchObject({
      data: { code: 'run.not-published' },
    });
    expect(await host.call('run.backups', { run, target: endpointOf(target) })).toEqual([]);
    const audit = await host.call('run.audit', { run });
    expect(new Set(audit.map((entry) => entry.run))).toEqual(new Set([run]));
    const steps = audit.filter(({ object }) => object === undefined);
    expect(steps.slice(-2).map(({ step, state }) => [step, state])).toEqual([
      ['publish', 'compensating'],
      ['publish', 'compensated'],
    ]);
    await expect(rollBack(run)).rejects.toMatchObject({ data: { code: 'run.nothing-to-roll-back' } });
    // And the way is free again.
    const again = await published();
    await rollBack(again);
    await asBefore(again);
  });

  it('of a run that replaced nothing, takes its tables away', async () => {
    await prepare(null);
    const run = await published();
    expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
    expect((await rollBack(run)).removed.sort()).toEqual(['cats', 'dogs', 'owners']);
    await asBefore(run);
    expect(await stateOf(run)).toBe('undone');
  });

  it('refuses when rows were written since, and keeps the newer tables aside when asked to', async () => {
    await prepare(TARGET);
    const run = await published();
    const refused = async (words: RegExp): Promise<void> => {
      const changed = await dump(target);
      await expect(rollBack(run)).rejects.toMatchObject({
        data: { code: 'run.changed-since', cause: expect.stringMatching(words) },
      });
      expect(await dump(target), 'a refusal touches nothing').toBe(changed);
      expect(await stateOf(run)).toBe('published');
    };
    await target.run("UPDATE owners SET name = 'since' WHERE id = 7");
    await refused(/owners: 3 rows as before, with other values/);
    await target.run(
      "UPDATE owners SET name = 'new' WHERE id = 7; INSERT INTO owners (id, name) VALUES (100, 'since')",
    );
    await refused(/owners: 3 rows then, 4 now/);

    const { restored, removed, kept } = await rollBack(run, true);
    expect([...restored].sort()).toEqual(['dogs', 'owners']);
    expect(removed).toEqual([]);
    expect(kept.map(({ table }) => table).sort()).toEqual(['cats', 'dogs', 'owners']);
    const owners = kept.find(({ table }) => table === 'owners')?.keptAs ?? '';
    expect(await target.ask(`SELECT count(*) FROM ${owners} WHERE name = 'since'`)).toEqual([['1']]);
    if (server === 'sqlite') {
      // Nothing done to the old tables, which are back, may reach into what was kept: it refers to owner 7 as well.
      await target.run(
        "PRAGMA foreign_keys = ON; INSERT INTO owners VALUES (7, 'old', 7); DELETE FROM owners WHERE id = 7",
      );
    }
    for (const { keptAs } of kept) await dropKept(target, keptAs);
    await asBefore(run);
  });

  it('refuses when something stands on its tables, and names it', async () => {
    await prepare(TARGET);
    const run = await published();
    await target.run('CREATE VIEW cat_names AS SELECT name FROM cats');
    const now = await dump(target);
    await expect(rollBack(run, true)).rejects.toMatchObject({
      data: { code: 'run.depended-on', message: expect.stringContaining('cat_names') },
    });
    expect(await dump(target)).toBe(now);
    await target.run('DROP VIEW cat_names');
    await rollBack(run);
    await asBefore(run);
  });

  it('refuses when one of its tables is gone, or a backup, or another target is named', async () => {
    await prepare(TARGET);
    const run = await published();
    const elsewhere = await freshDatabase(server);
    await expect(
      host.call('run.rollback', { run, target: endpointOf(elsewhere), keepNewer: false }),
    ).rejects.toMatchObject({ data: { code: 'run.nothing-to-roll-back' } });
    await elsewhere.drop();
    await target.run('DROP TABLE cats');
    await expect(rollBack(run, true)).rejects.toMatchObject({ data: { code: 'run.changed-since' } });
    await target.run(
      "CREATE TABLE cats (id integer PRIMARY KEY, name varchar(50)); INSERT INTO cats VALUES (1, 'Tom')",
    );
    const [backup] = await host.call('run.backups', { run, target: endpointOf(target) });
    await dropKept(target, backup!.keptAs);
    await expect(rollBack(run, true)).rejects.toMatchObject({ data: { code: 'run.nothing-to-roll-back' } });
    await objectsOfRun(target, run, { drop: true });
  });

  it.each([
    ['replaced tables', TARGET],
    ['only made tables', null],
  ])('refuses an older run that %s and that a newer one has replaced; newest first, both go', async (_what, script) => {
    await prepare(script);
    const older = await published();
    const newer = await published();
    const standing = await dump(target);
    const refused = async (by: TestHost): Promise<void> => {
      await expect(
        by.call('run.rollback', { run: older, target: endpointOf(target), keepNewer: true }),
      ).rejects.toMatchObject({ data: { code: 'run.superseded', hint: `Roll back run ${newer} first.` } });
      expect(await dump(target), 'a refusal touches nothing').toBe(standing);
      expect(await stateOf(older)).toBe('published');
    };
    await refused(host);
    // The target proves it to a machine that knows nothing of the newer run.
    const elsewhere = openHost();
    await copyRun(host, elsewhere, older);
    await refused(elsewhere);
    elsewhere.close();
    expect([...(await rollBack(newer)).restored].sort()).toEqual(['cats', 'dogs', 'owners']);
    await rollBack(older);
    await asBefore(older);
    expect(await objectsOfRun(target, newer, { drop: false })).toEqual([]);
  });

  it('refuses an older run where only the history knows of the newer one', async () => {
    await prepare(null);
    const older = await published();
    await target.run('DROP TABLE dogs; DROP TABLE owners; DROP TABLE cats');
    const newer = await published();
    await expect(rollBack(older)).rejects.toMatchObject({
      data: { code: 'run.superseded', hint: `Roll back run ${newer} first.` },
    });
    await rollBack(newer);
    await asBefore(newer);
  });

  it('is not held up by a newer run that replaced tables of these names elsewhere on the server', async () => {
    await prepare(TARGET);
    const run = await published();
    const neighbour = server === 'postgres' ? await schemaBeside(target) : await freshDatabase(server);
    await neighbour.run(TARGET);
    const others = openHost();
    const { finished } = await migrate(others, source, neighbour, { mode: 'replace' });
    expect(finished?.state).toBe('published');
    await rollBack(run);
    expect(await stateOf(run)).toBe('undone');
    const there = { run: finished!.run, target: endpointOf(neighbour), keepNewer: false };
    await others.call('run.rollback', there);
    others.close();
    if (server !== 'postgres') await neighbour.drop();
  });

  it.each([
    ['that replaced tables', TARGET],
    ['that only made tables', null],
  ])('broken off after any act in the target, a run %s is undone by the second try', async (_what, script) => {
    await prepare(script);
    const ports = {
      home: host.home,
      workerUrl: pathToFileURL(program('worker')),
      version: 'test',
      recall: null as never,
      environment: {},
    };
    for (const survived of [1, 2, 3]) {
      const run = await published();
      const dialect = await loadDialect(target.family);
      const dying = dyingAfter(dialect, ACTS[survived - 1]!);
      const { connection } = dialect.url.parse(target.url);
      const opened = { dialect: dying, url: target.url, access: { connection, password: target.password } };
      await expect(rollBackRun(run, opened, { keepNewer: false, tables: null }, ports)).rejects.toThrow();
      expect(await stateOf(run)).toBe('published');
      const { restored, removed, kept } = await rollBack(run);
      expect([...restored, ...removed].sort(), `after act ${survived}`).toEqual(['cats', 'dogs', 'owners']);
      expect(kept).toEqual([]);
      await asBefore(run);
      expect(await stateOf(run)).toBe('undone');
    }
  });

  it('rows that slip in between looking and exchanging are kept aside, not dropped', async () => {
    await prepare(TARGET);
    const run = await published();
    const dialect = await loadDialect(target.family);
    const writing = beforeCall(dialect, 'unpublish', () => target.run("INSERT INTO cats VALUES (2, 'late')"));
    const { connection } = dialect.url.parse(target.url);
    const ports = {
      home: host.home,
      workerUrl: pathToFileURL(program('worker')),
      version: 'test',
      recall: null as never,
      environment: {},
    };
    const opened = { dialect: writing, url: target.url, access: { connection, password: target.password } };
    const { kept } = await rollBackRun(run, opened, { keepNewer: false, tables: null }, ports);
    const cats = kept.find(({ table }) => table === 'cats')?.keptAs ?? '';
    expect(await target.ask(`SELECT name FROM ${cats} ORDER BY id`)).toEqual([['Tom'], ['late']]);
    for (const { keptAs } of kept) await dropKept(target, keptAs);
    await asBefore(run);
  });

  it.runIf(server === 'mariadb')(
    'broken off while its marker was being made, it is undone by the second try',
    async () => {
      await prepare(null);
      const run = await published();
      await target.run(`CREATE DATABASE drover_${run}`);
      await rollBack(run);
      await asBefore(run);
    },
  );

  it.runIf(server === 'mariadb')('waits a moment for the last statement of a process that was killed', async () => {
    await prepare(TARGET);
    const run = await published();
    const dying = await openClient(target);
    const [[id]] = (await dying.ask(`SELECT CONNECTION_ID(), GET_LOCK('drover:${target.name}', 0)`)) as [[string]];
    const back = rollBack(run);
    back.catch(() => undefined);
    const others = `SELECT COUNT(*) > 0 FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID NOT IN (CONNECTION_ID(), ${id})`;
    await expect.poll(() => target.ask(others), { timeout: 30_000 }).toEqual([['1']]);
    await sleep(200);
    await dying.close();
    expect(await back).toMatchObject({ removed: ['cats'] });
    await asBefore(run);
  });

  it('killed at a moment of chance, it is undone by the second try', async () => {
    await prepare(TARGET);
    for (const delay of [0, 20]) {
      const run = await published();
      await killedRollback(host, target, run, delay);
      const finished = await rollBack(run).catch((error: { data?: { code?: string } }) => error.data?.code);
      // Where the kill came too late, the first try was the whole of it.
      if (finished === 'run.nothing-to-roll-back') expect(await stateOf(run)).toBe('undone');
      else expect(finished).toMatchObject({ removed: ['cats'] });
      await asBefore(run);
    }
  });
});

const ACTS = ['reclaim', 'unpublish', 'dropStaging'] as const;

/** As if the run had been started from another machine: its records, and nothing else of the history. */
async function copyRun(from: TestHost, to: TestHost, run: string): Promise<void> {
  const { folder, ...found } = (await from.call('runs', {})).find((each) => each.run === run)!;
  cpSync(folder, join(to.home, 'runs', run), { recursive: true });
  const store = await openStore(to.home);
  await store.createRun({
    ...found,
    projectFile: '',
    options: {},
    process: thisProcess(),
  });
  await store.finish(run, 'published', found.rows);
  await store.close();
}

async function schemaBeside(target: TestDatabase): Promise<TestDatabase> {
  await target.run('CREATE SCHEMA beside');
  return {
    ...target,
    url: `${target.url}?schema=beside`,
    run: (script) => target.run(`SET search_path = beside; ${script}`),
  };
}

async function killedRollback(host: TestHost, target: TestDatabase, run: string, delay: number): Promise<void> {
  const { folder } = (await host.call('runs', {})).find((each) => each.run === run)!;
  const script = fileURLToPath(new URL('../support/rollback-process.ts', import.meta.url));
  const child = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'inherit'] });
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  child.once('close', () => resolve());
  child.stdin.end(JSON.stringify({ home: host.home, worker: program('worker'), run, target: endpointOf(target) }));
  const begun = () => readFileSync(join(folder, 'audit.ndjson'), 'utf8').includes('"compensating"');
  while (!begun() && child.exitCode === null) await sleep(1);
  await sleep(delay);
  child.kill('SIGKILL');
  await ended;
}
