// Tables that are to be replaced and must keep their place: their rows are exchanged, and given back to the last byte.

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Project } from '../../src/shared/model/mapping.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import {
  endpointOf,
  type Migration,
  type MigrationOptions,
  migrate,
  openHost,
  type TestHost,
} from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';

/**
 * Against what stands there: person 1 is another, 2 is as it was, 3 is gone and its e-mail belongs to 5 now; 6 and 5 are
 * new, 6 has 5 for a boss. Order 1 goes from person 3 to person 5; order 2 is gone, order 3 is new.
 */
const SOURCE = `
  CREATE TABLE people (id integer PRIMARY KEY, name varchar(50), email varchar(80), boss integer);
  CREATE TABLE orders (id integer PRIMARY KEY, person_id integer, total numeric(10,2));
  INSERT INTO people VALUES (1, 'Ada', 'ada@x.org', NULL), (2, 'Bob', 'bob@x.org', 1), (5, 'Eve', 'cy@x.org', 1),
    (6, 'Flo', NULL, 5);
  INSERT INTO orders VALUES (1, 5, 12.50), (3, 6, 0.10);`;

const TARGET = `
  CREATE TABLE people (id integer PRIMARY KEY, name varchar(50), email varchar(80), boss integer,
    note varchar(20) DEFAULT 'none', CONSTRAINT people_email UNIQUE (email),
    CONSTRAINT people_boss FOREIGN KEY (boss) REFERENCES people (id));
  CREATE TABLE orders (id integer PRIMARY KEY, person_id integer, total numeric(10,2),
    CONSTRAINT orders_person FOREIGN KEY (person_id) REFERENCES people (id));
  CREATE TABLE outside (person_id integer, CONSTRAINT outside_person FOREIGN KEY (person_id) REFERENCES people (id) ON DELETE CASCADE);
  CREATE VIEW names AS SELECT name FROM people;
  INSERT INTO people VALUES (1, 'Old', 'old@x.org', NULL, 'kept'), (2, 'Bob', 'bob@x.org', 1, NULL),
    (3, 'Cy', 'cy@x.org', 2, 'goes'), (4, 'Di', NULL, 3, 'goes');
  INSERT INTO orders VALUES (1, 3, 1.00), (2, 4, 2.00);
  INSERT INTO outside VALUES (1), (2), (NULL);`;

const STUCK = {
  mariadb: 'CREATE TRIGGER told AFTER UPDATE ON people FOR EACH ROW SET @seen = NEW.id',
  postgres: 'CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM people',
};

const WRITTEN = { mariadb: { updated: 2, skipped: 0 }, postgres: { updated: 1, skipped: 1 } };

describe.each(['mariadb', 'postgres'] as const)('tables that keep their place on %s', (server) => {
  let host: TestHost;
  let source: TestDatabase;
  let there: TestDatabase;
  let before: string;
  beforeEach(async () => {
    host = openHost();
    source = await freshDatabase('sqlite');
    await source.run(SOURCE);
    there = await freshDatabase(server);
    await there.run(`${TARGET} ${STUCK[server]}`);
    before = await dump(there);
  });
  afterEach(async () => {
    await source.drop();
    await there.drop();
    host.close();
  });

  const run = (options: MigrationOptions = {}): Promise<Migration> =>
    migrate(host, source, there, { mode: 'replace', ...options });
  const published = async (options: MigrationOptions = {}): Promise<string> => {
    const { finished, errors, plan } = await run(options);
    expect(finished?.state, JSON.stringify([errors, plan.findings])).toBe('published');
    return finished!.run;
  };
  const rollBack = (id: string, keepNewer = false) =>
    host.call('run.rollback', { run: id, target: endpointOf(there), keepNewer });
  const asBefore = async (id: string): Promise<void> => {
    expect(await objectsOfRun(there, id, { drop: false }), 'nothing of the run is left').toEqual([]);
    expect(await dump(there), 'the target is as it was').toBe(before);
  };
  const people = () => there.ask('SELECT id, name, email, boss, note FROM people ORDER BY id');

  it('says why', async () => {
    const { plan } = await run({ options: { rehearse: true } });
    const told = plan.findings.filter(({ code }) => /^target\.(refilled|columns-kept)/.test(code));
    expect(told.map(({ severity, place, message }) => [severity, place.table, message]).sort()).toEqual([
      ['note', 'orders', expect.stringMatching(/^orders is not replaced but refilled: .* people must be refilled/)],
      ['note', 'people', expect.stringMatching(/^note of people is not given/)],
      [
        'warning',
        'people',
        expect.stringMatching(/^people is not replaced but refilled: its 4 rows .* (trigger|view) /),
      ],
    ]);
    expect(plan.publish).toBe('rows of 2 tables exchanged in one transaction');
  });

  it('exchanges rows that refer to each other, and gives them back', async () => {
    const id = await published();
    expect(await people()).toEqual([
      ['1', 'Ada', 'ada@x.org', null, 'kept'],
      ['2', 'Bob', 'bob@x.org', '1', null],
      ['5', 'Eve', 'cy@x.org', '1', 'none'],
      ['6', 'Flo', null, '5', 'none'],
    ]);
    expect(await there.ask('SELECT id, person_id FROM orders ORDER BY id')).toEqual([
      ['1', '5'],
      ['3', '6'],
    ]);
    expect(await there.ask('SELECT count(*) FROM outside')).toEqual([['3']]);
    const report = await host.call('report.read', { run: id });
    expect(report.verdict).toBe('verified');
    expect(Object.fromEntries(report.tables.map(({ target, merged }) => [target, merged]))).toEqual({
      // Where triggers fire, every row is written and looked at.
      people: { before: 4, added: 2, ...WRITTEN[server], removed: 2, after: 4 },
      orders: { before: 2, added: 1, updated: 1, skipped: 0, removed: 1, after: 2 },
    });
    await expect(there.run('INSERT INTO orders VALUES (9, 99, 1)'), 'keys hold').rejects.toThrow();
    await rollBack(id);
    await asBefore(id);
  });

  it('publishes nothing while rows outside refer to what would go, in a rehearsal too', async () => {
    await there.run('INSERT INTO outside VALUES (4), (4)');
    before = await dump(there);
    for (const rehearse of [true, false]) {
      const { finished, errors } = await run({ options: { rehearse } });
      expect(finished?.state).toBe('rolled back');
      expect(errors[0]).toMatchObject({
        code: 'verify.stranded',
        message:
          '2 rows of outside refer to what people will no longer have (foreign key outside_person), for example person_id 4.',
      });
      await asBefore(finished!.run);
    }
  });

  it('is not fooled by rows that are written outside while the run is held', async () => {
    const { finished } = await run({ options: { hold: true } });
    expect(finished?.state).toBe('held');
    await there.run('INSERT INTO outside VALUES (3)');
    const go = async (publish: boolean) => {
      const asked = { run: finished!.run, source: endpointOf(source), target: endpointOf(there) };
      const events = host.stream('run.again', { ...asked, publish, takeOver: false }, new AbortController().signal);
      for await (const _ of events);
      return host.call('report.read', { run: finished!.run });
    };
    expect((await go(true)).error).toMatchObject({
      code: 'verify.stranded',
      message: expect.stringMatching(/^1 row of outside refers .* person_id 3\.$/),
    });
    expect(await there.ask('SELECT count(*) FROM outside')).toEqual([['4']]);
    await there.run('DELETE FROM outside WHERE person_id = 3');
    expect((await go(false)).error).toBeNull();
    await rollBack(finished!.run);
    await asBefore(finished!.run);
  });

  it('gives back nothing over what was written since, unless that is kept aside', async () => {
    const id = await published();
    await there.run(
      "UPDATE people SET note = 'mine' WHERE id = 6; INSERT INTO people VALUES (4, 'Dora', NULL, NULL, 'back again')",
    );
    const standing = await dump(there);
    await expect(rollBack(id)).rejects.toMatchObject({
      data: { code: 'run.changed-since', cause: expect.stringMatching(/people: 2 rows of the run/) },
    });
    expect(await dump(there), 'a refusal touches nothing').toBe(standing);
    const { kept } = await rollBack(id, true);
    expect(kept.map(({ table }) => table)).toEqual(['people']);
    expect(await there.ask(`SELECT id, name, note FROM ${kept[0]!.keptAs} ORDER BY id`)).toEqual([
      ['4', 'Dora', 'back again'],
      ['6', 'Flo', 'mine'],
    ]);
    const [namespace] = kept[0]!.keptAs.split('.');
    await there.run(server === 'postgres' ? `DROP SCHEMA ${namespace} CASCADE` : `DROP DATABASE ${namespace}`);
    await asBefore(id);
  });

  it('compares the whole table afterwards', async () => {
    const id = await published();
    const project = await host.call('run.project', { run: id });
    const verify = () =>
      host.call('verify', { project, source: endpointOf(source), target: endpointOf(there), run: id });
    expect((await verify()).tables.every(({ equal }) => equal)).toBe(true);
    await there.run("INSERT INTO people (id, name) VALUES (50, 'others')");
    const { tables } = await verify();
    expect(tables.map(({ target, equal, targetRows }) => [target, equal, targetRows]).sort()).toEqual([
      ['orders', true, 2],
      ['people', false, 5],
    ]);
    await there.run('DELETE FROM people WHERE id = 50');
    await rollBack(id);
    await asBefore(id);
  });

  it('makes new tables beside, which refer to the rows that come', async () => {
    await source.run(`CREATE TABLE pets (id integer PRIMARY KEY, person_id integer REFERENCES people (id));
      INSERT INTO pets VALUES (1, 6)`);
    const narrow = (project: Project): Project => ({
      ...project,
      tables: project.tables.map((table) => ({
        ...table,
        columns: table.columns.map((column) => (/int/.test(column.type) ? { ...column, type: 'integer' } : column)),
      })),
    });
    const id = await published({ edit: narrow });
    expect(await there.ask('SELECT p.name FROM pets x JOIN people p ON p.id = x.person_id')).toEqual([['Flo']]);
    await rollBack(id);
    await asBefore(id);
  });

  it('says what is missing where it can not be done', async () => {
    await there.run('CREATE TABLE bare (id integer); INSERT INTO bare VALUES (1)');
    await source.run('CREATE TABLE bare (id integer); INSERT INTO bare VALUES (2)');
    const blockers = (await run()).plan.findings.filter(({ severity }) => severity === 'blocker');
    // PostgreSQL replaces it in the same transaction: nothing ties it to the others.
    expect(blockers.map(({ code, place }) => [code, place.table])).toEqual(
      server === 'mariadb' ? [['target.no-key', 'bare']] : [],
    );
  });
});
