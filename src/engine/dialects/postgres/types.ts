// Which PostgreSQL type holds which values best, and what must be known of them to say so.

import type { LogicalType, ScalarType } from '../../../shared/model/logical-type.ts';
import type { Question } from '../../../shared/model/profile.ts';
import type { ColumnFacts, TypeProposal, Types } from '../ddl.ts';
import { DEFAULT_PRECISION, parseType, plainNative } from './type-parse.ts';

const MAX_BIGINT = 2n ** 63n - 1n;
const MAX_PRECISION = 1000;
const MAX_CHARACTERS = 10_485_760;

export const types: Types = {
  parse: parseType,
  propose,
  doubts,
  usual: () => USUAL,
  collationOn: (name) => (EVERYWHERE.has(name) ? name : null),
  exactType: () => null,
};

/** Others come from the operating system, from ICU, or from users. */
const EVERYWHERE: ReadonlySet<string> = new Set(['C', 'POSIX', 'ucs_basic']);

const USUAL: readonly string[] = [
  'text',
  'integer',
  'bigint',
  'boolean',
  'timestamp with time zone',
  'timestamp without time zone',
  'date',
  'numeric',
  'numeric(10,2)',
  'jsonb',
  'uuid',
  'double precision',
  'character varying(255)',
  'bytea',
  'smallint',
  'real',
  'time without time zone',
  'interval',
  'json',
  'text[]',
  'integer[]',
  'character(1)',
  'bit varying',
  'time with time zone',
  'inet',
  'xml',
];

function propose(logical: LogicalType, facts: ColumnFacts): TypeProposal {
  const kept = ownType(logical, facts);
  if (kept) return kept;
  switch (logical.kind) {
    case 'integer':
      return integer(logical, facts);
    case 'time':
      return time(logical, facts);
    case 'enum':
      return { native: 'text', checkLabels: logical.labels };
    case 'set':
      return { native: 'text[]', note: 'A set becomes an array of text; any label can be stored.' };
    case 'json':
      return json(facts);
    case 'geometry':
      return { native: 'text', note: 'Geometry becomes well-known text.' };
    case 'opaque':
      return {
        native: 'text',
        note: `PostgreSQL has no type ${logical.native} of its own; the values are kept as text.`,
      };
    case 'array':
      return { native: `${propose(logical.element, { ...facts, answers: {} }).native}[]` };
    default:
      return { native: plain(logical) };
  }
}

function doubts(logical: LogicalType): readonly Question[] {
  switch (logical.kind) {
    case 'integer':
      if (logical.maybeBoolean) return ['min', 'max'];
      return logical.unsigned && logical.bits === 64 ? ['max'] : [];
    case 'time':
      return logical.extended ? ['timeOutsideDay'] : [];
    case 'text':
    case 'json':
      return ['nulCharacters'];
    case 'date':
    case 'timestamp':
      return ['zeroDates'];
    default:
      return [];
  }
}

/** From PostgreSQL to PostgreSQL a built-in type stays what it is, to the letter. */
function ownType(logical: LogicalType, { family, native }: ColumnFacts): TypeProposal | null {
  if (family !== 'postgres' || native === undefined) return null;
  const scalar = logical.kind === 'array' ? logical.element : logical;
  if (scalar.kind === 'geometry') return null;
  return parseType(native) === null || /citext/i.test(native) ? null : { native: plainNative(native) };
}

function integer(logical: Extract<ScalarType, { kind: 'integer' }>, facts: ColumnFacts): TypeProposal {
  if (logical.maybeBoolean && holdsOnlyBits(facts)) {
    return { native: 'boolean', note: 'Every value is 0, 1 or NULL, so the column becomes a boolean.' };
  }
  const bits = logical.bits + (logical.unsigned ? 1 : 0);
  if (bits <= 16) return { native: 'smallint' };
  if (bits <= 32) return { native: 'integer' };
  if (bits <= 64) return { native: 'bigint' };
  const { max } = facts.answers;
  // An identity column can't be numeric; a generator never hands out that much.
  if (max === null || (max === undefined ? facts.identity : BigInt(max) <= MAX_BIGINT)) return { native: 'bigint' };
  return {
    native: 'numeric(20)',
    note: 'Unsigned 64-bit integers beyond 9223372036854775807 need numeric(20), which is slower than bigint.',
  };
}

/** A table without values tells nothing, and smallint never loses any. */
function holdsOnlyBits({ answers: { min, max }, keyed, identity }: ColumnFacts): boolean {
  if (keyed || identity || min == null || max == null) return false;
  return BigInt(min) >= 0n && BigInt(max) <= 1n;
}

function time(logical: Extract<ScalarType, { kind: 'time' }>, { answers }: ColumnFacts): TypeProposal {
  const { timeOutsideDay } = answers;
  const withinDay = timeOutsideDay === null || timeOutsideDay === '0';
  if (!logical.extended || withinDay) return { native: plain(logical) };
  return { native: 'interval', note: 'Times outside 00:00:00 to 24:00:00 fit an interval, not a time of day.' };
}

function json({ answers }: ColumnFacts): TypeProposal {
  if (answers.nulCharacters != null && answers.nulCharacters !== '0') {
    return { native: 'json', note: 'Some values hold \\u0000, which jsonb refuses: json keeps the text as it is.' };
  }
  return { native: 'jsonb', note: 'jsonb does not keep the order of keys, repeated keys or blanks; values are equal.' };
}

/** Types that need no facts. In the catalogue's own words, so that what is made compares equal to what was planned. */
function plain(logical: Exclude<LogicalType, { kind: 'integer' | 'array' }>): string {
  switch (logical.kind) {
    case 'decimal':
      return decimal(logical);
    case 'float':
      return logical.bits === 32 ? 'real' : 'double precision';
    case 'text':
      if (logical.length === null || logical.length > MAX_CHARACTERS || logical.length < 1) return 'text';
      return `${logical.fixed ? 'character' : 'character varying'}(${logical.length})`;
    case 'binary':
      return 'bytea';
    case 'time':
      return `time${modifier(logical.precision)} ${zone(logical.zone)}`;
    case 'timestamp':
      return `timestamp${modifier(logical.precision)} ${zone(logical.zone)}`;
    case 'bit': {
      // Reached from other families only, where bit(1) is what people store a yes or no in.
      if (logical.length === 1 && !logical.varying) return 'boolean';
      const name = logical.varying ? 'bit varying' : 'bit';
      return logical.length === null ? 'bit varying' : `${name}(${logical.length})`;
    }
    case 'json':
      return 'jsonb';
    case 'boolean':
    case 'date':
    case 'interval':
    case 'uuid':
      return logical.kind;
    case 'enum':
    case 'geometry':
    case 'opaque':
      return 'text';
    case 'set':
      return 'text[]';
  }
}

function decimal({ precision, scale }: Extract<ScalarType, { kind: 'decimal' }>): string {
  const digits = scale ?? 0;
  // Before version 15 the scale had to lie within the precision.
  if (precision === null || precision > MAX_PRECISION || digits < 0 || digits > precision) return 'numeric';
  return `numeric(${precision},${digits})`;
}

function modifier(precision: number): string {
  return precision >= DEFAULT_PRECISION ? '' : `(${precision})`;
}

function zone(zoned: boolean): string {
  return zoned ? 'with time zone' : 'without time zone';
}
