// A column profile's questions in MySQL's and MariaDB's words.

import type { Column, Table } from '../../../shared/model/catalog.ts';
import type { Access } from '../../../shared/model/connection.ts';
import {
  type ColumnProfiler,
  type ColumnWords,
  columnProfiler,
  firstRows,
  type PlaceWords,
  type ProfilerOptions,
  type Rows,
  SHOWN_CHARACTERS,
  stretches,
} from '../column-profiler.ts';
import { tooSlow } from '../sampling.ts';
import { isMariaDb } from './capabilities.ts';
import { type Link, open } from './connection.ts';
import { isTimeout, telling } from './errors.ts';
import { readExpression } from './select.ts';
import { literal, qualified, quote } from './syntax.ts';

/** Longer texts are grouped by their digest: the server sorts and compares long ones by their beginning. */
const GROUPED_BYTES = 255;

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
      words: (column) => wordsOf(column, link),
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

function wordsOf({ name, native, logical }: Column, { server }: Link): ColumnWords {
  const c = quote(name);
  const value = readExpression(c, native, logical, server.variant);
  const text = `CAST(${value} AS CHAR)`;
  const plain: ColumnWords = {
    key: grouped(`CAST(${text} AS BINARY)`),
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
    case 'set':
    case 'json': {
      const words = `CONVERT(${c} USING utf8mb4)`;
      const bytes = `CAST(${words} AS BINARY)`;
      return {
        ...plain,
        key: grouped(bytes),
        shown: cut(words),
        ...(logical.kind === 'json' ? {} : extremes(c, (aggregate) => cut(`CONVERT(${aggregate} USING utf8mb4)`))),
        length: `CHAR_LENGTH(${c})`,
        counts: {
          nulCharacters:
            logical.kind === 'json' ? `LOCATE('\\\\u0000', ${words}) > 0` : `LOCATE(CHAR(0), ${bytes}) > 0`,
          ...(logical.kind === 'json'
            ? {}
            : { empty: `OCTET_LENGTH(${c}) = 0`, padded: `OCTET_LENGTH(TRIM(${words})) <> OCTET_LENGTH(${words})` }),
        },
      };
    }
    case 'binary':
      return {
        ...plain,
        key: grouped(c),
        shown: `CONCAT('0x', HEX(LEFT(${c}, ${SHOWN_CHARACTERS / 2})))`,
        length: `OCTET_LENGTH(${c})`,
        lengthUnit: 'byte',
        counts: { empty: `OCTET_LENGTH(${c}) = 0` },
      };
    case 'boolean':
    case 'integer':
    case 'decimal':
    case 'float':
      return {
        ...plain,
        key: value,
        ...extremes(value, (aggregate) => `CAST(${aggregate} AS CHAR)`),
        places: { numbers: place(value, `${c} IS NOT NULL`, (edge) => edge) },
      };
    case 'date':
    case 'timestamp': {
      const zero = `${text} LIKE '0000%' OR SUBSTR(${text}, 6, 2) = '00' OR SUBSTR(${text}, 9, 2) = '00'`;
      return {
        ...plain,
        key: c,
        ...extremes(c, (aggregate) => `CAST(${aggregate} AS CHAR)`),
        counts: { zeroDates: zero },
        places: { times: place(c, `${c} IS NOT NULL AND NOT (${zero})`, literal) },
      };
    }
    case 'time':
      return { ...plain, key: c, ...extremes(c, (aggregate) => `CAST(${aggregate} AS CHAR)`) };
    case 'bit': {
      const bits = `LPAD(BIN(${c} + 0), ${logical.length ?? 1}, '0')`;
      return { ...plain, key: `${c} + 0`, shown: bits, ...extremes(bits, (aggregate) => aggregate) };
    }
    case 'uuid':
      return { ...plain, ...extremes(text, (aggregate) => aggregate) };
    default:
      return plain;
  }
}

function place(value: string, where: string, edge: PlaceWords['edge']): PlaceWords {
  return { value, where, text: (aggregate) => `CAST(${aggregate} AS CHAR)`, edge };
}

function extremes(value: string, text: (aggregate: string) => string): Pick<ColumnWords, 'least' | 'greatest'> {
  return { least: text(`MIN(${value})`), greatest: text(`MAX(${value})`) };
}

function grouped(bytes: string): string {
  return `CAST(IF(OCTET_LENGTH(${bytes}) > ${GROUPED_BYTES}, SHA2(${bytes}, 256), ${bytes}) AS BINARY)`;
}

function cut(text: string): string {
  return `LEFT(${text}, ${SHOWN_CHARACTERS + 1})`;
}
