// A column profile's questions in PostgreSQL's words.

import type { Table } from '../../../shared/model/catalog.ts';
import type { Access } from '../../../shared/model/connection.ts';
import { type ColumnProfiler, columnProfiler, type ProfilerOptions, type Rows } from '../column-profiler.ts';
import { tooSlow } from '../sampling.ts';
import { wordsOf } from './column-words.ts';
import { close, type Link, open } from './connection.ts';
import { type ServerError, sqlState, statementError } from './errors.ts';
import { scannable } from './profiler.ts';
import { quote } from './syntax.ts';
import { CANCELED } from './timed.ts';
import { cancelStatement } from './wire/cancel.ts';

export async function openProfiler(access: Access, table: Table, options: ProfilerOptions): Promise<ColumnProfiler> {
  const link = await open(access, 'source', 'profile');
  const { client } = link;
  const { signal, seconds } = options;
  const stop = (): void => void cancelStatement(client, link.dialled);
  signal.addEventListener('abort', stop, { once: true });
  const ask = (sql: string) => askRows(link, sql, table.name, seconds, signal);
  try {
    await client.query(`SET statement_timeout = ${seconds * 1000}`);
    const from = await scannable(client, { name: table.name, staging: null });
    return columnProfiler({
      rows: table.rowEstimate > options.rows ? sample(from, table.rowEstimate, options.rows) : whole(from),
      few: (limit) => (table.rowEstimate > limit ? sample(from, table.rowEstimate, limit) : whole(from)),
      estimate: table.rowEstimate,
      quote,
      words: wordsOf,
      ask,
      async close() {
        signal.removeEventListener('abort', stop);
        await close(client);
      },
    });
  } catch (error) {
    signal.removeEventListener('abort', stop);
    await close(client);
    throw statementError(error, { what: `Looking at ${table.name} failed`, code: 'inspect.failed' });
  }
}

async function askRows({ client }: Link, sql: string, table: string, seconds: number, signal: AbortSignal) {
  signal.throwIfAborted();
  try {
    return (await client.query<(string | null)[]>({ text: sql, rowMode: 'array' })).rows;
  } catch (error) {
    signal.throwIfAborted();
    if (sqlState(error as ServerError) === CANCELED) throw tooSlow(table, seconds);
    throw statementError(error, { what: `Looking at ${table} failed`, code: 'inspect.failed', where: { table } });
  }
}

function whole(from: string): Rows {
  return { from: () => from, method: null };
}

/** Pages picked at random, the same ones for every question. */
function sample(from: string, estimate: number, rows: number): Rows {
  const share = Math.min(100, (rows / estimate) * 100);
  return {
    from: (column) => `(SELECT ${column} FROM ${from} TABLESAMPLE SYSTEM (${share}) REPEATABLE (1)) AS sample`,
    method: 'pages picked at random',
  };
}
