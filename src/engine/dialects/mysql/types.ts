// Which MySQL or MariaDB type holds which values best, and what must be known of them to say so.

import type { Server } from '../../../shared/model/connection.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Question } from '../../../shared/model/profile.ts';
import type { ColumnFacts, TypeProposal, Types } from '../ddl.ts';
import { isMariaDb } from './capabilities.ts';
import { collationOn, exactType } from './collations.ts';
import { literal } from './syntax.ts';
import { nativeType, parseType } from './type-parse.ts';

/** Characters of a VARCHAR whose row still fits 65,535 bytes of utf8mb4. */
const MAX_VARCHAR = 16_383;
/** A key has at most 3,072 bytes, 4 for a character. Four columns of the smallest step share one key. */
const KEY_STEPS = [191, 255, 768] as const;
const BINARY_KEY_STEPS = [255, 768, 3072] as const;
/** Integer digits left free for values still to come. */
const ROOM = 20;

export const types: Types = { parse: parseType, propose, doubts, usual, collationOn, exactType };

const USUAL: readonly string[] = [
  'int',
  'bigint',
  'varchar(255)',
  'text',
  'datetime',
  'datetime(6)',
  'decimal(10,2)',
  'tinyint(1)',
  'date',
  'timestamp',
  'json',
  'double',
  'longtext',
  'mediumtext',
  'char(36)',
  'smallint',
  'bigint unsigned',
  'int unsigned',
  'longblob',
  'blob',
  'varbinary(255)',
  'binary(16)',
  'float',
  'time',
  'tinyint',
  'mediumint',
  'year',
  'bit(1)',
];

function usual(server: Server): readonly string[] {
  return isMariaDb(server) && server.versionNumber >= 100_700 ? [...USUAL, 'uuid', 'inet6'] : USUAL;
}

function propose(logical: LogicalType, facts: ColumnFacts, server: Server): TypeProposal {
  const kept = ownType(facts, server);
  if (kept) return kept;
  switch (logical.kind) {
    case 'boolean':
      return { native: 'tinyint(1)' };
    case 'integer':
      return { native: integer(logical) };
    case 'decimal':
      return decimal(logical, facts);
    case 'float':
      return { native: logical.bits === 32 ? 'float' : 'double' };
    case 'text':
      return text(logical, facts);
    case 'binary':
      return binary(logical, facts);
    case 'date':
    case 'json':
      return { native: logical.kind };
    case 'time':
      if (logical.zone) return { native: 'varchar(32)', note: 'A time with zone is kept as text.' };
      return { native: `time${fraction(logical.precision)}` };
    case 'timestamp':
      return {
        native: `datetime${fraction(logical.precision)}`,
        ...(logical.zone ? { note: 'Instants are kept as date and time in UTC.' } : {}),
      };
    case 'interval':
      return { native: 'varchar(64)', note: 'An interval is kept as ISO 8601 text.' };
    case 'uuid':
      return { native: 'char(36)' };
    case 'enum':
      return enumeration(logical.labels);
    case 'set':
      return set(logical.labels);
    case 'bit':
      return bit(logical);
    case 'geometry':
      return {
        native: logical.subtype ? geometry(logical.subtype) : 'geometry',
        note: 'The reference system of geometries is not carried.',
      };
    case 'array':
      return { native: 'json', note: 'An array becomes a JSON array.' };
    case 'opaque':
      return {
        ...unbounded(facts),
        note: `MySQL has no type ${logical.native} of its own; the values are kept as text.`,
      };
  }
}

function doubts(logical: LogicalType, keyed: boolean): readonly Question[] {
  switch (logical.kind) {
    case 'text':
    case 'opaque':
    case 'enum':
      if (keyed) return ['maxChars'];
      return logical.kind === 'opaque' || (logical.kind === 'text' && !fitsVarchar(logical.length)) ? ['maxBytes'] : [];
    case 'binary':
      return keyed && logical.length === null ? ['maxBytes'] : [];
    case 'decimal':
      return logical.precision === null || logical.precision > 65 || (logical.scale ?? 0) > 30
        ? ['maxIntegerDigits', 'maxScale']
        : [];
    default:
      return [];
  }
}

/** Within the family a type stays what it is, to the letter, unless the other product does not have it. */
function ownType({ family, native }: ColumnFacts, server: Server): TypeProposal | null {
  if (family !== 'mysql' || native === undefined) return null;
  const type = nativeType(native);
  if (!type) return null;
  switch (type.name) {
    case 'uuid':
      return isMariaDb(server) && server.versionNumber >= 100_700 ? { native } : { native: 'char(36)' };
    case 'inet4':
      return isMariaDb(server) && server.versionNumber >= 101_000 ? { native } : { native: 'varchar(15)' };
    case 'inet6':
      return isMariaDb(server) ? { native } : { native: 'varchar(45)' };
    case 'vector':
      return server.versionNumber >= (isMariaDb(server) ? 110_700 : 90_000) ? { native } : { native: 'longblob' };
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'bigint': {
      // The width of display is gone from MySQL 8 but for zeros in front; tinyint(1) means something to applications.
      const shown = type.zerofill || (type.name === 'tinyint' && type.numbers[0] === 1) ? type.numbers[0] : undefined;
      const width = shown === undefined ? '' : `(${shown})`;
      return { native: `${type.name}${width}${type.unsigned ? ' unsigned' : ''}${type.zerofill ? ' zerofill' : ''}` };
    }
    default:
      return { native: isMariaDb(server) ? native.replace(/\s+srid\s+\d+/i, '') : native };
  }
}

function integer(logical: Extract<LogicalType, { kind: 'integer' }>): string {
  if (logical.maybeBoolean) return 'tinyint(1)';
  const name = { 8: 'tinyint', 16: 'smallint', 24: 'mediumint', 32: 'int', 64: 'bigint' }[logical.bits];
  return logical.unsigned ? `${name} unsigned` : name;
}

function decimal(
  { precision, scale }: Extract<LogicalType, { kind: 'decimal' }>,
  { answers }: ColumnFacts,
): TypeProposal {
  const digits = Math.max(scale ?? 0, 0);
  if (precision !== null) {
    // PostgreSQL rounds numeric(2,-3) to thousands: five digits.
    const all = Math.max(precision - Math.min(scale ?? 0, 0), digits);
    if (all <= 65 && digits <= 30) return { native: `decimal(${all},${digits})` };
  }
  const whole = Number(answers.maxIntegerDigits ?? 0);
  const part = Number(answers.maxScale ?? 0);
  if (whole + part > 65 || part > 30) {
    return {
      native: whole + part < 250 ? 'varchar(255)' : 'longtext',
      note: 'Some values have more digits than DECIMAL(65,30) holds, so they are kept as text.',
    };
  }
  if (answers.maxIntegerDigits == null) return { native: 'decimal(65,30)' };
  return {
    native: `decimal(${Math.min(65, Math.max(whole, ROOM) + part)},${part})`,
    note: `A decimal without bounds gets those of its values: ${part} digits behind the point.`,
  };
}

function text({ length, fixed }: Extract<LogicalType, { kind: 'text' }>, facts: ColumnFacts): TypeProposal {
  if (length !== null && length > 0) {
    if (fixed && length <= 255) return { native: `char(${length})` };
    if (facts.keyed ? length <= KEY_STEPS[2] : fitsVarchar(length)) return { native: `varchar(${length})` };
  }
  return unbounded(facts);
}

function unbounded({ answers, keyed }: ColumnFacts): TypeProposal {
  if (keyed) {
    const longest = Number(answers.maxChars ?? 0);
    const step = KEY_STEPS.find((size) => longest <= size);
    const native = `varchar(${step ?? Math.min(longest, MAX_VARCHAR)})`;
    return { native, note: `A key needs a bound: the column becomes ${native}, and longer texts are refused.` };
  }
  const bytes = answers.maxBytes;
  // Twice the size, so that the texts still to come have room.
  if (bytes != null && Number(bytes) * 2 > 0xff_ffff) return { native: 'longtext' };
  return { native: bytes != null && Number(bytes) * 2 <= 0xffff ? 'text' : bytes == null ? 'longtext' : 'mediumtext' };
}

function binary(
  { length, fixed }: Extract<LogicalType, { kind: 'binary' }>,
  { answers, keyed }: ColumnFacts,
): TypeProposal {
  if (length !== null && length > 0) {
    if (fixed && length <= 255) return { native: `binary(${length})` };
    if (length <= (keyed ? 3072 : 16_383)) return { native: `varbinary(${length})` };
  }
  if (!keyed) return { native: 'longblob' };
  const longest = Number(answers.maxBytes ?? 0);
  const native = `varbinary(${BINARY_KEY_STEPS.find((size) => longest <= size) ?? Math.min(longest, 65_535)})`;
  return { native, note: `A key needs a bound: the column becomes ${native}, and longer values are refused.` };
}

function enumeration(labels: readonly string[]): TypeProposal {
  // Labels are compared like texts, without case and accents, and lose the blanks at their end.
  const folded = new Set(labels.map((label) => label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()));
  const fits =
    labels.length > 0 &&
    labels.length <= 65_535 &&
    folded.size === labels.length &&
    labels.every((label) => label.length <= 255 && !label.endsWith(' '));
  if (fits) return { native: `enum(${labels.map(literal).join(',')})` };
  const longest = Math.max(1, ...labels.map((label) => [...label].length));
  return {
    native: longest <= MAX_VARCHAR ? `varchar(${longest})` : 'longtext',
    checkLabels: labels,
    note: 'These labels do not fit an ENUM of MySQL; a CHECK holds the values to them.',
  };
}

function set(labels: readonly string[]): TypeProposal {
  if (
    labels.length > 0 &&
    labels.length <= 64 &&
    labels.every((label) => !label.includes(',') && !label.endsWith(' '))
  ) {
    return { native: `set(${labels.map(literal).join(',')})` };
  }
  return { native: 'longtext', note: 'These labels do not fit a SET of MySQL; the values are kept as text.' };
}

function bit({ length, varying }: Extract<LogicalType, { kind: 'bit' }>): TypeProposal {
  if (length !== null && length <= 64 && !varying) return { native: `bit(${length})` };
  const native = length !== null && fitsVarchar(length) ? `varchar(${length})` : 'longtext';
  return { native, note: 'Bits of this length are kept as text of 0 and 1.' };
}

function geometry(subtype: string): string {
  const name = subtype.toLowerCase();
  return parseType(name)?.kind === 'geometry' ? name : 'geometry';
}

function fitsVarchar(length: number | null): boolean {
  return length !== null && length <= MAX_VARCHAR;
}

function fraction(precision: number): string {
  return precision > 0 ? `(${Math.min(precision, 6)})` : '';
}
