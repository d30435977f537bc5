// Which declared type holds which values best. Names are chosen so that their affinity leaves the values alone
// and `parse` reads them back as the same logical type:
//
//   decimals of up to 15 digits   DECIMAL(p,s)        numeric affinity: a double is exact to 15 digits
//   longer decimals               TEXT_DECIMAL(p,s)   text affinity
//   unsigned 64-bit integers      TEXT_UNSIGNED       text affinity, where the values pass 2^63-1
//   dates and times               DATE, TIME(p), DATETIME(p), TIMESTAMPTZ(p)   ISO text, which no affinity changes
//   JSON                          JSON_TEXT           a column declared JSON would turn the text 1e400 into a number
//   bits                          TEXT_BIT(n)         a column declared BIT(n) would turn the text 0101 into 101

import type { LogicalType, ScalarType } from '../../../shared/model/logical-type.ts';
import type { Question } from '../../../shared/model/profile.ts';
import type { ColumnFacts, TypeProposal, Types } from '../ddl.ts';
import { parseType, split } from './type-parse.ts';

const MAX_INTEGER = 2n ** 63n - 1n;
const EXACT_DIGITS = 15;

/** What SQLite's grammar takes for a type; anything else would end the column's declaration early. */
const TYPE_NAME = /^(?:[\p{L}_$][\p{L}\p{N}_$]*|"[^"]*"|\s)*(?:\(\s*[+-]?[\d.]+\s*(?:,\s*[+-]?[\d.]+\s*)?\)[\w\s]*)?$/u;

export const types: Types = {
  parse: (native) => (TYPE_NAME.test(native.trim()) ? parseType(native) : null),
  propose,
  doubts,
  usual: () => USUAL,
  collationOn: (name) => (/^(BINARY|NOCASE|RTRIM)$/i.test(name) ? name : null),
  exactType: () => null,
};

const USUAL: readonly string[] = [
  'TEXT',
  'INTEGER',
  'DOUBLE PRECISION',
  'BLOB',
  'BOOLEAN',
  'NUMERIC',
  'DECIMAL(10,2)',
  'DATETIME',
  'DATE',
  'TIMESTAMPTZ',
  'VARCHAR(255)',
  'JSON_TEXT',
  'UUID',
  'TIME',
  'TEXT_DECIMAL',
  'TEXT_UNSIGNED',
  'INTERVAL',
  'REAL',
];

function propose(logical: LogicalType, facts: ColumnFacts): TypeProposal {
  const kept = ownType(facts);
  if (kept) return kept;
  switch (logical.kind) {
    case 'boolean':
      return { native: 'BOOLEAN' };
    case 'integer':
      return integer(logical, facts);
    case 'decimal':
      return decimal(logical, facts);
    case 'float':
      return { native: logical.bits === 32 ? 'REAL' : 'DOUBLE PRECISION' };
    case 'text':
      return text(logical);
    case 'binary':
      return { native: 'BLOB' };
    case 'date':
      return { native: 'DATE' };
    case 'time':
      return { native: `${logical.extended ? 'TIMESPAN' : logical.zone ? 'TIMETZ' : 'TIME'}${fraction(logical)}` };
    case 'timestamp':
      return { native: `${logical.zone ? 'TIMESTAMPTZ' : 'DATETIME'}${fraction(logical)}` };
    case 'interval':
      return { native: 'INTERVAL', note: 'Intervals are kept as ISO 8601 text.' };
    case 'uuid':
      return { native: 'UUID' };
    case 'json':
      return { native: 'JSON_TEXT' };
    case 'enum':
      return { native: 'TEXT', checkLabels: logical.labels };
    case 'set':
      return { native: 'TEXT', note: 'A set is kept as its labels with commas between them; any text can be stored.' };
    case 'bit':
      return bit(logical);
    case 'array':
      return { native: 'JSON_TEXT', note: 'Arrays become JSON arrays.' };
    case 'geometry':
      return { native: 'TEXT_GEOMETRY', note: 'Geometry is kept as well-known text.' };
    case 'opaque':
      return { native: 'TEXT', note: `SQLite has no type ${logical.native}; the values are kept as text.` };
  }
}

function doubts(logical: LogicalType): readonly Question[] {
  switch (logical.kind) {
    case 'integer':
      if (logical.maybeBoolean) return ['min', 'max'];
      return logical.unsigned && logical.bits === 64 ? ['max'] : [];
    case 'decimal':
      return logical.precision === null ? ['maxIntegerDigits', 'maxScale'] : [];
    case 'float':
      return ['notFinite'];
    default:
      return [];
  }
}

/** From SQLite to SQLite a column stays what it is declared to be; one without a type gets what its values show. */
function ownType({ family, native }: ColumnFacts): TypeProposal | null {
  if (family !== 'sqlite' || native === undefined) return null;
  const { declared } = split(native);
  return declared === '' || declared.toUpperCase() === 'ANY' ? null : { native };
}

function integer(logical: Extract<ScalarType, { kind: 'integer' }>, facts: ColumnFacts): TypeProposal {
  if (facts.identity) return { native: 'INTEGER AUTOINCREMENT' };
  if (logical.maybeBoolean && holdsOnlyBits(facts)) {
    return { native: 'BOOLEAN', note: 'Every value is 0, 1 or NULL, so the column becomes a boolean.' };
  }
  if (!logical.unsigned || logical.bits < 64) return { native: 'INTEGER' };
  const { max } = facts.answers;
  if (max === null || (max !== undefined && BigInt(max) <= MAX_INTEGER)) return { native: 'INTEGER' };
  return {
    native: 'TEXT_UNSIGNED',
    note: 'Integers beyond 9223372036854775807 are kept as text, which sorts as text.',
  };
}

/** A table without values tells nothing, and INTEGER never loses any. */
function holdsOnlyBits({ answers: { min, max }, keyed }: ColumnFacts): boolean {
  if (keyed || min == null || max == null) return false;
  return BigInt(min) >= 0n && BigInt(max) <= 1n;
}

function decimal({ precision, scale }: Extract<ScalarType, { kind: 'decimal' }>, facts: ColumnFacts): TypeProposal {
  const note = 'Decimals of more than 15 digits are kept as text, which sorts as text.';
  if (precision !== null) {
    const size = `(${precision},${scale ?? 0})`;
    // A negative scale, or one beyond the precision, shifts the digits out of what a double holds exactly to look at.
    const exact = precision <= EXACT_DIGITS && (scale ?? 0) >= 0 && (scale ?? 0) <= EXACT_DIGITS;
    return exact ? { native: `DECIMAL${size}` } : { native: `TEXT_DECIMAL${size}`, note };
  }
  const { maxIntegerDigits: whole, maxScale: digits } = facts.answers;
  if (whole != null && digits != null && Number(whole) + Number(digits) <= EXACT_DIGITS) return { native: 'NUMERIC' };
  return { native: 'TEXT_DECIMAL', note };
}

function text({ length, fixed }: Extract<ScalarType, { kind: 'text' }>): TypeProposal {
  if (length === null) return { native: 'TEXT' };
  return { native: `${fixed ? 'CHAR' : 'VARCHAR'}(${length})`, note: 'SQLite does not enforce the length.' };
}

function bit({ length, varying }: Extract<ScalarType, { kind: 'bit' }>): TypeProposal {
  if (length === 1 && !varying) return { native: 'BOOLEAN' };
  const size = length === null ? '' : `(${length})`;
  return { native: `${varying ? 'TEXT_VARBIT' : 'TEXT_BIT'}${size}`, note: 'Bits are kept as a text of 0s and 1s.' };
}

function fraction({ precision }: { readonly precision: number }): string {
  return precision >= 6 ? '' : `(${precision})`;
}
