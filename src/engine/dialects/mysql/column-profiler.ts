// A column profile's questions in MySQL's and MariaDB's words.

import type { Table } from '../../../shared/model/catalog.ts';
import type { Access } from '../../../shared/model/connection.ts';
import {
  type ColumnProfiler,
  columnProfiler,
  firstRows,
  type ProfilerOptions,
  type Rows,
  stretches,
} from '../column-profiler.ts';
import { tooSlow } from '../sampling.ts';
import { isMariaDb } from './capabilities.ts';
import { wordsOf } from './column-words.ts';
import { type Link, open } from './connection.ts';
import { isTimeout, telling } from './errors.ts';
import { qualified, quote } from './syntax.ts';

export async function openProfiler(access: Access, table: Table, options: ProfilerOptions): Promise<ColumnProfiler> {
  const { signal, seconds } = options;
  const link = await open(access, 'source');
  const stop = (): void => void kill(access, link);
  signal.addEventListener('abort', stop, { once: true });
  const close = async (): Promise<void> => {
    signal.removeEventListener('abort', stop);
    await link.close();
  };
  try {
    const limit = isMariaDb(link.server) ? `max_statement_time = ${seconds}` : `max_execution_time = ${seconds * 1000}`;
    const doing = { what: `Looking at ${table.name} failed`, code: 'inspect.failed' } as const;
    await telling(doing, () => link.query(`SET SESSION ${limit}`));
    const from = qualified(link.database, table.name);
    const ask = (sql: string) => askRows(link, sql, table.name, seconds, signal);
    const key = await keyOf(table, from, options.rows, ask);
    const rows = (limit: number): Rows =>
      table.rowEstimate > limit
        ? ((key && stretches(key.name, from, key.least, key.greatest, limit)) ?? firstRows(from, limit))
        : { from: () => from, method: null };
    return columnProfiler({
      rows: rows(options.rows),
      few: rows,
      estimate: table.rowEstimate,
      quote,
      words: (column) => wordsOf(column, link.server),
      ask,
      close,
    });
  } catch (error) {
    await close();
    throw error;
  }
}

async function askRows(
  link: Link,
  sql: string,
  table: string,
  seconds: number,
  signal: AbortSignal,
): Promise<(string | null)[][]> {
  signal.throwIfAborted();
  try {
    const doing = { what: `Looking at ${table} failed`, code: 'inspect.failed', where: { table } } as const;
    return await telling(doing, async () => {
      const rows = await link.query(sql).catch((error) => {
        throw isTimeout(error) ? tooSlow(table, seconds) : error;
      });
      return rows.map((row) => Object.values(row).map((value) => (value === null ? null : String(value))));
    });
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

/** A statement is only stopped from another connection; whoever asks then gets an error of it. */
async function kill(access: Access, { id }: Link): Promise<void> {
  try {
    const helper = await open(access, 'source');
    await helper.query(`KILL QUERY ${id}`).catch(() => undefined);
    await helper.close();
  } catch {
    // It ends by its own limit of time.
  }
}

interface Key {
  readonly name: string;
  readonly least: bigint;
  readonly greatest: bigint;
}

/** The primary key where it is one whole number; its ends are read off the index. */
async function keyOf(
  table: Table,
  from: string,
  rows: number,
  ask: (sql: string) => Promise<(string | null)[][]>,
): Promise<Key | null> {
  const names = table.primaryKey?.columns ?? [];
  const column = table.columns.find(({ name }) => name === names[0]);
  if (names.length !== 1 || column?.logical.kind !== 'integer' || table.rowEstimate <= Math.min(rows, 1000))
    return null;
  const name = quote(column.name);
  const [answer] = await ask(`SELECT CAST(MIN(${name}) AS CHAR) AS a, CAST(MAX(${name}) AS CHAR) AS b FROM ${from}`);
  const [least, greatest] = answer ?? [];
  return least == null || greatest == null ? null : { name, least: BigInt(least), greatest: BigInt(greatest) };
}
