// Fills a source database from the prepared files, without Drover, and leaves it settled: indexed, and analysed where there are statistics.

import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import Database from 'better-sqlite3';
import mysql from 'mysql2/promise';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type Address, withPassword } from '../engines.ts';
import type { Prepared } from './prepare.ts';
import { type BenchTable, createStructure, createTables } from './tables.ts';

export async function fill(address: Address, prepared: Prepared, signal: AbortSignal): Promise<void> {
  switch (address.family) {
    case 'postgres':
      return fillPostgres(address, prepared, signal);
    case 'mysql':
      return fillMysql(address, prepared, signal);
    case 'sqlite':
      return fillSqlite(address, prepared, signal);
  }
}

async function fillPostgres(address: Address, { set, files }: Prepared, signal: AbortSignal): Promise<void> {
  const client = new pg.Client({ connectionString: withPassword(address) });
  client.on('error', () => {});
  await client.connect();
  try {
    for (const sql of createTables(set, 'postgres')) await client.query(sql);
    for (const { name } of set.tables) {
      const copy = client.query(copyFrom(`COPY ${name} FROM STDIN`));
      await pipeline(createReadStream(files.get(name)!, { highWaterMark: 1 << 20 }), copy, { signal });
    }
    for (const sql of createStructure(set, 'postgres')) await client.query(sql);
    for (const { name } of set.tables) {
      await client.query(`SELECT setval(pg_get_serial_sequence('${name}', 'id'), (SELECT max(id) FROM ${name}))`);
    }
    // Autovacuum would otherwise come in the middle of a measurement.
    await client.query('VACUUM (FREEZE, ANALYZE)');
    await client.query('CHECKPOINT');
  } finally {
    await client.end();
  }
}

async function fillMysql(address: Address, { set, files }: Prepared, signal: AbortSignal): Promise<void> {
  const connection = await mysql.createConnection({ uri: withPassword(address), charset: 'utf8mb4' });
  connection.on('error', () => {});
  try {
    await connection.query('SET foreign_key_checks = 0, unique_checks = 0');
    for (const sql of createTables(set, 'mysql')) await connection.query(sql);
    for (const { name } of set.tables) {
      signal.throwIfAborted();
      await connection.query({
        sql: `LOAD DATA LOCAL INFILE 'rows' INTO TABLE ${name} CHARACTER SET utf8mb4`,
        infileStreamFactory: () => createReadStream(files.get(name)!, { highWaterMark: 1 << 20, signal }),
      });
    }
    for (const sql of createStructure(set, 'mysql')) await connection.query(sql);
    await connection.query(`ANALYZE TABLE ${set.tables.map(({ name }) => name).join(', ')}`);
  } finally {
    connection.destroy();
  }
}

async function fillSqlite(address: Address, { set, files }: Prepared, signal: AbortSignal): Promise<void> {
  const database = new Database(address.name);
  try {
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('foreign_keys = OFF');
    for (const sql of createTables(set, 'sqlite')) database.exec(sql);
    for (const table of set.tables) await insertLines(database, table, files.get(table.name)!, signal);
    for (const sql of createStructure(set, 'sqlite')) database.exec(sql);
    // Not analysed: its statistics are tables too, which others would carry along.
    database.pragma('journal_mode = DELETE');
  } finally {
    database.close();
  }
}

async function insertLines(
  database: Database.Database,
  table: BenchTable,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  const marks = Object.keys(table.columns).map(() => '?');
  const insert = database.prepare(`INSERT INTO ${table.name} VALUES (${marks.join(', ')})`);
  let rest = '';
  database.exec('BEGIN');
  for await (const piece of createReadStream(file, { encoding: 'utf8', highWaterMark: 1 << 20, signal })) {
    const lines = (rest + String(piece)).split('\n');
    rest = lines.pop()!;
    for (const line of lines) insert.run(line.split('\t').map((field) => (field === '\\N' ? null : field)));
  }
  database.exec('COMMIT');
}
