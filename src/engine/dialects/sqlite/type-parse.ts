// Reads declared types. SQLite takes any words for a type; only their affinity acts on values.

import type { LogicalType } from '../../../shared/model/logical-type.ts';

export type Affinity = 'integer' | 'text' | 'blob' | 'real' | 'numeric';

const INT64: LogicalType = { kind: 'integer', bits: 64, unsigned: false };
const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };
const BYTES: LogicalType = { kind: 'binary', length: null, fixed: false };
const DEFAULT_PRECISION = 6;

/** The five rules of https://sqlite.org/datatype3.html, in their order. */
export function affinityOf(native: string): Affinity {
  const words = split(native).declared.toUpperCase();
  if (words.includes('INT')) return 'integer';
  if (/CHAR|CLOB|TEXT/.test(words)) return 'text';
  if (words === '' || words.includes('BLOB')) return 'blob';
  if (/REAL|FLOA|DOUB/.test(words)) return 'real';
  return 'numeric';
}

/**
 * A native type of this dialect is the declared type, and behind it what SQLite keeps beside the type
 * and a copy must keep too: AUTOINCREMENT, COLLATE.
 */
export function split(native: string): { declared: string; autoincrement: boolean; collation: string | null } {
  let declared = native.trim();
  const collate = /\s+COLLATE\s+(\w+|"[^"]+")$/i.exec(` ${declared}`);
  if (collate) declared = declared.slice(0, declared.length - collate[0].trimStart().length).trim();
  const autoincrement = /(^|\s)AUTOINCREMENT$/i.test(declared);
  if (autoincrement) declared = declared.replace(/\s*AUTOINCREMENT$/i, '');
  return { declared, autoincrement, collation: collate ? collate[1]!.replaceAll('"', '') : null };
}

/** Never null: a type that nobody knows means what its affinity says. */
export function parseType(native: string): LogicalType {
  const { declared } = split(native);
  const match = /^([^(]*)(?:\(\s*([+-]?\d+)\s*(?:,\s*([+-]?\d+)\s*)?\))?(.*)$/s.exec(declared)!;
  const words = `${match[1]!.trim()} ${match[4]!.trim()}`.trim().toUpperCase().replaceAll(/\s+/g, ' ');
  const first = match[2] === undefined ? null : Number(match[2]);
  const second = match[3] === undefined ? null : Number(match[3]);
  return named(words, first, second) ?? byAffinity(declared);
}

/** The names that people bring from other databases, and those that Drover writes itself (see types.ts). */
function named(words: string, first: number | null, second: number | null): LogicalType | null {
  switch (words) {
    case '':
    case 'ANY':
      return { kind: 'opaque', native: 'ANY' };
    case 'BOOLEAN':
    case 'BOOL':
      return { kind: 'boolean' };
    case 'BIT':
      return first === null || first === 1 ? { kind: 'boolean' } : INT64;
    case 'TINYINT':
      return first === 1 ? { kind: 'integer', bits: 64, unsigned: false, maybeBoolean: true } : INT64;
    case 'TEXT_UNSIGNED':
      return { kind: 'integer', bits: 64, unsigned: true };
    case 'NUMERIC':
    case 'DECIMAL':
    case 'DEC':
    case 'NUMBER':
    case 'TEXT_DECIMAL':
      return { kind: 'decimal', precision: first, scale: first === null ? null : (second ?? 0) };
    case 'MONEY':
    case 'SMALLMONEY':
    case 'CURRENCY':
      return { kind: 'decimal', precision: null, scale: null };
    case 'DATE':
      return { kind: 'date' };
    case 'TIME':
    case 'TIME WITHOUT TIME ZONE':
      return { kind: 'time', precision: first ?? DEFAULT_PRECISION, extended: false, zone: false };
    case 'TIMETZ':
    case 'TIME WITH TIME ZONE':
      return { kind: 'time', precision: first ?? DEFAULT_PRECISION, extended: false, zone: true };
    case 'TIMESPAN':
      return { kind: 'time', precision: first ?? DEFAULT_PRECISION, extended: true, zone: false };
    case 'DATETIME':
    case 'TIMESTAMP':
    case 'TIMESTAMP WITHOUT TIME ZONE':
    case 'SMALLDATETIME':
    case 'DATETIME2':
      return { kind: 'timestamp', precision: first ?? DEFAULT_PRECISION, zone: false };
    case 'TIMESTAMPTZ':
    case 'TIMESTAMP WITH TIME ZONE':
    case 'DATETIMEOFFSET':
      return { kind: 'timestamp', precision: first ?? DEFAULT_PRECISION, zone: true };
    case 'INTERVAL':
      return { kind: 'interval' };
    case 'UUID':
    case 'GUID':
    case 'UNIQUEIDENTIFIER':
      return { kind: 'uuid' };
    case 'JSON':
    case 'JSONB':
    case 'JSON_TEXT':
      return { kind: 'json' };
    case 'TEXT_BIT':
      return { kind: 'bit', length: first, varying: false };
    case 'TEXT_VARBIT':
      return { kind: 'bit', length: first, varying: true };
    case 'TEXT_GEOMETRY':
      return { kind: 'geometry', subtype: null };
    case 'STRING':
      return TEXT;
    // SpatiaLite and GeoPackage keep shapes in a binary form of their own. POINT has integer affinity by its letters.
    case 'GEOMETRY':
    case 'POINT':
    case 'LINESTRING':
    case 'POLYGON':
    case 'MULTIPOINT':
    case 'MULTILINESTRING':
    case 'MULTIPOLYGON':
    case 'GEOMETRYCOLLECTION':
    case 'BINARY':
    case 'VARBINARY':
    case 'BYTEA':
    case 'IMAGE':
      return BYTES;
    default:
      return null;
  }
}

/** Lengths are not enforced by SQLite, so they promise nothing of the values: text and bytes are unbounded. */
function byAffinity(declared: string): LogicalType {
  switch (affinityOf(declared)) {
    case 'integer':
      return INT64;
    case 'text':
      return TEXT;
    case 'blob':
      return BYTES;
    case 'real':
      return { kind: 'float', bits: 64 };
    case 'numeric':
      return { kind: 'decimal', precision: null, scale: null };
  }
}
