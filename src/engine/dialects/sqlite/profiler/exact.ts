// Every question about a table's values in one scan, with functions for what SQL can't say exactly.

import { isUtf8 } from 'node:buffer';
import type { Database } from 'better-sqlite3';
import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { Answers, Question } from '../../../../shared/model/profile.ts';
import type { ProfileRequest } from '../../session.ts';
import { registerWords } from '../column-words.ts';
import { conditions } from '../conditions.ts';
import { untilStopped } from '../deadline.ts';
import { isoDateSql, isoTimestampSql } from '../iso.ts';
import { reference } from '../scan.ts';
import { condition, quote } from '../syntax.ts';
import { type DecimalAnswers, DecimalFacts, decimalAnswer } from './decimal-facts.ts';
import type { Scanned } from './kind-answers.ts';
import {
  type Aggregate,
  first,
  integersOf,
  isNotSummedSo,
  type Read,
  type SumOf,
  sumOfAll,
  sumOfHalves,
  sumOfIntegers,
} from './sums.ts';

/** Whatever the values are. */
export function exactAnswers(db: Database, request: ProfileRequest): Record<string, Answers> {
  if (request.questions.length === 0) return {};
  registerFunctions(db);
  for (const sum of [sumOfAll, sumOfIntegers]) {
    try {
      return answersOfScan(db, request, sum);
    } catch (error) {
      if (!isNotSummedSo(error)) throw error;
    }
  }
  return answersOfScan(db, request, sumOfHalves);
}

function answersOfScan(db: Database, request: ProfileRequest, sum: SumOf): Record<string, Answers> {
  // octet_length() counts the bytes of the file's own encoding.
  const octets = isUtf8File(db) ? 'octet_length' : 'drover_octets';
  const selected: { readonly column: string; readonly question: Question; readonly read: Read; readonly at: number }[] =
    [];
  const expressions: string[] = [];
  for (const { column, logical, ask } of request.questions) {
    for (const question of ask) {
      const { sql, read } = column === '' ? countRows : answer(question, quote(column), logical, { octets, sum });
      const known = expressions.findIndex((_, at) => sql.every((words, i) => expressions[at + i] === words));
      selected.push({ column, question, read, at: known < 0 ? expressions.length : known });
      if (known < 0) expressions.push(...sql);
    }
  }
  const values = scanAll(db, request, expressions);
  const answers: Record<string, Partial<Record<Question, string | null>>> = {};
  for (const { column } of request.questions) answers[column] ??= {};
  for (const { column, question, read, at } of selected) answers[column]![question] = read(values.slice(at));
  return answers;
}

const MAX_RESULTS = 1000;

const NOTHING: Aggregate = { sql: ['NULL'], read: () => null };
const countRows: Aggregate = { sql: ['count(*)'], read: first };

/** One value for each expression. */
export function scanAll(db: Database, request: ProfileRequest, expressions: readonly string[]): readonly Scanned[] {
  const values: Scanned[] = [];
  // SQLite takes 2,000 columns in one result.
  for (let from = 0; from < expressions.length; from += MAX_RESULTS) {
    values.push(...scan(db, request, expressions.slice(from, from + MAX_RESULTS)));
  }
  return values;
}

function scan(
  db: Database,
  { table, filter, stop }: ProfileRequest,
  expressions: readonly string[],
): readonly Scanned[] {
  const asked = stop === undefined ? '' : `${untilStopped(db, stop)} AND `;
  const where = filter === null ? '' : ` WHERE ${asked}${condition(filter, table.name)}`;
  return db
    .prepare(`SELECT ${expressions.join(', ')} FROM ${reference(table)}${where}`)
    .safeIntegers()
    .raw()
    .get() as Scanned[];
}

interface Ways {
  /** The function that counts bytes. */
  readonly octets: string;
  readonly sum: SumOf;
}

function answer(question: Question, c: string, logical: LogicalType, { octets, sum }: Ways): Aggregate {
  switch (question) {
    case 'count':
      return countRows;
    case 'nonNull':
      return { sql: [`count(${c})`], read: first };
    case 'nulls':
      return { sql: [`count(*) - count(${c})`], read: first };
    case 'min':
    case 'max':
    case 'sum':
      if (storedAsInteger(logical)) return integerAggregate(question, c, sum);
      return storedAsDecimal(logical) ? decimalAggregate(question, c, logical) : NOTHING;
    case 'maxIntegerDigits':
    case 'maxScale':
      return storedAsDecimal(logical) || storedAsInteger(logical) ? decimalAggregate(question, c, logical) : NOTHING;
    case 'octets':
      return { sql: [`sum(${octets}(${c}))`], read: first };
    case 'maxBytes':
      return { sql: [`max(${octets}(${c}))`], read: first };
    case 'maxChars':
      // length() ends at a zero character.
      return { sql: [`max(iif(instr(${c}, char(0)), drover_chars(${c}), length(${c})))`], read: first };
    case 'storageInteger':
    case 'storageReal':
    case 'storageText':
    case 'storageBlob':
      return storage(question, c, logical);
    default:
      return count(holds(question, c, logical));
  }
}

function count(filter: string): Aggregate {
  return { sql: [`count(*) FILTER (WHERE ${filter})`], read: first };
}

function integerAggregate(question: 'min' | 'max' | 'sum', c: string, sum: SumOf): Aggregate {
  return question === 'sum' ? sum(c) : { sql: [`${question}(${integersOf(c)})`], read: first };
}

/**
 * A number that has no more places than its column declares is ordinary: of those only the least and the greatest
 * are looked at here, since calling a function for every value takes longer than reading it.
 * The words are the same for each question of a column, so that `profileTable` asks them once.
 */
function decimalAggregate(question: keyof DecimalAnswers, c: string, logical: LogicalType): Aggregate {
  if (question === 'sum') {
    return { sql: [`drover_decimal(${c})`], read: ([value]) => (value == null ? null : answersOf(value).sum) };
  }
  const scale = (logical.kind === 'decimal' && logical.scale) || 0;
  const ordinary = `typeof(${c}) IN ('integer', 'real') AND round(${c}, ${scale}) = ${c} AND ${c} > -1e14 AND ${c} < 1e14`;
  return {
    sql: [
      `min(iif(${ordinary}, ${c}, NULL))`,
      `max(iif(${ordinary}, ${c}, NULL))`,
      `max(typeof(${c}) = 'real')`,
      `drover_decimal(iif(${ordinary}, NULL, ${c}))`,
    ],
    read: ([least, greatest, real, others]) => {
      const ordinary = { ends: [least, greatest], reals: real === 1n, scale };
      return decimalAnswer(question, ordinary, others == null ? null : answersOf(others));
    },
  };
}

function answersOf(value: Scanned | undefined): DecimalAnswers {
  return JSON.parse(String(value)) as DecimalAnswers;
}

const SHIFT = 2n ** 32n;

/**
 * Two counters in one sum, since SQLite spends most of a scan on evaluating aggregates.
 * Numbers that Drover keeps as text, since a column's affinity would damage them, count as numbers.
 */
function storage(question: Question, c: string, logical: LogicalType): Aggregate {
  const kept = logical.kind === 'decimal' ? SHIFT : logical.kind === 'integer' && logical.unsigned ? 1n : null;
  const number = kept === null ? '' : `WHEN 'text' THEN iif(drover_is_number(${c}), ${kept}, 0)`;
  const text = kept === null ? '1' : `iif(drover_is_number(${c}), 0, 1)`;
  const numbers = `sum(CASE typeof(${c}) WHEN 'integer' THEN 1 WHEN 'real' THEN ${SHIFT} ${number} ELSE 0 END)`;
  const others = `sum(CASE typeof(${c}) WHEN 'text' THEN ${text} WHEN 'blob' THEN ${SHIFT} ELSE 0 END)`;
  const isNumber = question === 'storageInteger' || question === 'storageReal';
  const isUpper = question === 'storageReal' || question === 'storageBlob';
  return {
    sql: [isNumber ? numbers : others],
    read: ([sum]) => {
      const both = BigInt((sum ?? 0) as bigint | number);
      return String(isUpper ? both / SHIFT : both % SHIFT);
    },
  };
}

function holds(question: Question, c: string, logical: LogicalType): string {
  const isText = `typeof(${c}) = 'text'`;
  switch (question) {
    case 'empty':
    case 'nulCharacters':
    case 'zeroDates':
    case 'notFinite':
      return conditions[question](c);
    case 'dateOutsideRange':
      return `${isText} AND (${c} LIKE '%infinity' OR ${c} LIKE '% BC' OR ${c} GLOB '[0-9][0-9][0-9][0-9][0-9]*-*')`;
    case 'timeOutsideDay':
      return `${isText} AND (${c} LIKE '-%' OR ${c} GLOB '[0-9][0-9][0-9]*' OR substr(${c}, 1, 2) >= '24')`;
    case 'notANumber':
      return `${c} = 'NaN'`;
    case 'negativeZero':
      return `typeof(${c}) = 'real' AND ${c} = 0.0 AND printf('%!g', ${c}) LIKE '-%'`;
    case 'wideCharacters':
      return `${isText} AND ${c} GLOB '*[' || char(65536) || '-' || char(1114111) || ']*'`;
    case 'notJson':
      return `typeof(${c}) = 'blob' OR (${isText} AND NOT json_valid(${c}))`;
    case 'longJsonNumbers':
      return `${isText} AND drover_has_long_number(${c})`;
    case 'notUtf8':
      // Most texts are ASCII, which SQLite sees faster than a function of ours can be called.
      return `${isText} AND ${c} GLOB '*[' || char(128) || '-' || char(1114111) || ']*' AND NOT drover_is_utf8(CAST(${c} AS BLOB))`;
    case 'notIsoTimestamp':
      return `${isText} AND NOT (${logical.kind === 'date' ? isoDateSql(c) : isoTimestampSql(c, logical)})`;
    default:
      return '0';
  }
}

function storedAsDecimal(logical: LogicalType): boolean {
  return logical.kind === 'decimal' || logical.kind === 'integer' || logical.kind === 'opaque';
}

function storedAsInteger(logical: LogicalType): boolean {
  return logical.kind === 'boolean' || (logical.kind === 'integer' && !logical.unsigned);
}

/** A number of 20 digits, or with a point and 17, where a JSON value may begin. */
const LONG_NUMBER = /(^|[:,[])\s*-?(\d{20,}|\d+\.\d{16,}|\d{16,}\.\d+)/;

const registered = new WeakSet<Database>();

function registerFunctions(db: Database): void {
  if (registered.has(db)) return;
  registered.add(db);
  const pure = { deterministic: true, directOnly: true };
  const utf8 = isUtf8File(db);
  db.function('drover_octets', pure, octets);
  registerWords(db);
  db.function('drover_is_utf8', pure, (bytes: unknown) => (!utf8 || isUtf8(bytes as Buffer) ? 1 : 0));
  db.function('drover_has_long_number', pure, (json: unknown) => (LONG_NUMBER.test(String(json)) ? 1 : 0));
  db.function('drover_is_number', pure, (text: unknown) => (/^-?\d+(\.\d+)?$/.test(String(text)) ? 1 : 0));
  db.aggregate('drover_decimal', {
    ...pure,
    safeIntegers: true,
    start: () => new DecimalFacts(),
    step: (facts: DecimalFacts, value: unknown) => {
      facts.add(value);
      return facts;
    },
    result: (facts: DecimalFacts) => JSON.stringify(facts.answers),
  });
}

/** Of the value's text in UTF-8, or of its bytes. */
function octets(value: unknown): number | null {
  if (value === null) return null;
  return Buffer.isBuffer(value) ? value.length : Buffer.byteLength(String(value));
}

export function isUtf8File(db: Database): boolean {
  return db.pragma('encoding', { simple: true }) === 'UTF-8';
}
