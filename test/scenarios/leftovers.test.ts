// Runs of which only the target knows: their journal is on another machine, or lost.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../src/shared/model/mapping.ts';
import { openCli } from '../support/cli.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, migrate, openHost, type TestHost } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { chosen } from '../support/slice.ts';

const SOURCE = `CREATE TABLE things (id integer PRIMARY KEY, name varchar(20)); INSERT INTO things VALUES (1, 'a'), (2, 'b');
  CREATE TABLE more (id integer PRIMARY KEY)`;
const TARGET = 'CREATE TABLE things (id integer PRIMARY KEY, old integer); INSERT INTO things VALUES (7, 7)';

const PATIENT = { timeout: 30_000 };

describe.each(chosen('leftovers', ['mariadb', 'postgres', 'sqlite'] as const, 1))('on %s', (server: ServerName) => {
  let host: TestHost;
  let elsewhere: TestHost;
  let source: TestDatabase;
  let target: TestDatabase;
  let before: string;
  beforeEach(async () => {
    host = openHost();
    elsewhere = openHost();
    source = await freshDatabase('sqlite');
    await source.run(SOURCE);
    target = await freshDatabase(server);
    await target.run(TARGET);
    before = await dump(target);
  });
  afterEach(async () => {
    await source.drop();
    await target.drop();
    host.close();
    elsewhere.close();
  });

  const left = async (hold: boolean): Promise<string> => {
    const { finished, errors } = await migrate(host, source, target, { mode: 'replace', options: { hold } });
    expect(finished?.state, JSON.stringify(errors)).toBe(hold ? 'held' : 'published');
    return finished!.run;
  };
  const asBefore = async (run: string): Promise<void> => {
    expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
    expect(await dump(target)).toBe(before);
  };

  it('what is not published is found by the command line, and taken away', async () => {
    const run = await left(true);
    const cli = openCli();
    const drover = (...words: string[]) =>
      cli.run([...words, '--target', target.url, '--json'], {
        environment: { DROVER_TARGET_PASSWORD: target.password ?? '' },
      });
    const listed = await drover('runs');
    expect(JSON.parse(listed.stdout)).toMatchObject({ run, state: 'staged', epoch: 1, inUse: false });
    const { tables, startedAt } = JSON.parse(listed.stdout);
    expect(
      tables.map(({ table, place, rows }: { table: string; place: string; rows: number }) => [table, place, rows]),
    ).toEqual([
      ['more', 'staging', 0],
      ['things', 'staging', 2],
    ]);
    expect(Math.abs(Date.parse(startedAt) - Date.now())).toBeLessThan(600_000);
    expect(listed.stderr).toContain(`drover rollback ${run} --target ${target.url}`);
    expect((await drover('rollback', run)).status, 'nobody agreed').toBe(2);
    const back = await drover('rollback', run, '--yes');
    expect(back.status, back.stderr).toBe(0);
    await asBefore(run);
    expect((await drover('runs')).stdout).toBe('');
    expect(cli.leaks()).toEqual([]);
    cli.close();
  });

  it('what is published needs its history, but for dropping its backups', async () => {
    const run = await left(false);
    const input = { run, target: endpointOf(target) };
    const standing = await dump(target);
    await expect(elsewhere.call('target.rollback', input)).rejects.toMatchObject({
      data: { code: 'run.nothing-to-roll-back', hint: expect.stringContaining('on the machine that ran it') },
    });
    expect(await dump(target)).toBe(standing);
    const [found] = await elsewhere.call('target.runs', endpointOf(target));
    expect(found).toMatchObject({ run, state: 'published', tables: [{ table: 'things', place: 'backup', rows: 1 }] });
    expect(await elsewhere.call('target.clean', input)).toMatchObject([{ table: 'things', rows: 1 }]);
    expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
    expect(await target.ask('SELECT name FROM things ORDER BY id')).toEqual([['a'], ['b']]);
  });

  it('rows that somebody wrote into staging are kept, and a run at work is left alone', async () => {
    const run = await left(true);
    const staged = {
      postgres: `drover_${run}.things`,
      mysql: `drover_${run}.things`,
      sqlite: `drover_${run}_s_things`,
    };
    await target.run(`INSERT INTO ${staged[target.family]} VALUES (9, 'mine')`);
    const { removed, kept } = await elsewhere.call('target.rollback', { run, target: endpointOf(target) });
    expect({ removed, kept: kept.map(({ table }) => table).sort() }).toEqual({ removed: [], kept: ['more', 'things'] });
    const things = kept.find(({ table }) => table === 'things')!;
    expect(await target.ask(`SELECT name FROM ${things.keptAs} WHERE id = 9`)).toEqual([['mine']]);
    const [aside] = await elsewhere.call('target.runs', endpointOf(target));
    expect(aside).toMatchObject({ run, state: 'kept aside' });

    const pair = { source: endpointOf(source), target: endpointOf(target) };
    const project: Project = await host.call('map', { ...pair, name: 'test', mode: 'replace' });
    const { run: next } = await host.call('run.start', { ...pair, project, options: {} });
    await host.call('run.pause', { run: next });
    await expect
      .poll(async () => (await elsewhere.call('target.runs', pair.target)).map((each) => each.run), PATIENT)
      .toContain(next);
    await expect(elsewhere.call('target.rollback', { run: next, target: pair.target })).rejects.toMatchObject({
      data: { code: 'run.target-locked' },
    });
    await host.call('run.cancel', { run: next });
    await expect.poll(() => host.call('run.active', {}), PATIENT).toEqual([]);
    await objectsOfRun(target, run, { drop: true });
  });
});
