// A question that nobody waits for any more: the database is told to stop, on every family.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/shared/contract.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { endpointOf, openHost, type TestHost } from '../support/engine.ts';

const ROWS = 5000;
/** No row of the table meets it, and to find that out takes longer than the test may. SQLite is stopped between two rows. */
const SLOW = {
  postgres: "(SELECT pg_sleep(300)::text || id) = 'x'",
  mariadb: 'SLEEP(300) = 2',
  sqlite:
    '(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) + items.id FROM n) < 0',
} as const;
const ASKED = {
  postgres:
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND state = 'active'",
  mariadb: "SELECT count(*) FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND STATE = 'User sleep'",
} as const;
const PATIENT = { timeout: 30_000 };

let host: TestHost;
beforeAll(() => {
  host = openHost();
});
afterAll(() => host?.close());

describe.each(['postgres', 'mariadb', 'sqlite'] as const)('%s', (server) => {
  let from: TestDatabase;
  let to: TestDatabase;
  let source: Endpoint;
  let project: Project;
  beforeAll(async () => {
    [from, to] = await Promise.all([freshDatabase(server), freshDatabase('sqlite')]);
    source = endpointOf(from);
    const rows = Array.from({ length: ROWS }, (_, i) => `(${i})`).join(', ');
    await from.run(`CREATE TABLE items (id integer PRIMARY KEY); INSERT INTO items VALUES ${rows}`);
    project = await host.call('map', { source, target: endpointOf(to), name: 'left' });
  });
  afterAll(() => Promise.all([from?.drop(), to?.drop()]));

  /** Leaves once the database is at it; nobody waits for the answer, and nothing asks any more. */
  async function leave(ask: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const call = new AbortController();
    const asked = ask(call.signal);
    asked.catch(() => undefined);
    // SQLite has no list of those who ask it.
    if (server === 'sqlite') await sleep(500);
    else await expect.poll(() => from.ask(ASKED[server]), PATIENT).toEqual([['1']]);
    call.abort();
    await expect(asked).rejects.toThrow();
    if (server !== 'sqlite') await expect.poll(() => from.ask(ASKED[server]), PATIENT).toEqual([['0']]);
  }

  test('a count of rows is stopped', () =>
    leave((signal) => host.call('map.count', { source, table: 'items', filter: SLOW[server] }, signal)));

  test('a preview and a look at rows are stopped', async () => {
    const [table] = project.tables;
    const filtered = { ...project, tables: [{ ...table!, filter: SLOW[server] }] };
    const preview = { source, target: endpointOf(to), project: filtered, table: table!, limit: 20 };
    await leave((signal) => host.call('map.preview', preview, signal));
    const look = { endpoint: source, side: 'source', table: 'items', limit: 100, filter: SLOW[server] } as const;
    await leave((signal) => host.call('inspect.sample', look, signal));
  });

  test('the next question is answered as ever', async () => {
    const count = await host.call(
      'map.count',
      { source, table: 'items', filter: 'id < 7' },
      new AbortController().signal,
    );
    expect(count).toEqual({ rows: ROWS, matching: 7 });
  });
});
