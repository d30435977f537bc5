// Pure helpers on logical types: name them, compare them, join them, and correct them by what the values say.

import type { LogicalType } from '../../shared/model/logical-type.ts';

/** The type in words, for findings and screens. */
export function describe(type: LogicalType): string {
  switch (type.kind) {
    case 'integer':
      return `${type.unsigned ? 'unsigned ' : ''}${type.bits}-bit integer`;
    case 'decimal':
      return type.precision === null ? 'decimal of any size' : `decimal(${type.precision},${type.scale ?? 0})`;
    case 'float':
      return `${type.bits}-bit float`;
    case 'text':
      return type.length === null ? 'text' : `text of ${type.length} characters`;
    case 'binary':
      return type.length === null ? 'bytes' : `${type.length} bytes`;
    case 'time':
      return type.extended ? 'time beyond a day' : type.zone ? 'time with zone' : 'time';
    case 'timestamp':
      return type.zone ? 'timestamp with zone' : 'timestamp';
    case 'bit':
      return type.length === null ? 'bits' : `${type.length} bits`;
    case 'enum':
    case 'set':
      return `${type.kind} of ${type.labels.length} labels`;
    case 'array':
      return `array of ${describe(type.element)}`;
    case 'geometry':
      return type.subtype ?? 'geometry';
    case 'opaque':
      return type.native;
    case 'boolean':
    case 'date':
    case 'interval':
    case 'uuid':
    case 'json':
      return type.kind;
  }
}

/** Same kind and same bounds. `maybeBoolean` is a hint, not a difference. */
export function equal(a: LogicalType, b: LogicalType): boolean {
  return canonical(a) === canonical(b);
}

function canonical(type: LogicalType): string {
  const { maybeBoolean: _, ...bounds } = type as LogicalType & { maybeBoolean?: boolean };
  return JSON.stringify(Object.entries(bounds).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The narrowest type that holds every value of all the given ones: what both ends of a foreign key should have. */
export function widest(types: readonly [LogicalType, ...LogicalType[]]): LogicalType {
  return types.reduce(wider);
}

type OfKind<K extends LogicalType['kind']> = Extract<LogicalType, { kind: K }>;

function wider(a: LogicalType, b: LogicalType): LogicalType {
  if (equal(a, b)) return a.kind === 'integer' && b.kind === 'integer' && !b.maybeBoolean ? b : a;
  if (isNumber(a) && isNumber(b)) return widerNumber(a, b);
  if (a.kind === 'binary' && b.kind === 'binary') {
    return { kind: 'binary', length: longer(a.length, b.length), fixed: false };
  }
  if (a.kind === 'timestamp' && b.kind === 'timestamp' && a.zone === b.zone) return a.precision >= b.precision ? a : b;
  if (a.kind === 'bit' && b.kind === 'bit') return { kind: 'bit', length: longer(a.length, b.length), varying: true };
  return { kind: 'text', length: longer(textLength(a), textLength(b)), fixed: false };
}

const INTEGER_DIGITS = { 8: 3, 16: 5, 24: 8, 32: 10, 64: 20 } as const;

type NumberType = OfKind<'boolean' | 'integer' | 'decimal' | 'float'>;

function isNumber(type: LogicalType): type is NumberType {
  return type.kind === 'boolean' || type.kind === 'integer' || type.kind === 'decimal' || type.kind === 'float';
}

function widerNumber(a: NumberType, b: NumberType): LogicalType {
  if (a.kind === 'boolean') return b;
  if (b.kind === 'boolean') return a;
  if (a.kind === 'float' || b.kind === 'float') return { kind: 'float', bits: 64 };
  if (a.kind === 'integer' && b.kind === 'integer') return widerInteger(a, b);
  return widerDecimal(asDecimal(a), asDecimal(b));
}

function widerInteger(a: OfKind<'integer'>, b: OfKind<'integer'>): LogicalType {
  const bits = a.bits >= b.bits ? a.bits : b.bits;
  if (a.unsigned === b.unsigned) return { kind: 'integer', bits, unsigned: a.unsigned };
  const [signed, unsigned] = a.unsigned ? [b, a] : [a, b];
  if (signed.bits > unsigned.bits) return { kind: 'integer', bits: signed.bits, unsigned: false };
  const next = ([16, 24, 32, 64] as const).find((size) => size > unsigned.bits);
  return next
    ? { kind: 'integer', bits: next, unsigned: false }
    : { kind: 'decimal', precision: INTEGER_DIGITS[64], scale: 0 };
}

function asDecimal(type: OfKind<'integer' | 'decimal'>): OfKind<'decimal'> {
  return type.kind === 'decimal' ? type : { kind: 'decimal', precision: INTEGER_DIGITS[type.bits], scale: 0 };
}

function widerDecimal(a: OfKind<'decimal'>, b: OfKind<'decimal'>): LogicalType {
  if (a.precision === null || b.precision === null) return { kind: 'decimal', precision: null, scale: null };
  const scale = Math.max(a.scale ?? 0, b.scale ?? 0);
  const whole = Math.max(a.precision - (a.scale ?? 0), b.precision - (b.scale ?? 0));
  return { kind: 'decimal', precision: whole + scale, scale };
}

function longer(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : Math.max(a, b);
}

/** Characters that the type's values need as text; null where there is no bound. */
function textLength(type: LogicalType): number | null {
  if (type.kind === 'text') return type.length;
  if (type.kind === 'enum') return Math.max(1, ...type.labels.map((label) => [...label].length));
  return type.kind === 'uuid' ? 36 : null;
}
