// A column profile's questions in PostgreSQL's words.

import type { Column, Table } from '../../../shared/model/catalog.ts';
import type { Access } from '../../../shared/model/connection.ts';
import {
  type ColumnProfiler,
  type ColumnWords,
  columnProfiler,
  type PlaceWords,
  type ProfilerOptions,
  type Rows,
  SHOWN_CHARACTERS,
} from '../column-profiler.ts';
import { tooSlow } from '../sampling.ts';
import { close, type Link, open } from './connection.ts';
import { type ServerError, sqlState, statementError } from './errors.ts';
import { scannable } from './profiler.ts';
import { literal, quote } from './syntax.ts';
import { cancelStatement } from './wire/cancel.ts';

/** SQLSTATE of a statement that took longer than it may, or was cancelled. */
const CANCELED = '57014';

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

function wordsOf({ name, logical }: Column): ColumnWords {
  const c = quote(name);
  const text = `${c}::text`;
  const plain: ColumnWords = {
    key: text,
    shown: cut(text),
    least: null,
    greatest: null,
    length: null,
    lengthUnit: 'character',
    counts: {},
    places: {},
  };
  switch (logical.kind) {
    case 'text':
    case 'enum':
      return {
        ...plain,
        ...extremes(text),
        length: `char_length(${text})`,
        counts: { empty: `${text} = ''`, padded: String.raw`${text} ~ '^\s|\s$'` },
      };
    case 'json':
      return {
        ...plain,
        length: `char_length(${text})`,
        counts: { nulCharacters: String.raw`${text} ~ '(^|[^\\])(\\\\)*\\u0000'` },
      };
    case 'binary':
      return {
        ...plain,
        key: c,
        shown: `'0x' || encode(substr(${c}, 1, ${SHOWN_CHARACTERS / 2}), 'hex')`,
        length: `octet_length(${c})`,
        lengthUnit: 'byte',
        counts: { empty: `octet_length(${c}) = 0` },
      };
    case 'integer':
      // By way of text, since oid knows no other.
      return numeric(plain, `${text}::numeric`, 'true');
    case 'decimal':
      return numeric(plain, `${c}::numeric`, `${c}::numeric - ${c}::numeric = 0`);
    case 'float':
      return numeric({ ...plain, key: c }, c, `${c} NOT IN ('NaN', 'Infinity', '-Infinity')`);
    case 'date':
    case 'timestamp':
      return {
        ...plain,
        ...extremes(c),
        key: c,
        places: { times: timePlace(c, `${c} >= '0001-01-01' AND ${c} < '10000-01-01'`) },
      };
    case 'time':
    case 'interval':
      return { ...plain, ...extremes(c) };
    case 'uuid':
      return { ...plain, ...extremes(text) };
    default:
      return plain;
  }
}

function numeric(plain: ColumnWords, value: string, finite: string): ColumnWords {
  const place: PlaceWords = {
    value,
    where: `${finite} AND ${value} IS NOT NULL`,
    text: (aggregate) => `${aggregate}::text`,
    edge: (edge) => edge,
  };
  const counts = finite === 'true' ? {} : { notFinite: `NOT (${finite})` };
  return { ...plain, ...extremes(value), key: value, counts, places: { numbers: place } };
}

function timePlace(value: string, where: string): PlaceWords {
  return { value, where, text: (aggregate) => `${aggregate}::text`, edge: literal };
}

function extremes(value: string): Pick<ColumnWords, 'least' | 'greatest'> {
  return { least: cut(`min(${value})::text`), greatest: cut(`max(${value})::text`) };
}

function cut(text: string): string {
  return `left(${text}, ${SHOWN_CHARACTERS + 1})`;
}
