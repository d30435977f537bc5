// The smallest changes of one value, as text: one digit, the case of one letter, a trailing blank, a microsecond, a bit.

import type { LogicalType } from '../../../src/shared/model/logical-type.ts';
import type { Random } from '../seed.ts';

export interface Changed {
  readonly kind: string;
  readonly text: string;
}

/** Another value than `text`, near it; null where the type has none. */
export function smallestChange(type: LogicalType, text: string, random: Random): Changed | null {
  const choices = changesOf(type, text, random).filter((changed) => changed.text !== text);
  return choices.length === 0 ? null : random.pick(choices);
}

function changesOf(type: LogicalType, text: string, random: Random): Changed[] {
  switch (type.kind) {
    case 'boolean':
      return [{ kind: 'the other truth value', text: FLIPPED[text] ?? text }];
    case 'integer':
      return [...counted(text, 0, type.unsigned), ...signed(text, type.unsigned)];
    case 'decimal':
      return [...counted(text, type.scale ?? scaleOf(text) + 1, false), ...signed(text, false)];
    case 'float':
      return [{ kind: 'the next float', text: nextFloat(text, type.bits) }, ...signed(text, false)];
    case 'text':
      return [...characters(text), ...(type.fixed ? [] : [{ kind: 'a trailing blank', text: `${text} ` }])];
    case 'binary':
      return [oneBit(text, random), ...(type.fixed ? [] : [{ kind: 'a byte more', text: `${text}00` }])];
    case 'bit':
      return [
        { kind: 'one bit', text: replaceAt(text, random.below(text.length), (bit) => (bit === '0' ? '1' : '0')) },
      ];
    case 'date':
      return [{ kind: 'a day', text: anotherDay(text) }];
    case 'time':
    case 'timestamp':
      return [{ kind: 'the smallest moment', text: anotherMoment(text, type.precision) }];
    case 'interval':
      return /:\d\d\.?\d*/.test(text)
        ? [{ kind: 'the smallest moment', text: anotherMoment(text, 6) }]
        : [{ kind: 'one digit', text: lastDigit(text) }];
    case 'uuid':
      return [{ kind: 'one digit', text: replaceAt(text, text.length - 1, (digit) => (digit === 'a' ? 'b' : 'a')) }];
    case 'enum':
      return [{ kind: 'another label', text: random.pick(type.labels) }];
    case 'set':
      return [{ kind: 'another label', text: random.pick(type.labels) }];
    case 'json':
    case 'array':
      return [{ kind: 'one digit', text: lastDigit(text) }];
    case 'geometry':
    case 'opaque':
      return [];
  }
}

const FLIPPED: Readonly<Record<string, string>> = { true: 'false', false: 'true', t: 'f', f: 't', '1': '0', '0': '1' };

/** One less in the last digit towards zero, or one more where it is zero: it stays within its bounds. */
function counted(text: string, scale: number, unsigned: boolean): Changed[] {
  const [whole, fraction = ''] = text.replace('-', '').split('.');
  const units = BigInt(`${whole}${fraction.padEnd(scale, '0')}`);
  const changed = units === 0n ? 1n : units - 1n;
  const digits = String(changed).padStart(scale + 1, '0');
  const minus = text.startsWith('-') && changed !== 0n && !unsigned ? '-' : '';
  const near = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return [{ kind: 'one digit', text: minus + near }];
}

function signed(text: string, unsigned: boolean): Changed[] {
  if (unsigned || Number(text) === 0) return [];
  return [{ kind: 'the sign', text: text.startsWith('-') ? text.slice(1) : `-${text}` }];
}

function scaleOf(text: string): number {
  return (text.split('.')[1] ?? '').length;
}

function nextFloat(text: string, bits: 32 | 64): string {
  const view = new DataView(new ArrayBuffer(8));
  if (bits === 64) {
    view.setFloat64(0, Number(text));
    view.setBigInt64(0, view.getBigInt64(0) + 1n);
    return String(view.getFloat64(0));
  }
  view.setFloat32(0, Number(text));
  view.setInt32(0, view.getInt32(0) + 1);
  return String(view.getFloat32(0));
}

function characters(text: string): Changed[] {
  const letter = text.search(/[a-z]/i);
  const other = letter < 0 ? [] : [{ kind: 'the case of a letter', text: replaceAt(text, letter, otherCase) }];
  const apart = [{ kind: 'an accent set apart', text: text.normalize('NFD') }];
  return [...other, ...apart, { kind: 'one character', text: `${text.slice(0, -1)}${text.endsWith('q') ? 'r' : 'q'}` }];
}

function otherCase(letter: string): string {
  return letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
}

/** `text` is hexadecimal digits. */
function oneBit(text: string, random: Random): Changed {
  const place = random.below(Math.max(1, text.length));
  const flipped = replaceAt(text, place, (digit) => (Number.parseInt(digit, 16) ^ 1).toString(16));
  return { kind: 'one bit', text: flipped };
}

function anotherDay(text: string): string {
  const [year, month, day] = text.slice(0, 10).split('-').map(Number);
  const next = new Date(Date.UTC(year!, month! - 1, day! + 1)).toISOString().slice(0, 10);
  return next + text.slice(10);
}

function anotherMoment(text: string, precision: number): string {
  return text.replace(/(:\d\d:)(\d\d)(?:\.(\d+))?/, (_, before: string, seconds: string, fraction = '') => {
    if (precision === 0) return `${before}${seconds === '00' ? '01' : String(Number(seconds) - 1).padStart(2, '0')}`;
    const units = Number(fraction.padEnd(precision, '0').slice(0, precision));
    const near = String(units === 0 ? 1 : units - 1).padStart(precision, '0');
    return `${before}${seconds}.${near}`;
  });
}

function lastDigit(text: string): string {
  const place = text.search(/\d\D*$/);
  return place < 0 ? text : replaceAt(text, place, (digit) => String((Number(digit) + 1) % 10));
}

function replaceAt(text: string, place: number, by: (character: string) => string): string {
  return text === '' ? text : text.slice(0, place) + by(text[place]!) + text.slice(place + 1);
}
