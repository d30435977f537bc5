// What somebody makes on a table in the moment in which it is replaced: it must not stay behind on the old one unseen.

import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Dialect } from '../../src/engine/dialects/dialect.ts';
import { loadDialect } from '../../src/engine/dialects/index.ts';
import { startRun } from '../../src/engine/running.ts';
import { type Client, openClient } from '../support/client.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, openHost, type TestHost } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { program } from '../support/program.ts';
import { beforeCall } from '../support/rolling-back.ts';

let host: TestHost;
let source: TestDatabase;
let target: TestDatabase;
beforeEach(async () => {
  host = openHost();
  source = await freshDatabase('sqlite');
  await source.run('CREATE TABLE things (id integer PRIMARY KEY, name varchar(20)); INSERT INTO things VALUES (1, 2)');
});
afterEach(async () => {
  await source.drop();
  await target.drop();
  host.close();
});

it('on PostgreSQL a view that is being made when publishing begins serves the new table', async () => {
  await prepare('postgres');
  await whilePublishing('CREATE VIEW late AS SELECT id FROM things').expectPublished();
  expect(await target.ask('SELECT * FROM late')).toEqual([['1']]);
});

it.each([
  ['can never be', 'CREATE TABLE late () INHERITS (things)', /child table public\.late/],
  ['does not fit', 'CREATE VIEW late AS SELECT was FROM things', /view public\.late \(it uses the column was/],
])('on PostgreSQL what %s carried is found under the lock, and refused', async (_, sql, cause) => {
  await prepare('postgres', 'was text');
  await whilePublishing(sql).expectRefused(cause);
});

/** Somebody's transaction is open when publishing asks for its locks. */
function whilePublishing(sql: string) {
  return replacedWith((dialect) =>
    beforeCall(dialect, 'publish', async () => {
      const client = await openClient(target);
      await client.run(`BEGIN; ${sql}`);
      void commitOnceAwaited(client);
    }),
  );
}

/** Publishing waits for the lock of `things`. */
const WAITING = "SELECT EXISTS (SELECT FROM pg_locks WHERE relation = 'things'::regclass AND NOT granted)";

async function commitOnceAwaited(client: Client): Promise<void> {
  try {
    await expect.poll(() => client.ask(WAITING), { timeout: 30_000 }).toEqual([['t']]);
  } finally {
    await client.run('COMMIT');
    await client.close();
  }
}

const KEY = 'ALTER TABLE other ADD CONSTRAINT late FOREIGN KEY (thing) REFERENCES things (id)';

it('on MariaDB a foreign key that is made just before is found', async () => {
  await prepare('mariadb');
  await replacedWith((dialect) => beforeCall(dialect, 'publish', () => target.run(KEY))).expectRefused(/other\.late/);
  await target.run('ALTER TABLE other DROP FOREIGN KEY late');
});

it('on MariaDB one that is made between the look and the renaming is found after it, and all goes back', async () => {
  await prepare('mariadb');
  await replacedWith(afterLook(() => target.run(KEY))).expectRefused(/foreign key late of .*\.other on things/);
  await target.run('ALTER TABLE other DROP FOREIGN KEY late');
});

async function prepare(server: 'postgres' | 'mariadb', more = 'more integer'): Promise<void> {
  target = await freshDatabase(server);
  await target.run(`CREATE TABLE things (id bigint PRIMARY KEY, ${more}); INSERT INTO things (id) VALUES (7);
    CREATE TABLE other (thing bigint)`);
}

/** A run through a dialect that somebody else acts within. */
function replacedWith(meddle: (dialect: Dialect) => Dialect) {
  const ports = {
    home: host.home,
    workerUrl: pathToFileURL(program('worker')),
    version: 'test',
    recall: null as never,
    environment: {},
  };
  const opened = async (database: TestDatabase) => {
    const dialect = await loadDialect(database.family);
    const { connection } = dialect.url.parse(database.url);
    return { dialect, url: database.url, access: { connection, password: database.password } };
  };
  const ran = async () => {
    const pair = { source: endpointOf(source), target: endpointOf(target) };
    const project = await host.call('map', { ...pair, name: 'test', mode: 'replace' });
    const plan = await host.call('plan', { ...pair, project });
    const to = await opened(target);
    const sides = { source: await opened(source), target: { ...to, dialect: meddle(to.dialect) } };
    const { run, over } = await startRun(sides, project, plan, { options: {} }, ports);
    await over;
    return host.call('report.read', { run });
  };
  return {
    async expectPublished(): Promise<void> {
      const { summary } = await ran();
      expect((await host.call('runs', {}))[0]?.state, summary).toBe('published');
    },
    async expectRefused(cause: RegExp): Promise<void> {
      const before = await target.ask('SELECT * FROM things');
      const { run, error, summary } = await ran();
      expect({ code: error?.code, cause: error?.cause }, summary).toEqual({
        code: 'run.source-changed',
        cause: expect.stringMatching(cause),
      });
      expect((await host.call('runs', {}))[0]?.state).toBe('rolled back');
      expect(await target.ask('SELECT * FROM things')).toEqual(before);
      expect(await objectsOfRun(target, run, { drop: false })).toEqual([]);
      expect(await dump(target)).toContain('late');
    },
  };
}

function afterLook(act: () => Promise<void>): (dialect: Dialect) => Dialect {
  return (dialect) => ({
    ...dialect,
    async openPublisher(access, run) {
      const real = await dialect.openPublisher(access, run);
      return {
        ...real,
        publish: (publication, options = {}) =>
          real.publish(publication, {
            ...options,
            async look(dependants) {
              await options.look?.(dependants);
              await act();
            },
          }),
      };
    },
  });
}
