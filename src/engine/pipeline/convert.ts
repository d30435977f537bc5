// From a source's logical type to the target's: which conversions exist, and the compiled pass over a batch.

import { DroverError } from '../../shared/errors.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Lane } from '../../shared/model/plan.ts';
import type { ValueLimits } from '../dialects/dialect.ts';
import { type BatchWriter, fieldLength, NULL_LENGTH, type RowBatch } from './batch.ts';
import { arrayToJson, setToArray, setToJson } from './fields/composite.ts';
import { copyField, type FieldConverter, guarded, viaText } from './fields/field.ts';
import * as numbers from './fields/numbers.ts';
import * as temporal from './fields/temporal.ts';
import type { Refuse } from './refusal.ts';

/** Both sides' limits, for values that one can hold and the other can't. */
export interface Limits {
  readonly source: ValueLimits;
  readonly target: ValueLimits;
}

export interface Converter {
  /** Rewrites a batch; the result is valid until the next call. */
  convert(batch: RowBatch): RowBatch;
  /** For each row of the last batch its place in the batch it came from. */
  readonly places: Int32Array;
  /** Values that became NULL by the column's policy, by target column. */
  readonly nulled: ReadonlyMap<string, number>;
}

/** Null when every field travels as it is: the batch needs no pass at all. */
export function compileConverter(
  table: string,
  lanes: readonly Lane[],
  limits: Limits,
  out: BatchWriter,
  refuse: Refuse | null = null,
): Converter | null {
  const converters = lanes.map((lane) => laneConverter(lane, limits));
  if (converters.every((converter) => converter === copyField)) return null;
  const keeps = converters.map((converter) => converter.keeps);
  const nulled = new Map<string, number>();

  /** False when the row is refused, and somebody was told. */
  function misfit(lane: Lane, row: number): boolean {
    if (lane.unrepresentable === 'refuse') {
      if (!refuse) throw notRepresentable(table, lane);
      refuse({
        row,
        column: lane.source,
        step: null,
        rule: null,
        reason: `The value can't be held by the target column ${lane.target}.`,
      });
      return false;
    }
    nulled.set(lane.target, (nulled.get(lane.target) ?? 0) + 1);
    out.null();
    return true;
  }

  let places = new Int32Array(1024);

  return {
    nulled,
    get places() {
      return places;
    },
    convert(batch) {
      out.clear();
      if (places.length < batch.rows) places = new Int32Array(batch.rows * 2);
      const { bytes } = batch;
      let at = 0;
      // What stands before it is written: fields that stay are copied together, many rows at once.
      let done = 0;
      for (let row = 0; row < batch.rows; row++) {
        const begin = at;
        // Where this row begins in what is written.
        let written = out.length;
        let kept = true;
        for (let i = 0; i < converters.length; i++) {
          const length = fieldLength(bytes, at);
          const start = at + 4;
          at = length === NULL_LENGTH ? start : start + length;
          // What is left of a refused row is passed over.
          if (length === NULL_LENGTH || converters[i] === copyField || !kept) continue;
          if (keeps[i]?.(bytes, start, at)) continue;
          if (done <= begin) written = out.length + begin - done;
          out.bytesOf(bytes, done, start - 4);
          done = at;
          if (!converters[i]!(bytes, start, at, out)) kept = misfit(lanes[i]!, row);
        }
        if (kept) places[out.rows++] = row;
        else {
          out.length = written;
          done = at;
        }
      }
      out.bytesOf(bytes, done, at);
      return out.batch;
    },
  };
}

/** Whether values of one logical type can be turned into another at all. */
export function convertible(from: LogicalType, to: LogicalType): boolean {
  return fieldConverter(from, to) !== null;
}

function laneConverter(lane: Lane, limits: Limits): FieldConverter {
  const converter = fieldConverter(lane.sourceLogical, lane.targetLogical);
  if (!converter) {
    throw new DroverError(
      'convert.not-representable',
      `${lane.sourceNative} can't be turned into the type of ${lane.target}.`,
      { hint: 'Choose another type for this column in the project.', where: { column: lane.target } },
    );
  }
  return withLimits(lane, limits, converter);
}

/** Adds a look at each value only where the source can hold what the target can't. */
function withLimits(lane: Lane, { source, target }: Limits, converter: FieldConverter): FieldConverter {
  const to = lane.targetLogical;
  switch (to.kind) {
    case 'date':
    case 'timestamp': {
      const zero = source.zeroDates && !target.zeroDates;
      const infinite = source.infiniteDates && !target.infiniteDates;
      const years = source.years.min < target.years.min || source.years.max > target.years.max;
      if (!zero && !infinite && !years) return converter;
      const { min, max } = target.years;
      return guarded((bytes, start, end) => {
        if (temporal.isInfiniteDate(bytes, start, end)) return target.infiniteDates;
        if (temporal.isZeroDate(bytes, start, end)) return target.zeroDates;
        const year = temporal.yearOf(bytes, start, end);
        return year >= min && year <= max;
      }, converter);
    }
    case 'float':
      if (lane.sourceLogical.kind === 'decimal') return finiteAlone(lane, { source, target }, converter);
      if (lane.sourceLogical.kind !== 'float' || target.notFinite) return converter;
      if (!source.notFinite && (!source.infiniteFloats || target.infiniteFloats)) return converter;
      return guarded((bytes, start) => {
        const value = bytes.readDoubleBE(start);
        return Number.isFinite(value) || (target.infiniteFloats && !Number.isNaN(value));
      }, converter);
    case 'decimal':
      return finiteAlone(lane, { source, target }, converter);
    default:
      return converter;
  }
}

/** A decimal that is none ends with a letter. SQLite has infinities among its decimals, as it stores them as floats. */
function finiteAlone({ sourceLogical }: Lane, { source, target }: Limits, converter: FieldConverter): FieldConverter {
  const may = source.notFinite || source.infiniteFloats;
  if (!may || target.notFinite || sourceLogical.kind !== 'decimal') return converter;
  return guarded((bytes, _start, end) => bytes[end - 1]! <= 0x39, converter);
}

/** The table of conversions. Same form on both sides is a copy; what is absent does not exist. */
function fieldConverter(from: LogicalType, to: LogicalType): FieldConverter | null {
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
      return from.kind === 'interval' || from.kind === 'text' ? copyField : null;
    case 'uuid':
      if (from.kind === 'uuid') return copyField;
      return from.kind === 'text' ? viaText(toUuid) : null;
    case 'json':
      if (from.kind === 'json' || from.kind === 'text') return copyField;
      if (from.kind === 'set') return setToJson;
      return from.kind === 'array' ? arrayToJson(from.element) : null;
    case 'bit':
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

function notRepresentable(table: string, lane: Lane): DroverError {
  return new DroverError(
    'convert.not-representable',
    `A value of ${table}.${lane.source} (${lane.sourceNative}) can't be held by the target column ${lane.target}.`,
    {
      hint: 'Choose another type for this column, or set "unrepresentable": "null" to store NULL and count it.',
      where: { side: 'source', table, column: lane.source },
    },
  );
}
