// PostgreSQL's type names, as the catalogue or a person writes them, to logical types.

import type { LogicalType, ScalarType } from '../../../shared/model/logical-type.ts';

/** Fractional digits where a time type names none. */
export const DEFAULT_PRECISION = 6;

const MAX_PRECISION = 1000;

/** A type's words taken apart: `numeric(10,2)[]` is name numeric, modifiers 10 and 2, an array. */
interface Words {
  readonly name: string;
  readonly modifiers: readonly string[];
  readonly zone: boolean | null;
  readonly array: boolean;
}

/** Null when it is no built-in type of PostgreSQL (nor PostGIS's or citext's, which are widespread). */
export function parseType(native: string): LogicalType | null {
  const words = takeApart(native);
  if (!words) return null;
  const scalar = scalarOf(words);
  if (!scalar) return null;
  return words.array ? { kind: 'array', element: scalar } : scalar;
}

/** The words without what only matters when a column is made: serial is integer. */
export function plainNative(native: string): string {
  return native.trim().replace(/^(small|big)?serial([248])?$/i, (_, size?: string, digits?: string) => {
    const width = size?.toLowerCase() ?? (digits === '2' ? 'small' : digits === '8' ? 'big' : '');
    return width === '' ? 'integer' : `${width}int`;
  });
}

function takeApart(native: string): Words | null {
  const text = native.trim().replace(/\s+/g, ' ');
  const parts =
    /^("[^"]+"|[a-z_][\w. ]*?)\s*(?:\(([^()]*)\))?( with time zone| without time zone|[a-z ]*?)?\s*(array|(?:\[\d*\]\s*)+)?$/i.exec(
      text,
    );
  if (!parts) return null;
  const [, rawName = '', rawModifiers, rawTail = '', array] = parts;
  const name = rawName.startsWith('"') ? rawName : rawName.toLowerCase().replace(/^pg_catalog\./, '');
  const whole = `${name}${rawTail.toLowerCase()}`;
  const zone = / with time zone$/.test(whole) ? true : / without time zone$/.test(whole) ? false : null;
  return {
    name: whole.replace(/ with(out)? time zone$/, '').trim(),
    modifiers: rawModifiers === undefined ? [] : rawModifiers.split(',').map((part) => part.trim()),
    zone,
    array: array !== undefined,
  };
}

function scalarOf({ name, modifiers, zone }: Words): ScalarType | null {
  const first = modifiers[0] === undefined ? null : whole(modifiers[0]);
  if (zone !== null && name !== 'time' && name !== 'timestamp') return null;
  switch (name) {
    case 'boolean':
    case 'bool':
      return { kind: 'boolean' };
    case 'smallint':
    case 'int2':
    case 'smallserial':
    case 'serial2':
      return { kind: 'integer', bits: 16, unsigned: false };
    case 'integer':
    case 'int':
    case 'int4':
    case 'serial':
    case 'serial4':
      return { kind: 'integer', bits: 32, unsigned: false };
    case 'bigint':
    case 'int8':
    case 'bigserial':
    case 'serial8':
      return { kind: 'integer', bits: 64, unsigned: false };
    case 'oid':
      return { kind: 'integer', bits: 32, unsigned: true };
    case 'numeric':
    case 'decimal':
    case 'dec':
      return decimalOf(modifiers);
    case 'money':
      return { kind: 'decimal', precision: 19, scale: 2 };
    case 'real':
    case 'float4':
      return { kind: 'float', bits: 32 };
    case 'double precision':
    case 'float8':
      return { kind: 'float', bits: 64 };
    case 'float':
      return { kind: 'float', bits: first !== null && first <= 24 ? 32 : 64 };
    case 'text':
    case 'citext':
    case 'public.citext':
      return { kind: 'text', length: null, fixed: false };
    case 'character varying':
    case 'varchar':
      return { kind: 'text', length: first, fixed: false };
    case 'character':
    case 'char':
      return { kind: 'text', length: first ?? 1, fixed: true };
    case 'bpchar':
      return { kind: 'text', length: first, fixed: first !== null };
    case 'bytea':
      return { kind: 'binary', length: null, fixed: false };
    case 'date':
      return { kind: 'date' };
    case 'time':
      return { kind: 'time', precision: first ?? DEFAULT_PRECISION, extended: false, zone: zone === true };
    case 'timetz':
      return { kind: 'time', precision: first ?? DEFAULT_PRECISION, extended: false, zone: true };
    case 'timestamp':
      return { kind: 'timestamp', precision: first ?? DEFAULT_PRECISION, zone: zone === true };
    case 'timestamptz':
      return { kind: 'timestamp', precision: first ?? DEFAULT_PRECISION, zone: true };
    case 'uuid':
      return { kind: 'uuid' };
    case 'json':
    case 'jsonb':
      return { kind: 'json' };
    case 'bit':
      return { kind: 'bit', length: first ?? 1, varying: false };
    case 'bit varying':
    case 'varbit':
      return { kind: 'bit', length: first, varying: true };
    default:
      return otherOf(name, modifiers);
  }
}

function otherOf(name: string, modifiers: readonly string[]): ScalarType | null {
  if (/^interval( (year|month|day|hour|minute|second)( to (month|hour|minute|second))?)?$/.test(name)) {
    return { kind: 'interval' };
  }
  if (/^(?:\w+\.)?(geometry|geography)$/.test(name)) {
    return { kind: 'geometry', subtype: modifiers[0]?.toLowerCase() ?? null };
  }
  return OPAQUE.has(name) ? { kind: 'opaque', native: name } : null;
}

function decimalOf(modifiers: readonly string[]): ScalarType | null {
  if (modifiers.length === 0) return { kind: 'decimal', precision: null, scale: null };
  const precision = whole(modifiers[0]!);
  const scale = modifiers[1] === undefined ? 0 : whole(modifiers[1]);
  if (precision === null || scale === null || precision > MAX_PRECISION) return null;
  return { kind: 'decimal', precision, scale };
}

function whole(text: string): number | null {
  return /^-?\d+$/.test(text) ? Number(text) : null;
}

const RANGES = ['int4', 'int8', 'num', 'ts', 'tstz', 'date'].flatMap((of) => [`${of}range`, `${of}multirange`]);

/** Built-in types that only PostgreSQL understands. */
const OPAQUE: ReadonlySet<string> = new Set([
  ...RANGES,
  '"char"',
  'name',
  'xml',
  'inet',
  'cidr',
  'macaddr',
  'macaddr8',
  'tsvector',
  'tsquery',
  'point',
  'line',
  'lseg',
  'box',
  'path',
  'polygon',
  'circle',
  'jsonpath',
  'pg_lsn',
  'pg_snapshot',
  'txid_snapshot',
  'xid',
  'xid8',
  'cid',
  'tid',
  'regclass',
  'regcollation',
  'regconfig',
  'regdictionary',
  'regnamespace',
  'regoper',
  'regoperator',
  'regproc',
  'regprocedure',
  'regrole',
  'regtype',
]);
