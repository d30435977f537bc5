// A question that nobody waits for any more: the database is told to stop, on every family.

import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Endpoint } from '../../src/shared/contract.ts';
import type { Project } from '../../src/shared/model/mapping.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { endpointOf, openHost, type TestHost } from '../support/engine.ts';

/** Far longer than it may take to be given up. */
const SLOW = {
  postgres: "(SELECT pg_sleep(30)::text || id) IS DISTINCT FROM 'x'",
  mariadb: 'SLEEP(30) = 1',
  sqlite:
    '(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000) SELECT max(i) + items.id FROM n) > 0',
} as const;
const STILL_ASKED = {
  postgres:
    "SELECT count(*) FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()",
  mariadb: "SELECT count(*) FROM information_schema.PROCESSLIST WHERE STATE = 'User sleep'",
} as const;
const SOON_MS = 3000;

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
    const rows = Array.from({ length: 200 }, (_, i) => `(${i})`).join(', ');
    await from.run(`CREATE TABLE items (id integer PRIMARY KEY); INSERT INTO items VALUES ${rows}`);
    project = await host.call('map', { source, target: endpointOf(to), name: 'left' });
  });
  afterAll(() => Promise.all([from?.drop(), to?.drop()]));

  /** Leaves after a moment; how long it then took, in milliseconds. */
  async function left(ask: (signal: AbortSignal) => Promise<unknown>): Promise<number> {
    const call = new AbortController();
    const asked = ask(call.signal);
    asked.catch(() => undefined);
    await sleep(1000);
    const start = performance.now();
    call.abort();
    await expect(asked).rejects.toThrow();
    return performance.now() - start;
  }

  async function expectNobodyAsked(): Promise<void> {
    if (server === 'sqlite') return;
    await expect.poll(() => from.ask(STILL_ASKED[server]), { timeout: SOON_MS }).toEqual([['0']]);
  }

  test('a count of rows is stopped', async () => {
    const took = await left((signal) =>
      host.call('map.count', { source, table: 'items', filter: SLOW[server] }, signal),
    );
    expect(took).toBeLessThan(SOON_MS);
    await expectNobodyAsked();
  });

  test('a preview and a look at rows are stopped', async () => {
    const [table] = project.tables;
    const filtered = { ...project, tables: [{ ...table!, filter: SLOW[server] }] };
    const preview = { source, target: endpointOf(to), project: filtered, table: table!, limit: 20 };
    expect(await left((signal) => host.call('map.preview', preview, signal))).toBeLessThan(SOON_MS);
    await expectNobodyAsked();
    const look = { endpoint: source, side: 'source', table: 'items', limit: 100, filter: SLOW[server] } as const;
    expect(await left((signal) => host.call('inspect.sample', look, signal))).toBeLessThan(SOON_MS);
    await expectNobodyAsked();
  });

  test('the next question is answered as ever', async () => {
    const count = await host.call(
      'map.count',
      { source, table: 'items', filter: 'id < 7' },
      new AbortController().signal,
    );
    expect(count).toEqual({ rows: 200, matching: 7 });
  });
});
