// Killed while rows go into tables: the target holds all of them or none, knows which, and gives back what was there.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadDialect } from '../../src/engine/dialects/index.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { openClient } from '../support/client.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { dump } from '../support/dump.ts';
import { endpointOf, openHost, type TestHost } from '../support/engine.ts';
import { objectsOfRun } from '../support/leaks.ts';
import { program } from '../support/program.ts';
import { chosen, slice } from '../support/slice.ts';

vi.setConfig({ testTimeout: 180_000 });

const ROWS = 3000;
/** `pets` is made by the run, and its foreign key leads to the added rows. */
const SOURCE = `
  CREATE TABLE people (id integer PRIMARY KEY, name varchar(50));
  CREATE TABLE pets (id integer PRIMARY KEY, person_id integer, CONSTRAINT pets_person FOREIGN KEY (person_id) REFERENCES people (id));
  INSERT INTO people WITH RECURSIVE c(n) AS (SELECT 10 UNION ALL SELECT n + 1 FROM c LIMIT ${ROWS}) SELECT n, 'name ' || n FROM c;
  INSERT INTO pets SELECT id, id FROM people;`;
const TARGET = `CREATE TABLE people (id integer PRIMARY KEY, name varchar(50));
  INSERT INTO people VALUES (1, 'one'), (10, 'ten'), (11, 'name 11');`;

/** Held by somebody else, so that publishing waits in its middle. */
const HOLD = {
  postgres: 'BEGIN; LOCK TABLE people IN ROW EXCLUSIVE MODE',
  mariadb: 'START TRANSACTION; SELECT * FROM people FOR UPDATE',
  sqlite: 'BEGIN IMMEDIATE',
};

/** Publishing waits for what is held. */
const WAITS = {
  postgres: "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND relation = 'people'::regclass",
  mariadb: `SELECT IF(count(*) > 0, 't', 'f') FROM information_schema.INNODB_TRX
    JOIN information_schema.PROCESSLIST ON ID = trx_mysql_thread_id WHERE trx_state = 'LOCK WAIT' AND DB = DATABASE()`,
};
const PATIENT = { timeout: 60_000 };

describe.each(slice(['mariadb', 'postgres', 'sqlite'] as const, 1))('killed while adding rows on %s', (server) => {
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

  const project = async (): Promise<Project> => {
    const pair = { source: endpointOf(source), target: endpointOf(target) };
    const mapped = await host.call('map', { ...pair, name: 'test' });
    const tables = mapped.tables.map((table) =>
      table.source === 'people'
        ? { ...table, mode: 'upsert' as const }
        : { ...table, columns: table.columns.map((column) => ({ ...column, type: 'integer' })) },
    );
    return { ...mapped, tables };
  };

  /** Kills once publishing has begun and the moment has come; answers with the run. */
  const killed = async (mapped: Project, moment: (log: () => string) => Promise<unknown>): Promise<string> => {
    const script = fileURLToPath(new URL('../support/merge-process.ts', import.meta.url));
    const known = new Set(runs());
    const child = spawn(process.execPath, [script], { stdio: ['pipe', 'ignore', 'inherit'] });
    const { promise: ended, resolve } = Promise.withResolvers<void>();
    child.once('close', () => resolve());
    const pair = { source: endpointOf(source), target: endpointOf(target) };
    child.stdin.end(JSON.stringify({ home: host.home, worker: program('worker'), ...pair, project: mapped }));
    const run = (): string | undefined => runs().find((each) => !known.has(each));
    const log = (): string => {
      const file = join(host.home, 'runs', run() ?? '-', 'audit.ndjson');
      return existsSync(file) ? readFileSync(file, 'utf8') : '';
    };
    while (!log().includes('"publish","state":"running"') && child.exitCode === null) await sleep(1);
    await moment(log);
    child.kill('SIGKILL');
    await ended;
    return run()!;
  };
  const runs = (): string[] => {
    const folder = join(host.home, 'runs');
    return existsSync(folder) ? readdirSync(folder) : [];
  };

  /** What the target says of itself must be what is there; then all is taken back. */
  const recovers = async (run: string): Promise<string> => {
    const dialect = await loadDialect(target.family);
    const { connection } = dialect.url.parse(target.url);
    const access = { connection, password: target.password };
    const publisher = await dialect.openPublisher(access, { id: run, epoch: 1 });
    const state = await publisher.state();
    try {
      const [[people]] = (await target.ask('SELECT count(*) FROM people')) as [[string]];
      const pets = await target.ask('SELECT count(*) FROM pets').catch(() => null);
      const all = state === 'published';
      expect({ state, people, pets }).toEqual({
        state: expect.stringMatching(/^(staged|half published|published)$/),
        people: all ? String(ROWS + 1) : '3',
        pets: all ? [[String(ROWS)]] : state === 'half published' ? [[String(ROWS)]] : null,
      });
      expect(await publisher.merged()).toEqual(
        all
          ? [{ table: 'people', before: 3, added: ROWS - 2, updated: 1, skipped: 1, removed: 0, after: ROWS + 1 }]
          : [],
      );
    } finally {
      await publisher.close();
    }
    const asked = { run, target: endpointOf(target) };
    const { stands } = await host.call('run.standing', asked);
    expect(stands).toBe(state === 'published' ? 'published' : 'verified');
    await host.call('run.rollback', { ...asked, keepNewer: false });
    return state;
  };
  const asBefore = async (run: string): Promise<void> => {
    expect(await objectsOfRun(target, run, { drop: false })).toEqual(
      server === 'postgres' ? [expect.stringMatching(/^lock/)].slice(1) : [],
    );
    expect(await dump(target)).toBe(before);
  };

  it('while it waits for somebody else’s lock', async () => {
    const mapped = await project();
    const other = await openClient(target);
    // Staging writes into an SQLite file as well: there the lock must come later, and does in the test below.
    if (server === 'sqlite') return other.close();
    await other.run(HOLD[server]);
    const run = await killed(mapped, () => expect.poll(() => target.ask(WAITS[server]), PATIENT).toEqual([['t']]));
    await other.run('ROLLBACK');
    await other.close();
    expect(await recovers(run)).toBe(server === 'mariadb' ? 'half published' : 'staged');
    await asBefore(run);
  });

  it('at any moment, it is all or nothing', async () => {
    const mapped = await project();
    for (const delay of chosen(`killed while adding ${server}`, [0, 10, 25, 60, 120, 250], 2)) {
      const run = await killed(mapped, () => sleep(delay));
      await recovers(run);
      await asBefore(run);
    }
    const published = (log: () => string) => expect.poll(log, PATIENT).toContain('"confirm","state":"running"');
    const run = await killed(mapped, published);
    expect(await recovers(run)).toBe('published');
    await asBefore(run);
  });
});
