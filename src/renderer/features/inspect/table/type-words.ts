// What a logical type means, in words.

import { assertNever } from '../../../../shared/errors.ts';
import { count } from '../../../../shared/format.ts';
import type { LogicalType } from '../../../../shared/model/logical-type.ts';

export function typeWords(type: LogicalType): string {
  switch (type.kind) {
    case 'boolean':
      return 'yes or no';
    case 'integer':
      return `${type.bits}-bit integer${type.unsigned ? ', not negative' : ''}${type.maybeBoolean ? ', perhaps yes or no' : ''}`;
    case 'decimal':
      return decimalWords(type.precision, type.scale);
    case 'float':
      return `${type.bits}-bit float`;
    case 'text':
      return lengthWords('text', type.length, type.fixed, 'character');
    case 'binary':
      return lengthWords('bytes', type.length, type.fixed, 'byte');
    case 'date':
      return 'date';
    case 'time':
      return `time of day${type.extended ? ', beyond 24 h too' : ''}${type.zone ? ', with zone' : ''}`;
    case 'timestamp':
      return type.zone ? 'instant (date, time, zone)' : 'date and time, no zone';
    case 'interval':
      return 'interval';
    case 'uuid':
      return 'UUID';
    case 'json':
      return 'JSON';
    case 'enum':
      return `one of ${type.labels.join(', ')}`;
    case 'set':
      return `any of ${type.labels.join(', ')}`;
    case 'bit':
      return type.length === null ? 'bits' : `${type.varying ? 'up to ' : ''}${bits(type.length)}`;
    case 'geometry':
      return type.subtype === null ? 'geometry' : `geometry (${type.subtype.toLowerCase()})`;
    case 'opaque':
      return 'of this database only';
    case 'array':
      return `list of: ${typeWords(type.element)}`;
    default:
      return assertNever(type);
  }
}

function decimalWords(precision: number | null, scale: number | null): string {
  if (precision === null) return 'exact number';
  return scale === null || scale === 0
    ? `exact number, ${count(precision)} digits`
    : `exact number, ${count(precision)} digits, ${count(scale)} of them after the point`;
}

function lengthWords(what: string, length: number | null, fixed: boolean, unit: string): string {
  if (length === null) return what;
  const units = `${count(length)} ${length === 1 ? unit : `${unit}s`}`;
  return fixed ? `${what}, always ${units}` : `${what} up to ${units}`;
}

function bits(length: number): string {
  return length === 1 ? '1 bit' : `${count(length)} bits`;
}
