// The table of conversions: from a source's logical type to the target's, value by value.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import { arrayToJson, setToArray, setToJson } from './fields/composite.ts';
import { copyField, type FieldConverter, guarded, viaText } from './fields/field.ts';
import * as numbers from './fields/numbers.ts';
import * as temporal from './fields/temporal.ts';

/** Whether values of one logical type can be turned into another at all. */
export function convertible(from: LogicalType, to: LogicalType): boolean {
  return fieldConverter(from, to) !== null;
}

/** The table of conversions. Same form on both sides is a copy; what is absent does not exist. */
export function fieldConverter(from: LogicalType, to: LogicalType): FieldConverter | null {
  switch (to.kind) {
    case 'boolean':
      return toBooleanFrom(from);
    case 'integer':
      return toIntegerFrom(from, to);
    case 'decimal':
      return toDecimalFrom(from);
    case 'float':
      return toFloatFrom(from, to.bits);
    case 'text':
      return toTextFrom(from);
    case 'enum':
      return from.kind === 'enum' || from.kind === 'text' ? copyField : null;
    case 'set':
      return from.kind === 'set' || from.kind === 'text' ? copyField : null;
    case 'binary':
      if (from.kind === 'binary' || from.kind === 'text') return copyField;
      return from.kind === 'bit' ? numbers.bitsToBinary : null;
    case 'date':
      if (from.kind === 'date') return copyField;
      return from.kind === 'timestamp' ? temporal.timestampToDate : from.kind === 'text' ? temporal.textToDate : null;
    case 'time':
      return toTimeFrom(from, to);
    case 'timestamp':
      if (from.kind === 'timestamp') return copyField;
      return from.kind === 'date' ? temporal.dateToTimestamp : from.kind === 'text' ? temporal.textToTimestamp : null;
    case 'interval':
      if (from.kind === 'time' && !from.zone) return temporal.timeToInterval;
      if (from.kind === 'text') return temporal.textToInterval;
      return from.kind === 'interval' ? copyField : null;
    case 'uuid':
      if (from.kind === 'uuid') return copyField;
      return from.kind === 'text' ? viaText(toUuid) : null;
    case 'json':
      if (from.kind === 'json' || from.kind === 'text') return copyField;
      if (from.kind === 'set') return setToJson;
      return from.kind === 'array' ? arrayToJson(from.element) : null;
    case 'bit':
      if (from.kind === 'text') return numbers.toBits;
      return from.kind === 'bit' ? copyField : from.kind === 'boolean' && to.length === 1 ? copyField : null;
    case 'array':
      return from.kind === 'array'
        ? copyField
        : from.kind === 'set'
          ? setToArray
          : from.kind === 'text'
            ? copyField
            : null;
    case 'geometry':
      return from.kind === 'geometry' || from.kind === 'text' ? copyField : null;
    case 'opaque':
      return from.kind === 'opaque' || from.kind === 'text' ? copyField : null;
  }
}

function toBooleanFrom(from: LogicalType): FieldConverter | null {
  switch (from.kind) {
    case 'boolean':
      return copyField;
    case 'integer':
    case 'text':
      return numbers.toBoolean;
    case 'bit':
      return from.length === 1 ? copyField : null;
    default:
      return null;
  }
}

function toIntegerFrom(from: LogicalType, to: Extract<LogicalType, { kind: 'integer' }>): FieldConverter | null {
  switch (from.kind) {
    case 'boolean':
      return copyField;
    case 'integer': {
      const has = numbers.integerBounds(from);
      const holds = numbers.integerBounds(to);
      return has.min >= holds.min && has.max <= holds.max ? copyField : numbers.toInteger(to);
    }
    case 'decimal':
    case 'text':
      return numbers.toInteger(to);
    case 'float':
      return numbers.floatToInteger(to);
    case 'bit':
      return numbers.bitsToInteger(to);
    default:
      return null;
  }
}

function toDecimalFrom(from: LogicalType): FieldConverter | null {
  switch (from.kind) {
    case 'decimal':
    case 'integer':
    case 'boolean':
      return copyField;
    case 'float':
      return numbers.floatToDecimal;
    case 'text':
      return numbers.toDecimal;
    default:
      return null;
  }
}

function toFloatFrom(from: LogicalType, bits: 32 | 64): FieldConverter | null {
  switch (from.kind) {
    case 'float':
      return bits >= from.bits ? copyField : numbers.floatToFloat(bits);
    case 'integer':
    case 'decimal':
    case 'text':
      return numbers.toFloat(bits);
    default:
      return null;
  }
}

/** Every type has a text. */
export function toTextFrom(from: LogicalType): FieldConverter | null {
  switch (from.kind) {
    case 'boolean':
      return numbers.booleanToText;
    case 'float':
      return numbers.floatToText;
    case 'binary':
      return binaryToHex;
    default:
      return copyField;
  }
}

function toTimeFrom(from: LogicalType, to: Extract<LogicalType, { kind: 'time' }>): FieldConverter | null {
  if (from.kind === 'text') return copyField;
  if (from.kind !== 'time') return null;
  if (from.zone && !to.zone) return null;
  return from.extended && !to.extended ? guarded(temporal.isTimeOfDay, copyField) : copyField;
}

const binaryToHex: FieldConverter = (bytes, start, end, out) => {
  out.text(bytes.toString('hex', start, end));
  return true;
};

function toUuid(text: string): string | null {
  const digits = text.trim().toLowerCase().replaceAll(/[-{}]/g, '');
  if (!/^[0-9a-f]{32}$/.test(digits)) return null;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
