// Reads the names of MySQL's and MariaDB's types, as people and catalogues write them.

import type { LogicalType } from '../../../shared/model/logical-type.ts';

/** A type's words taken apart: `decimal(10,2) unsigned` is decimal, [10, 2], unsigned. */
export interface NativeType {
  /** Lower case, one of the catalogue's own names: int, never integer. */
  readonly name: string;
  readonly numbers: readonly number[];
  readonly labels: readonly string[];
  readonly unsigned: boolean;
  readonly zerofill: boolean;
  /** What stands behind it: character set, collation, srid. */
  readonly rest: string;
}

const ALIASES: Readonly<Record<string, string>> = {
  integer: 'int',
  int1: 'tinyint',
  int2: 'smallint',
  int3: 'mediumint',
  int4: 'int',
  int8: 'bigint',
  middleint: 'mediumint',
  dec: 'decimal',
  fixed: 'decimal',
  numeric: 'decimal',
  real: 'double',
  'double precision': 'double',
  character: 'char',
  nchar: 'char',
  nvarchar: 'varchar',
  'national char': 'char',
  'national varchar': 'varchar',
  'char varying': 'varchar',
  'character varying': 'varchar',
  'char byte': 'binary',
  long: 'mediumtext',
  geomcollection: 'geometrycollection',
};

const INTEGER_BITS = { tinyint: 8, smallint: 16, mediumint: 24, int: 32, bigint: 64 } as const;
const TEXTS = ['tinytext', 'text', 'mediumtext', 'longtext'];
const BLOBS = ['tinyblob', 'blob', 'mediumblob', 'longblob'];
const GEOMETRIES = [
  'geometry',
  'point',
  'linestring',
  'polygon',
  'multipoint',
  'multilinestring',
  'multipolygon',
  'geometrycollection',
];
/** Known to one of both products only, or to newer versions; they travel as text. */
const OPAQUE = ['inet4', 'inet6'];

/** Null when it is not a type of this family. */
export function parseType(native: string): LogicalType | null {
  const type = nativeType(native);
  return type && logicalOf(type);
}

export function nativeType(native: string): NativeType | null {
  const text = native.trim();
  const labelled = /^(enum|set)\s*\(/i.exec(text);
  if (labelled) return labelledType(labelled[1]!.toLowerCase(), text.slice(labelled[0].length));
  const match =
    /^([a-z]\w*(?:\s+(?:precision|varying|byte|char|varchar)\b)?)\s*(?:\(\s*(\d+(?:\s*,\s*\d+)?)\s*\))?(.*)$/is.exec(
      text,
    );
  if (!match) return null;
  const word = match[1]!.toLowerCase().replace(/\s+/g, ' ');
  const rest = match[3]!.trim();
  if (!/^(?:(?:un)?signed\b|zerofill\b|(?:character set|charset)\s+\w+|collate\s+\w+|srid\s+\d+|\s)*$/i.test(rest))
    return null;
  const numbers = match[2] ? match[2].split(',').map(Number) : [];
  const zerofill = /\bzerofill\b/i.test(rest);
  const unsigned = /\bunsigned\b/i.test(rest) || zerofill;
  const plain = rest.replace(/\b(?:(?:un)?signed|zerofill)\b/gi, '').trim();
  if (word === 'bool' || word === 'boolean') return { ...EMPTY, name: 'tinyint', numbers: [1] };
  if (word === 'serial') return { ...EMPTY, name: 'bigint', unsigned: true };
  return { name: ALIASES[word] ?? word, numbers, labels: [], unsigned, zerofill, rest: plain };
}

/** Types whose columns hold characters, so that a collation can be said of them. */
export function isTextual({ name }: NativeType): boolean {
  return ['char', 'varchar', 'enum', 'set', ...TEXTS].includes(name);
}

/** Types kept outside the row: their defaults are expressions, their index parts need a length. */
export function isLarge({ name }: NativeType): boolean {
  return TEXTS.includes(name) || BLOBS.includes(name) || name === 'json' || GEOMETRIES.includes(name);
}

const EMPTY: NativeType = { name: '', numbers: [], labels: [], unsigned: false, zerofill: false, rest: '' };

function labelledType(name: string, text: string): NativeType | null {
  const labels: string[] = [];
  // A quote inside a label is doubled; a backslash escapes what follows it.
  const label = /\s*'((?:[^'\\]|''|\\.)*)'\s*([,)])/sy;
  for (;;) {
    const match = label.exec(text);
    if (!match) return null;
    labels.push(unescaped(match[1]!));
    if (match[2] === ')') return { ...EMPTY, name, labels, rest: text.slice(label.lastIndex).trim() };
  }
}

const ESCAPES: Readonly<Record<string, string>> = { '0': '\0', n: '\n', r: '\r', t: '\t', b: '\b', Z: '\x1a' };

/** The inside of a literal as MySQL's catalogues and people write it. */
export function unescaped(text: string): string {
  return text.replace(/''|\\(.)/gs, (_, escaped?: string) =>
    escaped === undefined ? "'" : (ESCAPES[escaped] ?? escaped),
  );
}

function logicalOf({ name, numbers, labels, unsigned }: NativeType): LogicalType | null {
  const [first, second] = numbers;
  switch (name) {
    case 'tinyint':
    case 'smallint':
    case 'mediumint':
    case 'int':
    case 'bigint': {
      const bits = INTEGER_BITS[name];
      if (name === 'tinyint' && first === 1 && !unsigned)
        return { kind: 'integer', bits, unsigned, maybeBoolean: true };
      return { kind: 'integer', bits, unsigned };
    }
    case 'year':
      return { kind: 'integer', bits: 16, unsigned: false };
    case 'decimal':
      return { kind: 'decimal', precision: first ?? 10, scale: second ?? 0 };
    case 'float':
      return { kind: 'float', bits: second === undefined && (first ?? 0) > 24 ? 64 : 32 };
    case 'double':
      return { kind: 'float', bits: 64 };
    case 'char':
      return { kind: 'text', length: first ?? 1, fixed: true };
    case 'varchar':
      return first === undefined ? null : { kind: 'text', length: first, fixed: false };
    case 'binary':
      return { kind: 'binary', length: first ?? 1, fixed: true };
    case 'varbinary':
      return first === undefined ? null : { kind: 'binary', length: first, fixed: false };
    case 'date':
    case 'json':
    case 'uuid':
      return { kind: name };
    case 'time':
      return { kind: 'time', precision: first ?? 0, extended: true, zone: false };
    case 'datetime':
      return { kind: 'timestamp', precision: first ?? 0, zone: false };
    case 'timestamp':
      return { kind: 'timestamp', precision: first ?? 0, zone: true };
    case 'bit':
      return { kind: 'bit', length: first ?? 1, varying: false };
    case 'enum':
    case 'set':
      return { kind: name, labels: [...labels] };
    default:
      if (TEXTS.includes(name)) return { kind: 'text', length: null, fixed: false };
      if (BLOBS.includes(name)) return { kind: 'binary', length: null, fixed: false };
      if (GEOMETRIES.includes(name)) return { kind: 'geometry', subtype: name === 'geometry' ? null : name };
      // Its text has six digits of each number; its bytes are the numbers themselves.
      if (name === 'vector') return { kind: 'binary', length: null, fixed: false };
      return OPAQUE.includes(name) ? { kind: 'opaque', native: name } : null;
  }
}
