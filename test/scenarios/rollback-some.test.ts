// Rolling back some tables of a published run: those that keys do not tie to others, all of them or none.

import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadDialect } from '../../src/engine/dialects/index.ts';
import type { Publisher } from '../../src/engine/dialects/publishing.ts';
import { rollBackRun } from '../../src/engine/undoing.ts';
import type { CallOutput } from '../../src/shared/contract.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, migrate, openHost, type TestHost } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { program } from '../support/program.ts';
import { dropKept, dyingAfter } from '../support/rolling-back.ts';
import { chosen } from '../support/slice.ts';

const KEY = 'CONSTRAINT dogs_owner_fk FOREIGN KEY (owner_id) REFERENCES owners (id)';

const SOURCE = `
  CREATE TABLE owners (id integer PRIMARY KEY, name varchar(50));
  CREATE TABLE dogs (id integer PRIMARY KEY, owner_id integer, ${KEY});
  CREATE TABLE birds (id integer PRIMARY KEY, name varchar(50));
  CREATE TABLE cats (id integer PRIMARY KEY, name varchar(50));
  CREATE TABLE bells (id integer PRIMARY KEY, cat_id integer, CONSTRAINT bells_cat_fk FOREIGN KEY (cat_id) REFERENCES cats (id));
  CREATE INDEX birds_name ON birds (name);
  INSERT INTO owners VALUES (7, 'new'), (8, 'newer');
  INSERT INTO dogs VALUES (1, 7), (2, NULL);
  INSERT INTO birds VALUES (1, 'new');
  INSERT INTO cats VALUES (1, 'Tom');
  INSERT INTO bells VALUES (1, 1);`;

/** `cats` and `bells` are not among them: the run makes these. */
const TARGET = `
  CREATE TABLE owners (id integer PRIMARY KEY, old integer);
  CREATE TABLE dogs (id integer PRIMARY KEY, owner_id integer, ${KEY});
  CREATE TABLE birds (id integer PRIMARY KEY, name varchar(50) NOT NULL, old integer);
  CREATE INDEX birds_name ON birds (name);
  CREATE TABLE bystanders (id integer PRIMARY KEY);
  INSERT INTO owners VALUES (1, 1);
  INSERT INTO dogs VALUES (1, 1);
  INSERT INTO birds VALUES (5, 'old', 1);`;

type RolledBack = CallOutput<'run.rollback'>;

/** After which act in the target the process ends, and what comes next. */
const ACTS: readonly (keyof Publisher)[] = ['reclaim', 'unpublishSome', 'dropStaging'];
const BROKEN_OFF = ACTS.flatMap((act) => ['the same again', 'the whole'].map((next) => [act, next] as const));

const FAMILIES = ['mariadb', 'postgres', 'sqlite'] as const;

describe.each(chosen('rollback some', FAMILIES, 1))('some tables, on %s', (server: ServerName) => {
  let host: TestHost;
  let source: TestDatabase;
  let target: TestDatabase;
  let before: string;
  beforeEach(async () => {
    host = openHost();
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
  });

  const published = async (): Promise<string> => {
    const { finished, errors } = await migrate(host, source, target, { mode: 'replace' });
    expect(finished?.state, JSON.stringify(errors)).toBe('published');
    return finished!.run;
  };
  const rollBack = (run: string, tables?: string[], keepNewer = false): Promise<RolledBack> =>
    host.call('run.rollback', { run, target: endpointOf(target), keepNewer, ...(tables ? { tables } : {}) });
  const asBefore = async (run: string): Promise<void> => {
    expect(await objectsOfRun(target, run, { drop: false }), 'nothing of the run is left').toEqual([]);
    expect(await dump(target), 'the target is as it was').toBe(before);
  };
  const summaryOf = async (run: string) => (await host.call('runs', {})).find((each) => each.run === run)!;
  const backupsOf = async (run: string) =>
    (await host.call('run.backups', { run, target: endpointOf(target) })).map(({ table }) => table).sort();
  const refused = async (run: string, tables: string[], error: object): Promise<void> => {
    const standing = await dump(target);
    await expect(rollBack(run, tables)).rejects.toMatchObject({ data: error });
    expect(await dump(target), 'a refusal touches nothing').toBe(standing);
  };
  it('refuses what foreign keys tie together, with the keys and all that would have to come along', async () => {
    const run = await published();
    await refused(run, ['owners'], {
      code: 'run.depended-on',
      message: "owners can't be rolled back without dogs: the foreign key dogs_owner_fk ties them.",
      hint: 'Choose dogs as well.',
      command: `drover rollback ${run} --table owners --table dogs`,
    });
    // The earlier ones refer to each other, and come back together.
    await refused(run, ['dogs', 'birds'], {
      code: 'run.depended-on',
      message: expect.stringContaining('without owners'),
    });
    await refused(run, ['cats'], { code: 'run.depended-on', message: expect.stringContaining('bells_cat_fk') });
    await refused(run, ['fish'], { code: 'run.nothing-to-roll-back', message: expect.stringContaining('fish') });
    const ties = await host.call('run.ties', { run, target: endpointOf(target) });
    expect(Object.fromEntries(ties.map((each) => [each.table, each.ties.map(({ table }) => table)]))).toEqual({
      owners: expect.arrayContaining(['dogs']),
      dogs: ['owners'],
      birds: [],
      cats: ['bells'],
      bells: [],
    });
    await rollBack(run);
    await asBefore(run);
  });

  it('brings them back alone, says so everywhere, and the rest later or never', async () => {
    const run = await published();
    const { restored, removed, kept, staying } = await rollBack(run, ['birds', 'bells']);
    expect({ restored, removed, kept }).toEqual({ restored: ['birds'], removed: ['bells'], kept: [] });
    expect([...staying].sort()).toEqual(['cats', 'dogs', 'owners']);
    expect(await target.ask('SELECT id, name, old FROM birds')).toEqual([['5', 'old', '1']]);
    await expect(target.ask('SELECT * FROM bells')).rejects.toThrow();
    expect(await target.ask('SELECT id FROM owners ORDER BY id')).toEqual([['7'], ['8']]);
    expect(await target.ask('SELECT name FROM cats')).toEqual([['Tom']]);
    expect(await backupsOf(run)).toEqual(['dogs', 'owners']);
    const { state, takenBack } = await summaryOf(run);
    expect({ state, takenBack: [...takenBack].sort() }).toEqual({ state: 'published', takenBack: ['bells', 'birds'] });
    const report = await host.call('report.read', { run });
    expect(report.takenBack.map(({ table }) => table).sort()).toEqual(['bells', 'birds']);
    expect(report.summary).toMatch(
      /^(birds and bells|bells and birds) rolled back on .*; the other tables stay\. When it was published: All 7 rows arrived/,
    );
    await refused(run, ['birds'], { code: 'run.nothing-to-roll-back', message: expect.stringContaining('already') });

    await rollBack(run, ['dogs', 'owners']);
    expect(await backupsOf(run)).toEqual([]);
    expect((await rollBack(run)).removed).toEqual(['cats']);
    await asBefore(run);
    expect((await summaryOf(run)).state).toBe('undone');
    const undone = await host.call('report.read', { run });
    expect(undone.summary).toMatch(
      /^Rolled back on [^;]*; the target is as it was before\. When it was published: All 7/,
    );

    const next = await published();
    await rollBack(next, ['birds']);
    const dropped = await host.call('run.clean', { run: next, target: endpointOf(target) });
    expect(dropped.map(({ table }) => table).sort()).toEqual(['dogs', 'owners']);
    expect(await objectsOfRun(target, next, { drop: false })).toEqual([]);
    expect(await target.ask('SELECT id FROM owners ORDER BY id')).toEqual([['7'], ['8']]);
  });

  it('refuses where rows were written since, and keeps these aside when asked to', async () => {
    const run = await published();
    await target.run("INSERT INTO bells VALUES (2, 1); UPDATE birds SET name = 'since'");
    await refused(run, ['bells'], { code: 'run.changed-since', cause: 'bells: 1 rows then, 2 now' });
    const first = await rollBack(run, ['bells'], true);
    const second = await rollBack(run, ['birds'], true);
    const kept = [...first.kept, ...second.kept];
    expect(kept.map(({ table }) => table)).toEqual(['bells', 'birds']);
    expect(await target.ask(`SELECT id FROM ${kept[0]!.keptAs} ORDER BY id`)).toEqual([['1'], ['2']]);
    expect(await target.ask(`SELECT name FROM ${kept[1]!.keptAs}`)).toEqual([['since']]);
    // What is kept aside holds no row of what stays.
    await target.run("DELETE FROM cats; INSERT INTO cats VALUES (1, 'Tom')");
    await rollBack(run);
    for (const { keptAs } of kept) await dropKept(target, keptAs);
    await asBefore(run);
  });

  it.each(chosen(`some broken off ${server}`, BROKEN_OFF, 2))('broken off after %s, then %s', async (act, next) => {
    const ports = {
      home: host.home,
      workerUrl: pathToFileURL(program('worker')),
      version: 'test',
      recall: null as never,
      environment: {},
    };
    const dialect = await loadDialect(target.family);
    const { connection } = dialect.url.parse(target.url);
    const run = await published();
    const opened = {
      dialect: dyingAfter(dialect, act),
      url: target.url,
      access: { connection, password: target.password },
    };
    const some = { keepNewer: false, tables: ['birds', 'bells'] };
    await expect(rollBackRun(run, opened, some, ports)).rejects.toThrow();
    if (next === 'the same again') {
      const { restored, removed } = await rollBack(run, some.tables);
      expect({ restored, removed }).toEqual({ restored: ['birds'], removed: ['bells'] });
      expect((await host.call('report.read', { run })).takenBack).toHaveLength(2);
      expect(await backupsOf(run)).toEqual(['dogs', 'owners']);
    }
    await rollBack(run);
    await asBefore(run);
  });
});
