// A column profile's questions in SQLite's words. The driver holds up its thread, so it is asked from a worker.

import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import type { Column, Table } from '../../../shared/model/catalog.ts';
import {
  type ColumnProfiler,
  type ColumnWords,
  columnProfiler,
  firstRows,
  type ProfilerOptions,
  type Rows,
  SHOWN_CHARACTERS,
  stretches,
} from '../column-profiler.ts';
import { tooSlow } from '../sampling.ts';
import { openToRead } from './connection.ts';
import { guarded } from './errors.ts';
import { plainNumber } from './number-text.ts';
import { quote } from './syntax.ts';

type Value = bigint | number | string | Buffer | null;

export async function openProfiler(path: string, table: Table, options: ProfilerOptions): Promise<ColumnProfiler> {
  const db = openToRead(path, 'source');
  try {
    const watch = watchOf(db, table, options);
    const ask = async (sql: string): Promise<(string | null)[][]> =>
      guarded({ path, side: 'source', otherwise: 'inspect.failed', table: table.name }, () => {
        watch.begin();
        return (db.prepare(sql).safeIntegers().raw().all() as Value[][]).map((row) => row.map(textOf));
      });
    const from = `main.${quote(table.name)}`;
    const ends = table.withoutRowid ? null : await rowids(from, ask);
    const rows = (limit: number): Rows => {
      if (table.rowEstimate <= limit) return watched(from, watch.condition);
      return (ends && stretches('rowid', from, ends.least, ends.greatest, limit)) ?? firstRows(from, limit);
    };
    return columnProfiler({
      rows: rows(options.rows),
      few: rows,
      estimate: table.rowEstimate,
      quote,
      words: wordsOf,
      ask,
      async close() {
        db.close();
      },
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A subquery that SQLite flattens into the query around it: the condition is looked at with every row. */
function watched(from: string, condition: string): Rows {
  return { from: (column) => `(SELECT ${column} FROM ${from} WHERE ${condition}) AS watched`, method: null };
}

interface Watch {
  readonly condition: string;
  begin(): void;
}

/** SQLite knows no limit in time and no signal: a function that every thousandth row calls looks at both. */
function watchOf(db: Database, { name, withoutRowid }: Table, { seconds, stopped }: ProfilerOptions): Watch {
  let end = 0;
  db.function('drover_go_on', { directOnly: true }, () => {
    if (stopped()) throw new DroverError('run.cancelled', 'Nobody waits for the answer any more.');
    if (performance.now() > end) throw tooSlow(name, seconds);
    return 1;
  });
  db.function('drover_chars', { deterministic: true, directOnly: true }, (text: unknown) => [...String(text)].length);
  return {
    condition: withoutRowid ? 'drover_go_on()' : '(rowid & 1023 OR drover_go_on())',
    begin: () => {
      end = performance.now() + seconds * 1000;
    },
  };
}

async function rowids(from: string, ask: (sql: string) => Promise<(string | null)[][]>) {
  const [answer] = await ask(`SELECT (SELECT min(rowid) FROM ${from}), (SELECT max(rowid) FROM ${from})`);
  const [least, greatest] = answer ?? [];
  return least == null || greatest == null ? null : { least: BigInt(least), greatest: BigInt(greatest) };
}

function wordsOf({ name, native, logical }: Column): ColumnWords {
  const c = quote(name);
  const kind = `typeof(${c})`;
  const isText = `${kind} = 'text'`;
  const finite = `(${kind} = 'integer' OR ${kind} = 'real' AND abs(${c}) < 9e999)`;
  const iso = `${c} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*'`;
  const zero = `${iso} AND (${c} LIKE '0000-%' OR substr(${c}, 6, 2) = '00' OR substr(${c}, 9, 2) = '00')`;
  const dated = logical.kind === 'date' || logical.kind === 'timestamp';
  // length() ends at a zero character.
  const characters = `iif(instr(${c}, char(0)), drover_chars(${c}), length(${c}))`;
  const bytes = logical.kind === 'binary';
  // SQLite itself does not mind.
  const declared = logical.kind === 'text' ? /\((\d+)\)/.exec(native)?.[1] : undefined;
  return {
    key: `${c} COLLATE BINARY`,
    shown: shown(c),
    least: shown(`min(${c})`),
    greatest: shown(`max(${c})`),
    length: bytes ? `length(CAST(${c} AS BLOB))` : `CASE ${kind} WHEN 'text' THEN ${characters} END`,
    lengthUnit: bytes ? 'byte' : 'character',
    counts: {
      ...(dated ? { zeroDates: `${isText} AND ${zero}` } : {}),
      notFinite: `${c} IN (9e999, -9e999)`,
      nulCharacters: `${isText} AND instr(${c}, char(0)) > 0`,
      ...(declared === undefined ? {} : { tooLong: `${isText} AND ${characters} > ${declared}` }),
      empty: `${kind} IN ('text', 'blob') AND length(CAST(${c} AS BLOB)) = 0`,
      padded: `${isText} AND trim(${c}, ' ' || char(9, 10, 13)) <> ${c}`,
      storedInteger: `${kind} = 'integer'`,
      storedReal: `${kind} = 'real'`,
      storedText: isText,
      storedBlob: `${kind} = 'blob'`,
    },
    places: {
      numbers: { value: c, where: finite, text: (aggregate) => aggregate, edge: numberEdge },
      // Only where the column means dates: texts that look like dates may be codes.
      ...(dated
        ? {
            times: {
              value: `replace(${c}, 'T', ' ')`,
              where: `${isText} AND ${iso} AND NOT (${zero})`,
              text: (aggregate: string) => aggregate,
              edge: (edge: string) => `'${edge}'`,
            },
          }
        : {}),
    },
  };
}

/** A whole number beyond 64 bits would be read as one that has no exact place; as a double it is near enough to it. */
function numberEdge(edge: string): string {
  return /^-?\d{19,}$/.test(edge) ? `${edge}.0` : edge;
}

function shown(value: string): string {
  return `iif(typeof(${value}) IN ('text', 'blob'), substr(${value}, 1, ${SHOWN_CHARACTERS + 1}), ${value})`;
}

/** Numbers exactly, bytes as hexadecimal digits. */
function textOf(value: Value): string | null {
  if (value === null) return null;
  if (Buffer.isBuffer(value)) return `0x${value.subarray(0, SHOWN_CHARACTERS / 2).toString('hex')}`;
  return typeof value === 'string' ? value : (plainNumber(value) ?? String(value));
}
