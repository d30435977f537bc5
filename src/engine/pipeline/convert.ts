// The compiled pass over a batch: every value from its source's form to the target's, and what becomes of those that do
// not fit.

import { DroverError } from '../../shared/errors.ts';
import type { Lane } from '../../shared/model/plan.ts';
import type { ValueLimits } from '../dialects/capabilities.ts';
import { type BatchWriter, fieldLength, NULL_LENGTH, type RowBatch } from './batch.ts';
import { fieldConverter } from './conversions.ts';
import { copyField, type FieldConverter, fitting, guarded } from './fields/field.ts';
import * as temporal from './fields/temporal.ts';
import type { Guard } from './fits.ts';
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

/** Where rows are kept aside: who is told of them, and what is asked of the values of each lane. */
export interface Aside {
  readonly refuse: Refuse;
  readonly guards: readonly Guard[];
}

/** Null when every field travels as it is: the batch needs no pass at all. */
export function compileConverter(
  table: string,
  lanes: readonly Lane[],
  limits: Limits,
  out: BatchWriter,
  aside: Aside | null = null,
): Converter | null {
  const notNull = lanes.map((_, i) => aside?.guards[i]?.notNull ?? false);
  /** What a guard says of the value that it did not let pass. */
  let why: string | null = null;
  const converters = lanes.map((lane, i) => {
    const ask = aside?.guards[i]?.misfit;
    const converter = laneConverter(lane, limits);
    if (!ask) return converter;
    return fitting(converter, (bytes, start, end) => {
      why = ask(bytes, start, end);
      return why === null;
    });
  });
  if (converters.every((converter) => converter === copyField) && !notNull.includes(true)) return null;
  const keeps = converters.map((converter) => converter.keeps);
  const nulled = new Map<string, number>();

  /** False when the row is refused, and somebody was told. */
  function misfit(i: number, row: number): boolean {
    const lane = lanes[i]!;
    if (why !== null) return refuse(lane, row, `${lane.source} ${why}.`);
    if (lane.unrepresentable === 'refuse') {
      return refuse(lane, row, `The value can't be held by the target column ${lane.target}.`);
    }
    if (notNull[i]) return refuse(lane, row, `It does not fit, and ${lane.target} may not be NULL instead.`);
    nulled.set(lane.target, (nulled.get(lane.target) ?? 0) + 1);
    out.null();
    return true;
  }

  function refuse(lane: Lane, row: number, reason: string): false {
    why = null;
    if (!aside) throw notRepresentable(table, lane);
    aside.refuse({ row, column: lane.source, step: null, rule: null, reason });
    return false;
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
          if (length === NULL_LENGTH) {
            if (kept && notNull[i]) {
              if (done <= begin) {
                out.bytesOf(bytes, done, begin);
                written = out.length;
              }
              kept = refuse(lanes[i]!, row, `${lanes[i]!.source} is NULL, which ${lanes[i]!.target} may not be.`);
            }
            continue;
          }
          // What is left of a refused row is passed over.
          if (converters[i] === copyField || !kept) continue;
          if (keeps[i]?.(bytes, start, at)) continue;
          if (done <= begin) written = out.length + begin - done;
          out.bytesOf(bytes, done, start - 4);
          done = at;
          if (!converters[i]!(bytes, start, at, out)) kept = misfit(i, row);
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

function notRepresentable(table: string, lane: Lane): DroverError {
  return new DroverError(
    'convert.not-representable',
    `A value of ${table}.${lane.source} (${lane.sourceNative}) can't be held by the target column ${lane.target}.`,
    {
      hint: 'Choose another type for this column, or let NULL be stored instead, and counted.',
      where: { side: 'source', table, column: lane.source },
    },
  );
}
