// What the conformance suite knows of the server under test: its dialect, its fixtures, and how to open things on it.

import { readFileSync } from 'node:fs';
import type { Dialect } from '../../src/engine/dialects/dialect.ts';
import type { RunIdentity } from '../../src/engine/dialects/session.ts';
import type { Catalog } from '../../src/shared/model/catalog.ts';
import type { Access, Family } from '../../src/shared/model/connection.ts';
import { familyOf, freshDatabase, type ServerName, type TestDatabase } from '../support/database.ts';

const dialectOf: Record<Family, () => Promise<Dialect>> = {
  postgres: async () => (await import('../../src/engine/dialects/postgres/index.ts')).postgres,
  mysql: async () => (await import('../../src/engine/dialects/mysql/index.ts')).mysql,
  sqlite: async () => (await import('../../src/engine/dialects/sqlite/index.ts')).sqlite,
};

export interface Contestant {
  readonly server: ServerName;
  readonly family: Family;
  readonly dialect: Dialect;
}

export async function contestant(server: ServerName): Promise<Contestant> {
  const family = familyOf(server);
  return { server, family, dialect: await dialectOf[family]() };
}

/** A fresh database of the contestant with a fixture in it. */
export async function databaseWith(
  { server, family }: Pick<Contestant, 'server' | 'family'>,
  fixture?: string,
): Promise<TestDatabase> {
  const database = await freshDatabase(server);
  if (fixture) await database.run(readFixture(fixture, family));
  return database;
}

export function readFixture(name: string, family: Family): string {
  return readFileSync(new URL(`fixtures/${name}.${family}.sql`, import.meta.url), 'utf8');
}

export function accessTo(dialect: Dialect, database: Pick<TestDatabase, 'url' | 'password'>): Access {
  return { connection: dialect.url.parse(database.url).connection, password: database.password };
}

export async function catalogOf(dialect: Dialect, database: Pick<TestDatabase, 'url' | 'password'>): Promise<Catalog> {
  const session = await dialect.connect(accessTo(dialect, database), { role: 'source' });
  try {
    return await session.inspect();
  } finally {
    await session.close();
  }
}

let runs = 0;

/** A run that no other test has. */
export function newRun(epoch = 1): RunIdentity {
  runs++;
  const unique = `${process.pid.toString(36)}${runs.toString(36)}${Date.now().toString(36)}`;
  return { id: unique.slice(-12).padStart(12, '0'), epoch };
}
