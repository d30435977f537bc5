// One quick look at a table: where all values of a column are of the ordinary kind, most questions need no other.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { Answers } from '../../../../shared/model/profile.ts';
import type { ProfileRequest } from '../../session.ts';
import { isoTimestampSql } from '../iso.ts';
import { quote } from '../syntax.ts';
import type { ColumnFacts, FactsOf } from './column-facts.ts';
import {
  isToldByKind,
  mostOfDecimals,
  ofDecimals,
  ofIntegers,
  ofMoments,
  ofReals,
  ofTexts,
  type Scanned,
} from './kind-answers.ts';

/** A look at one column: expressions of its own in the scan, and what they say. */
interface Look {
  readonly column: string;
  readonly sql: readonly string[];
  readonly read: (values: readonly Scanned[]) => Answers;
}

interface Kind {
  /** Holds for ordinary values. NULL is none. Null where there are no others. */
  readonly test: string | null;
  /** Computed beside it. */
  readonly sql: readonly string[];
  /** All that is known of a column of `values` values, each of them ordinary. */
  readonly answers: (values: bigint, beside: readonly Scanned[]) => Answers;
}

/**
 * Answers of columns that hold nothing but ordinary values, also to questions that were not asked yet. A column with
 * others in it has none, nor has one about which nothing is asked that could be told so.
 */
export function ordinaryAnswers(
  { questions }: ProfileRequest,
  factsOf: FactsOf,
  scan: (expressions: readonly string[]) => readonly Scanned[],
): Record<string, Answers> {
  const looks = questions.flatMap(({ column, logical, ask }) =>
    ask.some(isToldByKind) ? lookAt(column, logical, factsOf(column)) : [],
  );
  if (looks.length === 0) return {};
  const values = scan(looks.flatMap(({ sql }) => sql));
  let at = 0;
  return Object.fromEntries(
    looks.map(({ column, sql, read }) => {
      const own = values.slice(at, at + sql.length);
      at += sql.length;
      return [column, read(own)];
    }),
  );
}

function lookAt(column: string, logical: LogicalType, facts: ColumnFacts): Look[] {
  const c = quote(column);
  const kind = column === '' ? null : kindOf(c, logical, facts);
  if (kind === null) return [];
  const values = facts.mayBeNull ? `count(${c})` : 'count(*)';
  return [
    {
      column,
      sql: [values, kind.test === null ? values : `count(*) FILTER (WHERE ${kind.test})`, ...kind.sql],
      read: ([values, ordinary, ...beside]) => (values === ordinary ? kind.answers(values as bigint, beside) : {}),
    },
  ];
}

function kindOf(c: string, logical: LogicalType, { isRowid, ends }: ColumnFacts): Kind | null {
  switch (logical.kind) {
    case 'boolean':
    case 'integer':
      return {
        test: isRowid ? null : `typeof(${c}) = 'integer'`,
        sql: ends ?? [`min(${c})`, `max(${c})`],
        answers: (values, [min, max]) => ofIntegers(values, min, max),
      };
    case 'decimal':
      return decimals(c, logical.scale ?? 0, ends ?? [`min(${c})`, `max(${c})`]);
    case 'date':
    case 'timestamp':
      return moments(c, logical);
    case 'float':
      return { test: `typeof(${c}) = 'real'`, sql: [], answers: ofReals };
    case 'text':
    case 'enum':
    case 'json':
      return {
        test: `typeof(${c}) = 'text'`,
        sql: [],
        answers: ofTexts,
      };
    default:
      return null;
  }
}

/** Ordinary is a number that has no more places than its column declares, and so few digits that a double tells them. */
function decimals(c: string, scale: number, ends: readonly string[]): Kind {
  const unit = `1e${scale}`;
  const most = mostOfDecimals(scale);
  // Divided by a power of ten a whole number gives the double that its decimal stands for; round() takes twice as long.
  const fits = `CAST(round(${c} * ${unit}) AS INTEGER) / ${unit} = ${c}`;
  return {
    // Numbers < texts < blobs, where the plus takes the column's affinity away: that costs a tenth of asking typeof().
    test: `+${c} > -${most} AND +${c} < ${most} AND ${fits}`,
    sql: [`count(*) FILTER (WHERE typeof(${c}) = 'integer')`, ...ends],
    answers: (values, [integers, min, max]) => ofDecimals(values, integers as bigint, [min, max], scale),
  };
}

/** Ordinary is a day of the calendar in the years 1000 to 9999, with a time of day or none. */
function moments(c: string, logical: Extract<LogicalType, { kind: 'date' | 'timestamp' }>): Kind {
  // A moment that SQLite writes as it stands is one of the calendar; to ask that takes less than to match each digit.
  const ordinary = [
    `WHEN 10 THEN ${c} IS date(${c})`,
    ...(logical.kind === 'date'
      ? []
      : [`WHEN 19 THEN ${c} IS datetime(${c})`, ...FRACTIONS.map((form) => withFraction(c, form))]),
  ];
  const shape = logical.kind === 'date' ? `octet_length(${c}) = 10` : isoTimestampSql(c, logical);
  const judged = `date(substr(${c}, 1, 10)) IS substr(${c}, 1, 10) AND ${c} GLOB '[1-9]*' AND (${shape})
    AND ${c} NOT LIKE '% BC' AND instr(${c}, char(0)) = 0`;
  return {
    test: `typeof(${c}) = 'text' AND ((CASE octet_length(${c}) ${ordinary.join(' ')} ELSE 0 END AND ${c} GLOB '[1-9]*') OR (${judged}))`,
    sql: [`max(length(${c}))`],
    answers: (values, [longest]) => ofMoments(values, longest),
  };
}

function withFraction(c: string, form: string): string {
  const seconds = `substr(${c}, 1, 19)`;
  const length = 19 + form.replaceAll(/\[[^\]]+\]/g, '0').length;
  return `WHEN ${length} THEN ${seconds} IS datetime(${seconds}) AND substr(${c}, 20) GLOB '${form}'`;
}

const MILLI = '[0-9][0-9][0-9]';
/** What may stand behind the seconds. */
const FRACTIONS = [`.${MILLI}`, `.${MILLI}${MILLI}`];
