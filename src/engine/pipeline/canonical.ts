// The canonical form of a field: what the digest hashes, the same for equal values from any database.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import { copyField, type FieldConverter, viaText } from './fields/field.ts';
import { INTERVAL } from './fields/temporal.ts';
import { canonicalJson } from './json.ts';

/** Counts of values whose spelling was normalised, e.g. −0 → 0; shown in the report. */
export type Normalisations = Map<string, number>;

/** The canonicaliser of a column; `copyField` where the batch's form is canonical already. */
export function canonicaliser(type: LogicalType, column: string, counts: Normalisations): FieldConverter {
  switch (type.kind) {
    case 'decimal':
      return decimal;
    case 'float':
      return float(column, counts);
    case 'time':
    case 'timestamp':
      return fraction;
    case 'interval':
      return viaText(interval);
    case 'json':
      return viaText(canonicalJson);
    case 'text':
      return type.fixed ? blankPadded : copyField;
    case 'boolean':
    case 'integer':
    case 'binary':
    case 'date':
    case 'uuid':
    case 'enum':
    case 'set':
    case 'bit':
    case 'array':
    case 'geometry':
    case 'opaque':
      return copyField;
  }
}

const POINT = 0x2e;
const ZERO = 0x30;
const MINUS = 0x2d;
const BLANK = 0x20;
const ZERO_TEXT = Buffer.from('0');
const CANONICAL_NAN = Buffer.from('7ff8000000000000', 'hex');

/** No trailing zeros after the point, no −0. */
const decimal: FieldConverter = (bytes, start, end, out) => {
  const cut = withoutFractionZeros(bytes, start, end);
  if (bytes[start] === MINUS && cut === start + 2 && bytes[start + 1] === ZERO) out.field(ZERO_TEXT, 0, 1);
  else out.field(bytes, start, cut);
  return true;
};

/** Microseconds without trailing zeros. What PostgreSQL writes behind them (a zone, BC) it writes without such zeros. */
const fraction: FieldConverter = (bytes, start, end, out) => {
  out.field(bytes, start, withoutFractionZeros(bytes, start, end));
  return true;
};

const blankPadded: FieldConverter = (bytes, start, end, out) => {
  let cut = end;
  while (cut > start && bytes[cut - 1] === BLANK) cut--;
  out.field(bytes, start, cut);
  return true;
};

export function countMinusZeros(counts: Normalisations, column: string, values: number): void {
  const what = `-0 compared as 0 in ${column}`;
  counts.set(what, (counts.get(what) ?? 0) + values);
}

function float(column: string, counts: Normalisations): FieldConverter {
  return (bytes, start, end, out) => {
    const value = bytes.readDoubleBE(start);
    if (Number.isNaN(value)) out.field(CANONICAL_NAN, 0, 8);
    else if (Object.is(value, -0)) {
      countMinusZeros(counts, column, 1);
      out.double(0);
    } else out.field(bytes, start, end);
    return true;
  };
}

function withoutFractionZeros(bytes: Buffer, start: number, end: number): number {
  let cut = end;
  while (cut > start && bytes[cut - 1] === ZERO) cut--;
  if (cut === start) return end;
  if (bytes[cut - 1] === POINT) return cut - 1;
  // Zeros may only go when a point stands before them: 100 is not 1.
  for (let i = cut - 1; i >= start; i--) {
    if (bytes[i] === POINT) return cut;
    if (bytes[i]! < ZERO || bytes[i]! > 0x39) break;
  }
  return end;
}

/** Months, days and microseconds: the three parts of an interval that can't be exchanged for each other. */
function interval(text: string): string {
  const match = INTERVAL.exec(text);
  if (!match) return text;
  const [, years, months, weeks, days, hours, minutes, sign, seconds, part = ''] = match;
  const month = Number(years ?? 0) * 12 + Number(months ?? 0);
  const day = Number(weeks ?? 0) * 7 + Number(days ?? 0);
  const micro = BigInt(seconds ?? 0) * 1_000_000n + BigInt(part.slice(0, 6).padEnd(6, '0'));
  const time =
    BigInt(hours ?? 0) * 3_600_000_000n + BigInt(minutes ?? 0) * 60_000_000n + (sign === '-' ? -micro : micro);
  return `${month} months ${day} days ${time} µs`;
}
