// Runs that leave tables out, beyond what a scenario folder can say: rolled back, retried, told, and on a source whose
// snapshot can't be joined again.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Project } from '../../src/shared/model/mapping.ts';
import type { Report } from '../../src/shared/model/report.ts';
import { freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, type Migration, migrate, openHost, type TestHost } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';

const SOURCE = `
CREATE TABLE regions (id integer PRIMARY KEY, name varchar(20));
INSERT INTO regions VALUES (1, 'north'), (2, 'south');
CREATE TABLE customers (id integer PRIMARY KEY, email varchar(80));
INSERT INTO customers VALUES (1, 'ada@example.com'), (2, 'nowhere'), (3, 'nobody');
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, FOREIGN KEY (customer_id) REFERENCES customers (id));
INSERT INTO orders VALUES (10, 1);
`;

const BEFORE = `
CREATE TABLE regions (id integer PRIMARY KEY, name varchar(20));
INSERT INTO regions VALUES (9, 'old');
CREATE TABLE customers (id integer PRIMARY KEY, email varchar(80));
INSERT INTO customers VALUES (7, 'old@example.com');
CREATE TABLE orders (id integer PRIMARY KEY, customer_id integer, FOREIGN KEY (customer_id) REFERENCES customers (id));
INSERT INTO orders VALUES (70, 7);
`;

let host: TestHost;
let source: TestDatabase;
let target: TestDatabase;
beforeEach(() => {
  host = openHost();
});
afterEach(async () => {
  await source.drop();
  await target.drop();
  host.close();
});

describe.each([
  ['mariadb', 'postgres', 'replace'],
  ['postgres', 'mariadb', 'replace'],
  ['postgres', 'mariadb', 'append'],
  ['postgres', 'sqlite', 'replace'],
] as const)('%s → %s, %s', (from, to, mode) => {
  test('only what was published is rolled back, and a retry says what it can’t bring', async () => {
    await prepare(from, to);
    const before = await dump(target);
    const { finished, logs } = await migrate(host, source, target, { mode, edit: withSkip });
    const run = finished?.run ?? '';
    expect(finished).toMatchObject({ state: 'published', verdict: 'partial' });
    expect(logs.join('\n')).toContain('customers is left out, and with it orders: ');
    expect(await target.ask('SELECT id FROM regions WHERE id < 9 ORDER BY id')).toEqual([['1'], ['2']]);
    expect(await target.ask('SELECT id FROM customers')).toEqual([['7']]);

    const checkpoint = JSON.parse(readFileSync(join(finished?.folder ?? '', 'checkpoint.json'), 'utf8'));
    expect(checkpoint).toMatchObject({ tables_completed: ['regions'], tables_left_out: ['customers', 'orders'] });
    const report = await host.call('report.read', { run });
    expect(report.summary).toContain('2 tables left out (customers and orders); of the others all 2 rows arrived');
    const pair = { source: endpointOf(source), target: endpointOf(target) };
    const again = await host.call('run.verify', { run, ...pair });
    expect(again.summary).toContain('; 2 tables were not compared');
    await expect(host.call('run.retry', { run, project: null, table: null })).rejects.toThrow('left out as a whole');

    const undone = await host.call('run.rollback', { run, target: endpointOf(target), keepNewer: false });
    expect(undone).toEqual({ restored: ['regions'], removed: [], kept: [], staying: [] });
    expect(await dump(target)).toBe(before);
  });
});

// Breaking a scan off costs a MySQL reader its connection, and with it the snapshot that the tables to come need.
test('the other tables are read in the same snapshot', async () => {
  source = await freshDatabase('mariadb');
  target = await freshDatabase('sqlite');
  await source.run(`
    CREATE TABLE big (id integer PRIMARY KEY, email varchar(80), filling varchar(200));
    INSERT INTO big SELECT seq, 'nowhere', REPEAT('x', 200) FROM seq_1_to_200000;
    CREATE TABLE small (id integer PRIMARY KEY);
    INSERT INTO small VALUES (1)`);
  const { finished, errors } = await migrate(host, source, target, {
    options: { workers: 1 },
    edit: (project) => withSteps(project, 'big'),
  });
  expect(errors).toEqual([]);
  expect(finished?.verdict).toBe('partial');
  expect(await leftOf(finished)).toEqual([['big', 'transform.refused']]);
  expect(await target.ask('SELECT id FROM small')).toEqual([['1']]);
});

test('a difference leaves its table out and is told', async () => {
  source = await freshDatabase('mariadb');
  target = await freshDatabase('postgres');
  await source.run(`
    CREATE TABLE notes (id integer PRIMARY KEY, note varchar(20));
    INSERT INTO notes VALUES (1, 'right'), (2, 'right');
    CREATE TABLE others (id integer PRIMARY KEY);
    INSERT INTO others VALUES (1)`);
  // A server that changes a row on its way into staging; only the comparison can find it.
  await target.run(`
    CREATE FUNCTION spoil() RETURNS trigger LANGUAGE plpgsql AS
      $$ BEGIN IF NEW.id = 2 THEN NEW.note := 'wrong'; END IF; RETURN NEW; END $$;
    CREATE FUNCTION hook() RETURNS event_trigger LANGUAGE plpgsql AS
      $$ DECLARE made record; BEGIN
        FOR made IN SELECT object_identity AS name FROM pg_event_trigger_ddl_commands()
          WHERE command_tag = 'CREATE TABLE' AND object_identity LIKE 'drover%.notes'
        LOOP EXECUTE format('CREATE TRIGGER spoil BEFORE INSERT ON %s FOR EACH ROW EXECUTE FUNCTION public.spoil()', made.name);
        END LOOP; END $$;
    CREATE EVENT TRIGGER hook ON ddl_command_end EXECUTE FUNCTION hook()`);
  const { finished } = await migrate(host, source, target, {
    edit: (project) => ({ ...project, errors: { onError: 'skip' } }),
  });
  expect(finished?.verdict).toBe('partial');
  expect(await leftOf(finished)).toEqual([['notes', 'verify.different']]);
  const { left } = await host.call('report.read', { run: finished?.run ?? '' });
  expect(left[0]?.differences).toMatchObject([{ kind: 'changed', key: { id: '2' }, column: 'note' }]);
  const { text } = await host.call('report.export', { run: finished?.run ?? '', format: 'md' });
  expect(text).toContain('| changed | id = 2 | note |');
});

async function prepare(from: ServerName, to: ServerName): Promise<void> {
  source = await freshDatabase(from);
  target = await freshDatabase(to);
  await source.run(SOURCE);
  await target.run(BEFORE);
}

function withSkip(project: Project): Project {
  return withSteps(project, 'customers');
}

function withSteps(project: Project, name: string): Project {
  return {
    ...project,
    tables: project.tables.map((table) =>
      table.source !== name
        ? table
        : {
            ...table,
            errors: { onError: 'skip' },
            columns: table.columns.map((column) =>
              column.source === 'email' ? { ...column, steps: [{ do: 'email' }] } : column,
            ),
          },
    ),
  };
}

async function leftOf(finished: Migration['finished']): Promise<unknown[][]> {
  const report: Report = await host.call('report.read', { run: finished?.run ?? '' });
  await objectsOfRun(target, finished?.run ?? null, { drop: true });
  return report.left.map(({ target: name, reason }) => [name, reason.code]);
}
