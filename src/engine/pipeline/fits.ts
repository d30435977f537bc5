// Whether the target's type holds a value as it was converted: lengths, digits, labels. The target would say so too late.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { Capabilities } from '../dialects/dialect.ts';

export type Holding = Pick<Capabilities, 'texts' | 'dynamicTypes'>;

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

function moreDigits(
  digits: string,
  { precision, scale }: Extract<LogicalType, { kind: 'decimal' }>,
  native: string,
): string | null {
  const match = /^-?0*(\d*)(?:\.(\d*?)0*)?$/.exec(digits);
  if (precision === null || !match) return null;
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
