// Talks to the databases without Drover: plain drivers with all parsing off, so that answers are the servers' own text.

import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import type { Family } from '../../src/shared/model/connection.ts';

export type Cell = string | null;

/** One connection for fixtures and questions. */
export interface Client {
  /** Runs a script of any number of statements. */
  run(script: string): Promise<void>;
  /** The rows of one query, every cell as the server writes it. */
  ask(sql: string): Promise<Cell[][]>;
  close(): Promise<void>;
}

export interface Address {
  readonly family: Family;
  /** Without a password. */
  readonly url: string;
  readonly password: string | null;
}

export function openClient(address: Address): Promise<Client> {
  switch (address.family) {
    case 'postgres':
      return openPostgres(address);
    case 'mysql':
      return openMysql(address);
    case 'sqlite':
      return Promise.resolve(openSqlite(address));
  }
}

async function openPostgres({ url, password }: Address): Promise<Client> {
  const client = new pg.Client({
    connectionString: withPassword(url, password),
    types: { getTypeParser: () => (value: string) => value },
  });
  client.on('error', () => {});
  await client.connect();
  await client.query("SET TIME ZONE 'UTC'");
  return {
    run: async (script) => void (await client.query(script)),
    ask: async (sql) => (await client.query<Cell[]>({ text: sql, rowMode: 'array' })).rows,
    close: () => client.end(),
  };
}

async function openMysql({ url, password }: Address): Promise<Client> {
  const connection = await mysql.createConnection({
    uri: withPassword(url, password),
    multipleStatements: true,
    rowsAsArray: true,
    charset: 'utf8mb4',

    typeCast: (field) => field.buffer()?.toString('utf8') ?? null,
  });
  // Zero dates and the like are what the tests are about: the fixtures must be able to make them.
  await connection.query("SET time_zone = '+00:00', sql_mode = 'NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'");
  return {
    run: async (script) => void (await connection.query(script)),
    ask: async (sql) => (await connection.query(sql))[0] as unknown as Cell[][],
    close: () => connection.end(),
  };
}

function openSqlite({ url }: Address): Client {
  const database = new Database(url.replace(/^sqlite:/, ''));
  database.pragma('foreign_keys = OFF');
  return {
    run: (script) => {
      database.exec(script);
      return Promise.resolve();
    },
    ask: (sql) => {
      const rows = database.prepare(sql).raw().safeIntegers().all() as unknown[][];
      return Promise.resolve(rows.map((row) => row.map(cellOf)));
    },
    close: () => {
      database.close();
      return Promise.resolve();
    },
  };
}

function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  return Buffer.isBuffer(value) ? value.toString('utf8') : String(value);
}

function withPassword(url: string, password: string | null): string {
  const parsed = new URL(url);
  if (password !== null) parsed.password = encodeURIComponent(password);
  return parsed.href;
}
