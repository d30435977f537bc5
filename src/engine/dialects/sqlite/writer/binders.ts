// One field of a batch as a value to bind, such that the column's affinity leaves it what it is.

import { DroverError } from '../../../../shared/errors.ts';
import type { TargetColumn } from '../../../../shared/model/plan.ts';
import { plainNumber } from '../number-text.ts';
import { affinityOf } from '../type-parse.ts';

export type Bound = number | bigint | string | Buffer | null;
export type Binder = (bytes: Buffer, start: number, end: number) => Bound;

const ZERO = 0x30;
const MINUS = 0x2d;
const MAX_INTEGER = 2n ** 63n - 1n;
const MIN_INTEGER = -(2n ** 63n);

export function binderFor(column: TargetColumn, table: string): Binder {
  const affinity = affinityOf(column.native);
  const numeric = affinity === 'integer' || affinity === 'numeric';
  const { logical } = column;
  switch (logical.kind) {
    case 'boolean':
      return numeric ? truth : (bytes, start) => BigInt(truth(bytes, start));
    case 'integer':
      return affinity === 'text' ? text : integer(numeric, () => tooLarge(column, table));
    case 'decimal':
      return numeric ? decimal(() => tooPrecise(column, table)) : text;
    case 'float':
      return float(() => notANumber(column, table));
    case 'binary':
      return (bytes, start, end) => Buffer.from(bytes.subarray(start, end));
    case 'timestamp':
      return logical.zone ? instant : text;
    default:
      return text;
  }
}

function truth(bytes: Buffer, start: number): number {
  return bytes[start]! - ZERO;
}

const text: Binder = (bytes, start, end) => bytes.toString('utf8', start, end);

/** With its Z, so that nobody takes the instant for a local time; infinity and BC stand as they are. */
const instant: Binder = (bytes, start, end) => {
  const value = bytes.toString('latin1', start, end);
  const last = bytes[end - 1]!;
  return last >= ZERO && last <= ZERO + 9 ? `${value}Z` : value;
};

/** Numbers are bound as doubles: as such up to 15 digits for numeric columns, which make them integers again. */
function integer(numeric: boolean, refuse: () => never): Binder {
  return (bytes, start, end) => {
    if (end - start <= 15) {
      const value = small(bytes, start, end);
      return numeric ? value : BigInt(value);
    }
    const value = BigInt(bytes.toString('latin1', start, end));
    return value > MAX_INTEGER || value < MIN_INTEGER ? refuse() : value;
  };
}

/** In a numeric column a decimal is an integer or a double: only what survives that may go in. */
function decimal(refuse: () => never): Binder {
  return (bytes, start, end) => {
    const digits = bytes.toString('latin1', start, end);
    // 15 digits, a sign and a point.
    if (end - start <= 15) {
      const value = Number(digits);
      return Number.isNaN(value) ? digits : value;
    }
    const exact = withoutZeros(digits);
    if (!exact.includes('.')) {
      const whole = /^-?\d+$/.test(exact) ? BigInt(exact) : null;
      if (whole === null) return digits;
      if (whole <= MAX_INTEGER && whole >= MIN_INTEGER) return whole;
    }
    const value = Number(exact);
    return withoutZeros(plainNumber(value) ?? '') === exact ? value : refuse();
  };
}

function float(refuse: () => never): Binder {
  return (bytes, start) => {
    const value = bytes.readDoubleBE(start);
    // SQLite has no NaN: it would become NULL without a word.
    return Number.isNaN(value) ? refuse() : value;
  };
}

function small(bytes: Buffer, start: number, end: number): number {
  const negative = bytes[start] === MINUS;
  let value = 0;
  for (let at = negative ? start + 1 : start; at < end; at++) value = value * 10 + bytes[at]! - ZERO;
  return negative ? -value : value;
}

function withoutZeros(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

function tooLarge(column: TargetColumn, table: string): never {
  return refused(column, table, 'An integer beyond 64 bits', 'TEXT_UNSIGNED');
}

function tooPrecise(column: TargetColumn, table: string): never {
  return refused(column, table, 'A decimal of more than 15 digits', 'TEXT_DECIMAL');
}

function notANumber(column: TargetColumn, table: string): never {
  throw new DroverError('load.rejected', `A value of ${table}.${column.name} is NaN, which SQLite can't hold.`, {
    hint: 'Let NULL be stored instead of values of this column that do not fit, or make it TEXT.',
    where: { side: 'target', table, column: column.name },
  });
}

function refused(column: TargetColumn, table: string, what: string, instead: string): never {
  throw new DroverError('load.rejected', `${what} can't be held by ${table}.${column.name} as ${column.native}.`, {
    hint: `Make ${instead} the type of this column in the project.`,
    where: { side: 'target', table, column: column.name },
  });
}
