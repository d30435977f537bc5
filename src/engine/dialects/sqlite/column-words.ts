// How SQLite speaks of one column, for questions about its values.

import type { Database } from 'better-sqlite3';
import { type ColumnWords, type NamedColumn, SHOWN_CHARACTERS } from '../column-words.ts';
import { conditions } from './conditions.ts';
import { plainNumber } from './number-text.ts';
import { quote } from './syntax.ts';

type Value = bigint | number | string | Buffer | null;

export function wordsOf({ name, native, logical }: NamedColumn): ColumnWords {
  const c = quote(name);
  const kind = `typeof(${c})`;
  const isText = `${kind} = 'text'`;
  const finite = `(${kind} = 'integer' OR ${kind} = 'real' AND abs(${c}) < 9e999)`;
  const iso = `${c} GLOB '[0-9][0-9][0-9][0-9]-[0-1][0-9]-[0-3][0-9]*'`;
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
      ...(dated ? { zeroDates: conditions.zeroDates(c) } : {}),
      ...(NUMBERS.includes(logical.kind) ? { notFinite: conditions.notFinite(c) } : {}),
      nulCharacters: conditions.nulCharacters(c),
      ...(declared === undefined ? {} : { tooLong: `${isText} AND ${characters} > ${declared}` }),
      empty: conditions.empty(c),
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
              where: `${isText} AND ${iso} AND NOT (${conditions.zeroDates(c)})`,
              text: (aggregate: string) => aggregate,
              edge: (edge: string) => `'${edge}'`,
            },
          }
        : {}),
    },
  };
}

const NUMBERS: readonly NamedColumn['logical']['kind'][] = ['integer', 'decimal', 'float'];

/** A whole number beyond 64 bits would be read as one that has no exact place; as a double it is near enough to it. */
function numberEdge(edge: string): string {
  return /^-?\d{19,}$/.test(edge) ? `${edge}.0` : edge;
}

function shown(value: string): string {
  return `iif(typeof(${value}) IN ('text', 'blob'), substr(${value}, 1, ${SHOWN_CHARACTERS + 1}), ${value})`;
}

/** Functions that the words name. */
export function registerWords(db: Database): void {
  db.function('drover_chars', { deterministic: true, directOnly: true }, (text: unknown) => [...String(text)].length);
}

/** The rows of a SELECT, every value as text. */
export function askTexts(db: Database, sql: string): (string | null)[][] {
  return (db.prepare(sql).safeIntegers().raw().all() as Value[][]).map((row) => row.map(textOf));
}

/** Numbers exactly, bytes as hexadecimal digits. */
function textOf(value: Value): string | null {
  if (value === null) return null;
  if (Buffer.isBuffer(value)) return `0x${value.subarray(0, SHOWN_CHARACTERS / 2).toString('hex')}`;
  return typeof value === 'string' ? value : (plainNumber(value) ?? String(value));
}
