// The last touch on a field that was copied as SQLite wrote it: check its form, and change it in place where that is easy.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { plainNumber } from '../number-text.ts';

/** Gives the new end of the field in `bytes[start…end)`, or −1 when the row lane must look at the value. */
export type Finisher = (bytes: Buffer, start: number, end: number) => number;

const ZERO = 0x30;
const NINE = 0x39;
const MINUS = 0x2d;
const POINT = 0x2e;
const COLON = 0x3a;
const BLANK = 0x20;
const LETTER_R = 0x72;
const LETTER_T = 0x54;
const LETTER_Z = 0x5a;

/** Null where the value is right as it stands. */
export function finisherFor(logical: LogicalType): Finisher | null {
  switch (logical.kind) {
    case 'boolean':
      return boolean;
    case 'integer':
      return logical.unsigned ? digits : integer;
    case 'decimal':
      return decimal;
    case 'float':
      return float;
    case 'date':
      return date;
    case 'timestamp':
      return timestamp;
    case 'time':
      return logical.zone ? leave : time;
    case 'uuid':
      return uuid;
    case 'bit':
      return bits;
    default:
      return null;
  }
}

const leave: Finisher = () => -1;

const boolean: Finisher = (bytes, start, end) => (end - start === 1 && (bytes[start]! | 1) === ZERO + 1 ? end : -1);

/** Reals have a point or are words, so what is all digits was an integer. */
const integer: Finisher = (bytes, start, end) => digits(bytes, bytes[start] === MINUS ? start + 1 : start, end);

const digits: Finisher = (bytes, start, end) => {
  for (let at = start; at < end; at++) if (!isDigit(bytes[at]!)) return -1;
  return end;
};

/** A mark stands behind: of a real, which from 16 digits on is written as its shortest text, or of anything else. */
const decimal: Finisher = (bytes, start, end) => {
  const plain = plainDecimal(bytes, start, end - 1);
  if (bytes[end - 1] !== LETTER_R) return plain;
  const size = end - 1 - start;
  if (plain > 0 && size <= 16) return plain;
  const text = plainNumber(Number(bytes.toString('latin1', start, end - 1)));
  return text === null || text.length > size ? -1 : start + bytes.write(text, start, 'latin1');
};

/** Digits with at most one point; exponents and words are for the row lane. */
const plainDecimal: Finisher = (bytes, start, end) => {
  let at = bytes[start] === MINUS ? start + 1 : start;
  const whole = at;
  while (at < end && isDigit(bytes[at]!)) at++;
  if (at === whole || (bytes[whole] === ZERO && at > whole + 1)) return -1;
  if (at === end) return end;
  if (bytes[at] !== POINT) return -1;
  const point = at++;
  while (at < end && isDigit(bytes[at]!)) at++;
  return at === end && at > point + 1 ? end : -1;
};

/** SQLite writes as many digits as the double needs. */
const float: Finisher = (bytes, start, end) => {
  const value = Number(bytes.toString('latin1', start, end));
  if (Number.isNaN(value)) return -1;
  bytes.writeDoubleBE(value, start);
  return start + 8;
};

const date: Finisher = (bytes, start, end) => (end - start === 10 && isDate(bytes, start) ? end : -1);

const timestamp: Finisher = (bytes, start, end) => {
  if (end - start < 19 || !isDate(bytes, start)) return -1;
  const between = bytes[start + 10];
  if (between !== BLANK && between !== LETTER_T) return -1;
  const last = bytes[end - 1] === LETTER_Z ? end - 1 : end;
  if (time(bytes, start + 11, last) < 0 || bytes[start + 11]! > 0x32) return -1;
  bytes[start + 10] = BLANK;
  return last;
};

/** HH:MM:SS[.f] */
const time: Finisher = (bytes, start, end) => {
  if (end - start < 8 || bytes[start + 2] !== COLON || bytes[start + 5] !== COLON) return -1;
  if (!isPair(bytes, start) || !isPair(bytes, start + 3) || !isPair(bytes, start + 6)) return -1;
  if (bytes[start + 3]! > 0x35 || bytes[start + 6]! > 0x35) return -1;
  if (end - start === 8) return end;
  if (bytes[start + 8] !== POINT || end - start === 9) return -1;
  for (let at = start + 9; at < end; at++) if (!isDigit(bytes[at]!)) return -1;
  return end;
};

const uuid: Finisher = (bytes, start, end) => {
  if (end - start !== 36) return -1;
  for (let i = 0; i < 36; i++) {
    const byte = bytes[start + i]!;
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (byte !== MINUS) return -1;
    } else if (!isDigit(byte) && !(byte >= 0x61 && byte <= 0x66)) return -1;
  }
  return end;
};

const bits: Finisher = (bytes, start, end) => {
  for (let at = start; at < end; at++) if (bytes[at] !== ZERO && bytes[at] !== ZERO + 1) return -1;
  return end;
};

function isDate(bytes: Buffer, start: number): boolean {
  return (
    isPair(bytes, start) &&
    isPair(bytes, start + 2) &&
    bytes[start + 4] === MINUS &&
    isPair(bytes, start + 5) &&
    bytes[start + 7] === MINUS &&
    isPair(bytes, start + 8)
  );
}

function isPair(bytes: Buffer, at: number): boolean {
  return isDigit(bytes[at]!) && isDigit(bytes[at + 1]!);
}

function isDigit(byte: number): boolean {
  return byte >= ZERO && byte <= NINE;
}
