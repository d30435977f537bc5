// The databases of the benchmark: private servers and files, and fresh databases on them.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Family } from '../src/shared/model/connection.ts';
import { type Cell, openClient, type Address as Reachable } from '../test/support/client.ts';
import type { RunningServer } from '../test/support/servers/launch.ts';
import { startMariadb } from '../test/support/servers/mariadb.ts';
import { startMysql9 } from '../test/support/servers/mysql9.ts';
import { startPostgres, startPostgresFrom } from '../test/support/servers/postgres.ts';

export type EngineName = 'postgres' | 'mariadb' | 'mysql9' | 'sqlite';

/** A database of the benchmark; `name` is a path for SQLite. */
export interface Address extends Reachable {
  readonly engine: EngineName;
  readonly name: string;
}

export interface Engine {
  readonly name: EngineName;
  readonly family: Family;
  /** As it states its version. */
  readonly version: string;
  create(name: string): Promise<Address>;
  drop(address: Address): Promise<void>;
  stop(): Promise<void>;
}

/** Starts what was asked for; an engine that can't be had here is left out, with the reason in `missing`. */
export async function startEngines(
  names: readonly EngineName[],
  folder: string,
): Promise<{ readonly engines: readonly Engine[]; readonly missing: readonly string[] }> {
  const engines: Engine[] = [];
  const missing: string[] = [];
  for (const name of names) {
    try {
      const engine = await start(name, folder);
      if (typeof engine === 'string') missing.push(engine);
      else engines.push(engine);
    } catch (error) {
      missing.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { engines, missing };
}

async function start(name: EngineName, folder: string): Promise<Engine | string> {
  switch (name) {
    case 'postgres':
      return serverEngine('postgres', 'postgres', await startPostgres());
    case 'mariadb':
      return serverEngine('mariadb', 'mysql', await startMariadb());
    case 'mysql9': {
      const server = await startMysql9();
      return 'unavailable' in server ? server.unavailable : serverEngine('mysql9', 'mysql', server);
    }
    case 'sqlite':
      return sqliteEngine(folder);
  }
}

/** A PostgreSQL of another version, from the binaries in a folder. */
export async function postgresFrom(binaries: string): Promise<Engine> {
  return serverEngine('postgres', 'postgres', await startPostgresFrom(binaries));
}

async function serverEngine(name: EngineName, family: 'postgres' | 'mysql', server: RunningServer): Promise<Engine> {
  const administrator: Address = {
    engine: name,
    family,
    url: `${server.url}${family === 'postgres' ? 'postgres' : ''}`,
    password: server.password,
    name: '',
  };
  const version = await ask(administrator, family === 'postgres' ? 'SHOW server_version' : 'SELECT version()');
  return {
    name,
    family,
    version: version[0]?.[0] ?? 'unknown',
    async create(database) {
      const options = family === 'postgres' ? 'TEMPLATE template0' : 'CHARACTER SET utf8mb4';
      await run(administrator, `CREATE DATABASE ${database} ${options}`);
      return { ...administrator, url: `${server.url}${database}`, name: database };
    },
    async drop(address) {
      const force = family === 'postgres' ? 'WITH (FORCE)' : '';
      await run(administrator, `DROP DATABASE IF EXISTS ${address.name} ${force}`);
      // Or the writing of what was left behind falls into the next measurement.
      if (family === 'postgres') await run(administrator, 'CHECKPOINT');
    },
    stop: () => server.stop(),
  };
}

async function sqliteEngine(folder: string): Promise<Engine> {
  const at = (path: string): Address => ({
    engine: 'sqlite',
    family: 'sqlite',
    url: `sqlite:${path}`,
    password: null,
    name: path,
  });
  const version = await ask(at(':memory:'), 'SELECT sqlite_version()');
  return {
    name: 'sqlite',
    family: 'sqlite',
    version: version[0]?.[0] ?? 'unknown',
    create: (database) => Promise.resolve(at(join(folder, `${database}.db`))),
    drop(address) {
      for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(address.name + suffix, { force: true });
      return Promise.resolve();
    },
    stop: () => Promise.resolve(),
  };
}

export async function ask(address: Reachable, sql: string): Promise<Cell[][]> {
  const client = await openClient(address);
  try {
    return await client.ask(sql);
  } finally {
    await client.close();
  }
}

async function run(address: Reachable, script: string): Promise<void> {
  const client = await openClient(address);
  try {
    await client.run(script);
  } finally {
    await client.close();
  }
}

/** For clients that take the password in no other way. Only ever handed to drivers and to files of our own. */
export function withPassword({ url, password }: Reachable): string {
  const parsed = new URL(url);
  if (password !== null) parsed.password = encodeURIComponent(password);
  return parsed.href;
}
