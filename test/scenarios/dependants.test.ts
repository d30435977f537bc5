// What hangs on PostgreSQL's tables when they are replaced: it serves the new ones, and after a rollback the old.

import { expect, it } from 'vitest';
import type { CallOutput } from '../../src/shared/contract.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { host, NEW_THINGS, OLD_THINGS, source, target } from '../support/dependants.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, migrate } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';

const SOURCE = `${NEW_THINGS}
  CREATE TABLE parts (id integer PRIMARY KEY, thing integer CONSTRAINT parts_thing REFERENCES things (id));
  INSERT INTO things VALUES (1, 'new one', 10), (2, 'new two', 20), (3, 'secret', 30);
  INSERT INTO parts VALUES (1, 1), (2, 2)`;

/** `things` and `parts` are replaced, the others stay. */
const TARGET = `${OLD_THINGS}
  CREATE TABLE parts (id integer PRIMARY KEY, thing integer CONSTRAINT parts_thing REFERENCES things (id));
  INSERT INTO things VALUES (1, 'x', 'old one', 1), (2, 'x', 'old two', 2);
  INSERT INTO parts VALUES (1, 1);
  CREATE TABLE log (what text);
  CREATE TABLE reviews (id integer PRIMARY KEY, thing integer, CONSTRAINT reviews_thing FOREIGN KEY (thing)
    REFERENCES things (id) ON DELETE CASCADE ON UPDATE CASCADE DEFERRABLE INITIALLY DEFERRED);
  COMMENT ON CONSTRAINT reviews_thing ON reviews IS 'kept';
  CREATE TABLE wishes (thing integer);
  INSERT INTO wishes VALUES (77);
  ALTER TABLE wishes ADD CONSTRAINT wishes_thing FOREIGN KEY (thing) REFERENCES things (id) NOT VALID;
  CREATE SCHEMA apart;
  CREATE VIEW apart.named WITH (security_barrier = true) AS SELECT id, upper(name) AS title, price FROM things WHERE id > 0;
  COMMENT ON VIEW apart.named IS 'kept';
  GRANT SELECT ON apart.named TO pg_read_all_data WITH GRANT OPTION;
  CREATE VIEW dear AS SELECT n.title, p.id AS part FROM apart.named n JOIN parts p ON p.thing = n.id WHERE n.price >= 1;
  CREATE VIEW cheap AS SELECT id, price FROM things WHERE price < 1000 WITH CASCADED CHECK OPTION;
  CREATE FUNCTION counted() RETURNS bigint BEGIN ATOMIC SELECT count(*) FROM things; END;
  CREATE FUNCTION tell() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO log VALUES (TG_NAME); RETURN NEW; END $$;
  CREATE TRIGGER told AFTER INSERT OR UPDATE OF name ON things FOR EACH ROW WHEN (NEW.id <> 0) EXECUTE FUNCTION tell();
  COMMENT ON TRIGGER told ON things IS 'kept';
  CREATE TRIGGER silent AFTER INSERT ON things FOR EACH ROW EXECUTE FUNCTION tell();
  ALTER TABLE things DISABLE TRIGGER silent;
  CREATE RULE noted AS ON DELETE TO parts DO ALSO INSERT INTO log VALUES ('deleted ' || OLD.id);
  CREATE RULE wished AS ON INSERT TO wishes DO ALSO UPDATE things SET price = 99 WHERE id = NEW.thing;
  ALTER TABLE things ENABLE ROW LEVEL SECURITY;
  CREATE POLICY hidden ON things FOR SELECT TO pg_read_all_data, pg_monitor USING (name <> 'secret');
  CREATE POLICY narrow ON things AS RESTRICTIVE USING (true) WITH CHECK (price > 0);
  COMMENT ON POLICY hidden ON things IS 'kept';
  ALTER TABLE reviews ENABLE ROW LEVEL SECURITY;
  CREATE POLICY known ON reviews USING (EXISTS (SELECT FROM things WHERE things.id = reviews.thing));
  GRANT SELECT, INSERT ON things TO pg_read_all_data;
  CREATE PUBLICATION outward FOR TABLE things (id, name) WHERE (id > 1), parts, log;
  ALTER TABLE parts REPLICA IDENTITY FULL;
  INSERT INTO reviews VALUES (1, 2)`;

it('serves the new tables from publishing on, and the old ones after a rollback', async () => {
  await source.run(SOURCE);
  await target.run(TARGET);
  const before = await dump(target);
  const run = await published();

  expect(await target.ask('SELECT * FROM apart.named ORDER BY 1')).toEqual([
    ['1', 'NEW ONE', '10.00'],
    ['2', 'NEW TWO', '20.00'],
    ['3', 'SECRET', '30.00'],
  ]);
  expect(await target.ask('SELECT * FROM dear ORDER BY part')).toEqual([
    ['NEW ONE', '1'],
    ['NEW TWO', '2'],
  ]);
  expect(await target.ask('SELECT counted()')).toEqual([['3']]);
  await target.run("INSERT INTO things VALUES (4, 'four', 4); DELETE FROM parts WHERE id = 2");
  expect(await target.ask('SELECT what FROM log ORDER BY 1')).toEqual([['deleted 2'], ['told']]);
  await target.run('INSERT INTO wishes VALUES (4)');
  expect(await target.ask('SELECT price FROM things WHERE id = 4')).toEqual([['99.00']]);
  const asReader = 'SET ROLE pg_read_all_data; CREATE TEMP TABLE seen AS SELECT * FROM things; RESET ROLE';
  await expect(target.run(`${asReader}; SELECT 1 / (3 - count(*)) FROM seen`)).rejects.toThrow(/division by zero/);
  await expect(target.run('UPDATE cheap SET price = 2000')).rejects.toThrow(/check option/);
  await expect(target.run('INSERT INTO reviews VALUES (9, 9)')).rejects.toThrow(/reviews_thing/);
  await expect(target.run('INSERT INTO wishes VALUES (9)')).rejects.toThrow(/wishes_thing/);
  await target.run(
    'DELETE FROM wishes WHERE thing = 4; DELETE FROM things WHERE id = 4; INSERT INTO parts VALUES (2, 2)',
  );
  await target.run('TRUNCATE log');
  expect(await target.ask(MEMBERS)).toEqual([
    ['log', null, null],
    ['parts', null, null],
    ['things', '{id,name}', '(id > 1)'],
  ]);
  expect(await target.ask(ON_BACKUPS), 'nothing is left on the old tables').toEqual([]);
  const audit = await host.call('run.audit', { run });
  const told = (object: string) => audit.filter((each) => each.object === object && each.step === 'publish');
  const sql = (object: string) => told(object).map(({ state, detail }) => `${state}: ${detail}`);
  expect(sql('apart.named')).toContainEqual(
    expect.stringMatching(/^done: CREATE OR REPLACE VIEW apart\.named .* FROM public\.things/),
  );
  expect(sql('public.reviews')).toContainEqual(expect.stringMatching(/^done: .* ADD CONSTRAINT .* NOT VALID/));
  expect(sql('public.reviews')).toContainEqual(expect.stringMatching(/^done: .* VALIDATE CONSTRAINT/));

  await rollBack(run);
  expect(await dump(target)).toBe(before);
  expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
});

it('can drop the backups, and touches nothing that serves the new tables', async () => {
  await source.run(SOURCE);
  await target.run(TARGET);
  const run = await published();
  const before = await target.ask('SELECT * FROM dear');
  await host.call('run.clean', { run, target: endpointOf(target) });
  expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
  expect(await target.ask('SELECT * FROM dear')).toEqual(before);
});

it('goes back with some of the tables, and stays with the others', async () => {
  await source.run(`${SOURCE}; CREATE TABLE colours (id integer, hue text); INSERT INTO colours VALUES (1, 'new red')`);
  await target.run(`${TARGET}; CREATE TABLE colours (id integer, hue text); INSERT INTO colours VALUES (1, 'old red');
    CREATE VIEW painted AS SELECT name, hue FROM things JOIN colours USING (id);
    CREATE TRIGGER coloured AFTER INSERT ON colours FOR EACH ROW EXECUTE FUNCTION tell()`);
  const before = await dump(target);
  const run = await published();
  expect(await target.ask('SELECT * FROM painted')).toEqual([['new one', 'new red']]);
  await rollBack(run, ['colours']);
  expect(await target.ask('SELECT * FROM painted')).toEqual([['new one', 'old red']]);
  expect(await target.ask(ON_BACKUPS)).toEqual([]);
  await rollBack(run);
  expect(await dump(target)).toBe(before);
});

it('grants on sequences what was granted, and on new tables what the schema grants by default', async () => {
  await source.run(`
    CREATE TABLE things (id serial PRIMARY KEY, name text);
    INSERT INTO things (name) VALUES ('one');
    CREATE TABLE fresh (id serial PRIMARY KEY, thing integer REFERENCES things (id));
    INSERT INTO fresh (thing) VALUES (1)`);
  await target.run(`
    CREATE TABLE things (id serial PRIMARY KEY, name text);
    GRANT USAGE ON SEQUENCE things_id_seq TO pg_read_all_data WITH GRANT OPTION;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT ON TABLES TO pg_read_all_data;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE ON SEQUENCES TO pg_read_all_data`);
  const before = await dump(target);
  const run = await published();
  const granted = `SELECT c.relname, g.privilege_type, g.is_grantable FROM pg_class c CROSS JOIN LATERAL aclexplode(c.relacl) g
    WHERE g.grantee = 'pg_read_all_data'::regrole AND c.relnamespace = 'public'::regnamespace ORDER BY 1, 2`;
  expect(await target.ask(granted)).toEqual([
    ['fresh', 'INSERT', 'f'],
    ['fresh', 'SELECT', 'f'],
    ['fresh_id_seq', 'USAGE', 'f'],
    ['things_id_seq', 'USAGE', 't'],
  ]);
  await rollBack(run);
  expect(await dump(target)).toBe(before);
});

it('finds rows outside that would refer to nothing, before it publishes', async () => {
  await source.run(SOURCE);
  await target.run(
    `${TARGET}; INSERT INTO things VALUES (8, 'x', 'old eight', 8); INSERT INTO reviews VALUES (2, 8), (3, 8)`,
  );
  const before = await dump(target);
  const { finished, errors } = await migrate(host, source, target, { mode: 'replace' });
  expect(finished?.state).toBe('rolled back');
  expect(errors[0]).toMatchObject({
    code: 'verify.stranded',
    message:
      '2 rows of reviews refer to what things will no longer have (foreign key reviews_thing), for example thing 8.',
  });
  expect(await dump(target)).toBe(before);
});

it('publishes nothing where such a row is written while the run is held, nor takes anything back over one', async () => {
  await source.run(SOURCE);
  await target.run(`${TARGET}; INSERT INTO things VALUES (8, 'x', 'old eight', 8)`);
  const { finished } = await migrate(host, source, target, { mode: 'replace', options: { hold: true } });
  expect(finished?.state).toBe('held');
  const { run } = finished!;
  await target.run('INSERT INTO reviews VALUES (2, 8)');
  expect(await publishHeld(run)).toMatchObject({
    error: {
      code: 'publish.dependant',
      message: expect.stringContaining('foreign key reviews_thing of public.reviews'),
      cause: expect.stringContaining('violates foreign key constraint "reviews_thing" (SQLSTATE 23503)'),
    },
  });
  expect(await target.ask('SELECT name FROM things WHERE id = 8')).toEqual([['old eight']]);
  await target.run('DELETE FROM reviews WHERE id = 2');
  const again = await published();
  await target.run('INSERT INTO reviews VALUES (3, 3)');
  const written = await target.ask(EVERYTHING_STANDS);
  await expect(rollBack(again)).rejects.toMatchObject({
    data: { code: 'run.depended-on', message: expect.stringContaining('reviews_thing of public.reviews') },
  });
  expect(await target.ask(EVERYTHING_STANDS), 'and the run stays published').toEqual(written);
  await target.run('DELETE FROM reviews WHERE id = 3');
  await rollBack(again);
});

it('holds the key of a table into which rows go, with those rows, and without them after a rollback', async () => {
  await source.run(SOURCE);
  await target.run(`${NEW_THINGS}
    CREATE TABLE parts (id integer PRIMARY KEY, thing integer CONSTRAINT parts_thing REFERENCES things (id));
    INSERT INTO things VALUES (1, 'old', 1), (9, 'old', 9); INSERT INTO parts VALUES (7, 1), (8, NULL)`);
  const before = await dump(target);
  const intoParts = (project: Project): Project => ({
    ...project,
    tables: project.tables.map((table) => (table.source === 'parts' ? { ...table, mode: 'append' } : table)),
  });
  const run = await published(intoParts);
  expect(await target.ask('SELECT * FROM parts ORDER BY 1')).toEqual([
    ['1', '1'],
    ['2', '2'],
    ['7', '1'],
    ['8', null],
  ]);
  await expect(target.run('INSERT INTO parts VALUES (5, 9)')).rejects.toThrow(/parts_thing/);
  await rollBack(run);
  expect(await dump(target)).toBe(before);
});

it('takes along what was made on a table since it was published', async () => {
  await source.run(SOURCE);
  await target.run(TARGET);
  const run = await published();
  await target.run(
    'CREATE VIEW late AS SELECT name FROM things; CREATE VIEW broken AS SELECT t AS whole FROM things t',
  );
  await expect(rollBack(run)).rejects.toMatchObject({
    data: { code: 'run.depended-on', message: expect.stringContaining('column whole of view broken on things') },
  });
  await target.run('DROP VIEW broken');
  await rollBack(run);
  expect(await target.ask('SELECT * FROM late ORDER BY 1')).toEqual([['old one'], ['old two']]);
});

async function published(edit = (project: Project) => project): Promise<string> {
  const { finished, errors, plan } = await migrate(host, source, target, { mode: 'replace', edit });
  const blockers = plan.findings.filter(({ severity }) => severity === 'blocker').map(({ message }) => message);
  expect(blockers).toEqual([]);
  expect(finished?.state, JSON.stringify(errors)).toBe('published');
  return finished!.run;
}

function rollBack(run: string, tables?: string[]): Promise<CallOutput<'run.rollback'>> {
  return host.call('run.rollback', {
    run,
    target: endpointOf(target),
    keepNewer: false,
    ...(tables ? { tables } : {}),
  });
}

const EVERYTHING_STANDS = `SELECT (SELECT max(id) FROM things), (SELECT count(*) FROM pg_trigger WHERE tgrelid = 'things'::regclass),
  (SELECT count(*) FROM pg_policy), (SELECT conname FROM pg_constraint WHERE conrelid = 'reviews'::regclass AND contype = 'f')`;

const MEMBERS = `SELECT tablename, CASE WHEN tablename = 'things' THEN attnames END, rowfilter FROM pg_publication_tables ORDER BY 1`;

async function publishHeld(run: string) {
  const ends = { source: endpointOf(source), target: endpointOf(target) };
  for await (const _ of host.stream(
    'run.again',
    { run, ...ends, publish: true, takeOver: false },
    new AbortController().signal,
  ));
  return host.call('report.read', { run });
}

/** Triggers that fire, rules, policies, publications, keys from outside, views and routines on tables of a backup schema. */
const ON_BACKUPS = `
  WITH b AS (SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname LIKE 'drover%backup')
  SELECT 'trigger', tgname::text FROM pg_trigger WHERE tgrelid IN (SELECT oid FROM b) AND NOT tgisinternal
  UNION ALL SELECT 'rule', rulename FROM pg_rewrite WHERE ev_class IN (SELECT oid FROM b)
  UNION ALL SELECT 'policy', polname FROM pg_policy WHERE polrelid IN (SELECT oid FROM b)
  UNION ALL SELECT 'publication', prrelid::text FROM pg_publication_rel WHERE prrelid IN (SELECT oid FROM b)
  UNION ALL SELECT 'key', conname FROM pg_constraint
    WHERE contype = 'f' AND confrelid IN (SELECT oid FROM b) AND conrelid NOT IN (SELECT oid FROM b)
  UNION ALL SELECT 'other', pg_describe_object(classid, objid, objsubid) FROM pg_depend
    WHERE refclassid = 'pg_class'::regclass AND refobjid IN (SELECT oid FROM b)
      AND classid IN ('pg_rewrite'::regclass, 'pg_proc'::regclass)`;
