// Whether the target's column holds a value as it was converted: NULL, lengths, digits, labels. The target would say so
// too late, and of a whole batch.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Lane, TargetTable } from '../../shared/model/plan.ts';
import type { Capabilities } from '../dialects/capabilities.ts';

export type Holding = Pick<Capabilities, 'texts' | 'dynamicTypes'>;

export interface Holdings {
  readonly source: Holding;
  readonly target: Holding;
}

/** What is asked of each value of a lane before it goes to the target. */
export interface Guard {
  readonly notNull: boolean;
  /** Null where every value fits: the source's own type sees to it. */
  readonly misfit: ((bytes: Buffer, start: number, end: number) => string | null) | null;
}

/** One for each lane. What the target computes by itself is asked nothing. */
export function guardsOf(lanes: readonly Lane[], { columns }: TargetTable, sides: Holdings): Guard[] {
  return lanes.map((lane) => {
    const column = columns.find(({ name }) => name === lane.target);
    if (!column || column.generated) return { notNull: false, misfit: null };
    return { notNull: !column.nullable, misfit: misfitLook(lane, column.native, sides) };
  });
}

function misfitLook(lane: Lane, native: string, sides: Holdings): Guard['misfit'] {
  const type = lane.targetLogical;
  if (fitsAlways(lane, sides)) return null;
  const look = (bytes: Buffer, start: number, end: number): string | null =>
    misfitOf(bytes.subarray(start, end), type, native, sides.target);
  if (type.kind !== 'text' || sides.target.texts.nulCharacter !== sides.source.texts.nulCharacter) return look;
  // No text has more characters than bytes.
  const surely = type.length ?? Number.POSITIVE_INFINITY;
  return (bytes, start, end) => (end - start <= surely ? null : look(bytes, start, end));
}

function fitsAlways({ shape, sourceLogical: from, targetLogical: to }: Lane, { source, target }: Holdings): boolean {
  const bound = shape || source.dynamicTypes ? null : from;
  switch (to.kind) {
    case 'text': {
      const noNul = target.texts.nulCharacter || !source.texts.nulCharacter;
      return noNul && (to.length === null || (bound?.kind === 'text' && within(bound.length, to.length)));
    }
    case 'binary':
      return to.length === null || (bound?.kind === 'binary' && within(bound.length, to.length));
    case 'decimal':
      return to.precision === null || (bound?.kind === 'decimal' && decimalWithin(bound, to));
    case 'json':
      return bound?.kind === 'json';
    case 'enum':
    case 'set':
      return bound?.kind === to.kind && bound.labels.every((label) => to.labels.includes(label));
    case 'bit':
      return bound?.kind === 'bit' && bound.length === to.length;
    case 'time':
    case 'timestamp':
      return target.dynamicTypes || (bound?.kind === to.kind && bound.precision <= to.precision);
    default:
      return true;
  }
}

function within(length: number | null, most: number): boolean {
  return length !== null && length <= most;
}

function decimalWithin(from: DecimalType, to: DecimalType): boolean {
  if (from.precision === null || to.precision === null) return to.precision === null;
  const [has, holds] = [from.scale ?? 0, to.scale ?? 0];
  return has <= holds && from.precision - has <= to.precision - holds;
}

type DecimalType = Extract<LogicalType, { kind: 'decimal' }>;

/** Completes "orders.total …"; null where the value fits. `native` is the target's own word for the type. */
export function misfitOf(field: Buffer, type: LogicalType, native: string, target: Holding): string | null {
  switch (type.kind) {
    case 'text': {
      const text = field.toString('utf8');
      if (!target.texts.nulCharacter && text.includes('\0'))
        return 'holds the character U+0000, which the target refuses';
      return longer([...(type.fixed ? text.trimEnd() : text)].length, type.length, 'characters', native);
    }
    case 'binary':
      return longer(field.length, type.length, 'bytes', native);
    case 'decimal':
      return moreDigits(field.toString('latin1'), type, native);
    case 'json':
      return isJson(field.toString('utf8')) ? null : 'holds text that is not JSON';
    case 'enum':
      return unknownLabel([field.toString('utf8')], type.labels, native);
    case 'set':
      return unknownLabel(field.length === 0 ? [] : field.toString('utf8').split(','), type.labels, native);
    case 'bit': {
      if (type.length === null || (type.varying ? field.length < type.length : field.length === type.length))
        return null;
      return `holds ${field.length} bits; ${native} takes ${type.length}`;
    }
    case 'time':
    case 'timestamp':
      return target.dynamicTypes ? null : moreOfASecond(field.toString('latin1'), type.precision);
    default:
      return null;
  }
}

function longer(length: number, most: number | null, unit: string, native: string): string | null {
  return most === null || length <= most ? null : `holds a value of ${length} ${unit}; ${native} takes ${most}`;
}

function moreDigits(digits: string, { precision, scale }: DecimalType, native: string): string | null {
  if (precision === null) return null;
  if (digits.endsWith('Infinity')) return `holds an infinity; ${native} takes none`;
  const match = /^-?0*(\d*)(?:\.(\d*?)0*)?$/.exec(digits);
  if (!match) return null;
  const [, whole = '', fraction = ''] = match;
  const [before, behind] = [precision - (scale ?? 0), scale ?? 0];
  if (whole.length > before)
    return `holds a number of ${whole.length} digits before the point; ${native} takes ${before}`;
  return fraction.length > behind
    ? `holds a number of ${fraction.length} digits after the point; ${native} keeps ${behind}`
    : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Labels are compared as the one family that has them compares. */
function unknownLabel(labels: readonly string[], known: readonly string[], native: string): string | null {
  const folded = new Set(known.map((label) => label.toLowerCase()));
  const all = labels.every((label) => label === '' || folded.has(label.toLowerCase()));
  return all ? null : `holds a label that ${native} does not have`;
}

function moreOfASecond(text: string, precision: number): string | null {
  const digits = /\.(\d*?)0*(?:$|[^\d])/.exec(text)?.[1]?.length ?? 0;
  return digits > precision ? `holds ${digits} fractional digits of a second; the target keeps ${precision}` : null;
}
