// A fresh database for a test, on any family, gone when the test is.

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { inject } from 'vitest';
import type { Family } from '../../src/shared/model/connection.ts';
import { type Address, type Cell, openClient } from './client.ts';
import type { ServerAddress } from './servers/shared.ts';

/** The servers that tests run on; the last only in the project mysql9. */
export const servers = ['postgres', 'mariadb', 'sqlite', 'mysql9'] as const;
export type ServerName = (typeof servers)[number];

export interface TestDatabase extends Address {
  readonly server: ServerName;
  /** Name of the database, or path of the file. */
  readonly name: string;
  run(script: string): Promise<void>;
  ask(sql: string): Promise<Cell[][]>;
  drop(): Promise<void>;
}

export function familyOf(server: ServerName): Family {
  return server === 'mariadb' || server === 'mysql9' ? 'mysql' : server;
}

/** Why this server can't be tested here, or null. */
export function unavailable(server: ServerName): string | null {
  if (server !== 'mysql9') return null;
  const address = inject('mysql9');
  return 'unavailable' in address ? address.unavailable : null;
}

/** Makes an empty database. Its `drop` fails nothing: what hangs on it is dropped with it. */
export function freshDatabase(server: ServerName): Promise<TestDatabase> {
  return server === 'sqlite'
    ? Promise.resolve(freshFile())
    : namedDatabase(server, `t_${randomBytes(6).toString('hex')}`);
}

/** An empty database whose name somebody will read. */
export async function namedDatabase(server: Exclude<ServerName, 'sqlite'>, name: string): Promise<TestDatabase> {
  const family = familyOf(server);
  const address = addressOf(server);
  const administrator = {
    family,
    url: `${address.url}${family === 'postgres' ? 'postgres' : ''}`,
    password: address.password,
  };
  const create =
    family === 'postgres'
      ? `CREATE DATABASE ${name} TEMPLATE template0`
      : `CREATE DATABASE ${name} CHARACTER SET utf8mb4`;
  await once(administrator, (client) => client.run(create));
  const own = { family, url: `${address.url}${name}`, password: address.password };
  return {
    ...own,
    server,
    name,
    run: (script) => once(own, (client) => client.run(script)),
    ask: (sql) => once(own, (client) => client.ask(sql)),
    drop: () =>
      once(administrator, (client) =>
        client.run(
          family === 'postgres' ? `DROP DATABASE IF EXISTS ${name} WITH (FORCE)` : `DROP DATABASE IF EXISTS ${name}`,
        ),
      ),
  };
}

function freshFile(): TestDatabase {
  const folder = mkdtempSync(join(inject('scratch'), 'sqlite-'));
  const path = join(folder, 'data.db');
  new Database(path).exec('VACUUM').close();
  const own = { family: 'sqlite' as const, url: `sqlite:${path}`, password: null };
  return {
    ...own,
    server: 'sqlite',
    name: path,
    run: (script) => once(own, (client) => client.run(script)),
    ask: (sql) => once(own, (client) => client.ask(sql)),
    drop: () => {
      rmSync(folder, { recursive: true, force: true });
      return Promise.resolve();
    },
  };
}

function addressOf(server: Exclude<ServerName, 'sqlite'>): ServerAddress {
  const address = inject(server);
  if ('unavailable' in address) throw new Error(address.unavailable);
  return address;
}

async function once<T>(
  address: Address,
  use: (client: Awaited<ReturnType<typeof openClient>>) => Promise<T>,
): Promise<T> {
  const client = await openClient(address);
  try {
    return await use(client);
  } finally {
    await client.close();
  }
}
