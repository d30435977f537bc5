// Rows of a batch in COPY's binary format. The forms of values: https://www.postgresql.org/docs/current/sql-copy.html and
// what each type's receive function reads.
// Memory: 2112 kB.

import { copy, fieldLength, NULL_LENGTH } from './bytes';
import { encodeRows, FORMS, NO_FIT } from './encoding';
import { daysOf, microsecondsOf, NO_MOMENT, timeOf } from './moments';

export { BATCH, BATCH_CAPACITY, FORMS, length, MOST_COLUMNS, next, OUT, rows } from './encoding';

/** How a column is written; src/engine/dialects/postgres/writer/copy-binary.ts names the same numbers. */
const TEXT: u8 = 0;
const INT2: u8 = 1;
const INT4: u8 = 2;
const INT8: u8 = 3;
const BOOLEAN: u8 = 4;
const BYTES: u8 = 5;
const FLOAT8: u8 = 6;
const FLOAT4: u8 = 7;
const DATE: u8 = 8;
const TIMESTAMP: u8 = 9;
const TIME: u8 = 10;
const UUID: u8 = 11;
const NUMERIC: u8 = 12;
const JSONB: u8 = 13;

const ZERO: u8 = 0x30;
const POINT: u8 = 0x2e;
const MINUS: u8 = 0x2d;

/** As `encodeRows`; a row that has a value that the text format has to tell is not for it. */
export function encode(start: u32, most: u32, columns: u32, enough: u32, room: u32): void {
  encodeRows(start, most, columns, enough, room, encodeRow);
}

function encodeRow(start: usize, columns: u32, begin: usize): usize {
  let at = start;
  let to = begin + 2;
  store<u16>(begin, bswap<u16>(columns as u16));
  for (let i: u32 = 0; i < columns; i++) {
    const size = fieldLength(at);
    at += 4;
    if (size === NULL_LENGTH) {
      store<u32>(to, NULL_LENGTH);
      to += 4;
      continue;
    }
    const end = field(load<u8>(FORMS + i), at, at + size, to + 4);
    if (end === NO_FIT) return NO_FIT;
    store<u32>(to, bswap((end - to - 4) as u32));
    to = end;
    at += size;
  }
  return to;
}

/** Returns where the value ends that was written to `to`. */
function field(form: u8, start: usize, end: usize, to: usize): usize {
  switch (form) {
    case TEXT:
      return text(start, end, to);
    case BYTES:
      return bytes(start, end, to);
    case INT2:
    case INT4:
    case INT8:
      return integer(form, start, end, to);
    case BOOLEAN:
      store<u8>(to, load<u8>(start) - ZERO);
      return to + 1;
    case FLOAT8:
      store<u64>(to, isNaNAt(start) ? 0xf87f : load<u64>(start));
      return to + 8;
    case FLOAT4:
      store<u32>(
        to,
        isNaNAt(start) ? 0xc07f : bswap(reinterpret<u32>(reinterpret<f64>(bswap(load<u64>(start))) as f32)),
      );
      return to + 4;
    case DATE: {
      const days = end - start === 10 ? daysOf(start) : NO_MOMENT;
      if (days === NO_MOMENT) return NO_FIT;
      store<u32>(to, bswap(days as u32));
      return to + 4;
    }
    case TIMESTAMP:
      return moment(microsecondsOf(start, end), to);
    case TIME:
      return moment(timeOf(start, end), to);
    case UUID:
      return uuid(start, end, to);
    case NUMERIC:
      return numeric(start, end, to);
    case JSONB:
      // The version of what follows.
      store<u8>(to, 1);
      return text(start, end, to + 1);
    default:
      return NO_FIT;
  }
}

/** U+0000 is for others to tell. */
function text(start: usize, end: usize, to: usize): usize {
  let at = start;
  for (; at + 16 <= end; at += 16) {
    const piece = v128.load(at);
    v128.store(to + (at - start), piece);
    if (!v128.all_true<u8>(piece)) return NO_FIT;
  }
  for (; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === 0) return NO_FIT;
    store<u8>(to + (at - start), byte);
  }
  return to + (end - start);
}

function bytes(start: usize, end: usize, to: usize): usize {
  copy(to, start, end - start);
  return to + (end - start);
}

function isNaNAt(at: usize): bool {
  return !(abs(reinterpret<f64>(bswap(load<u64>(at)))) <= Infinity);
}

const MOST_DIGITS: usize = 19;

function integer(form: u8, start: usize, end: usize, to: usize): usize {
  const negative = start < end && load<u8>(start) === MINUS;
  const first = negative ? start + 1 : start;
  if (first === end || end - first > MOST_DIGITS) return NO_FIT;
  let value: u64 = 0;
  for (let at = first; at < end; at++) {
    const digit = load<u8>(at) - ZERO;
    if (digit > 9) return NO_FIT;
    value = value * 10 + (digit as u64);
  }
  const greatest: u64 = form === INT2 ? 0x7fff : form === INT4 ? 0x7fff_ffff : (i64.MAX_VALUE as u64);
  if (value > greatest + (negative ? 1 : 0)) return NO_FIT;
  const signed: u64 = negative ? 0 - value : value;
  if (form === INT8) {
    store<u64>(to, bswap(signed));
    return to + 8;
  }
  if (form === INT4) {
    store<u32>(to, bswap(signed as u32));
    return to + 4;
  }
  store<u16>(to, bswap<u16>(signed as u16));
  return to + 2;
}

function moment(value: i64, to: usize): usize {
  if (value === NO_MOMENT) return NO_FIT;
  store<u64>(to, bswap(value as u64));
  return to + 8;
}

/** 36 characters with their four dashes. */
function uuid(start: usize, end: usize, begin: usize): usize {
  if (end - start !== 36) return NO_FIT;
  let to = begin;
  for (let i: usize = 0; i < 36; ) {
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (load<u8>(start + i) !== MINUS) return NO_FIT;
      i++;
      continue;
    }
    const high = nibble(load<u8>(start + i));
    const low = nibble(load<u8>(start + i + 1));
    if ((high | low) > 15) return NO_FIT;
    store<u8>(to++, (high << 4) | low);
    i += 2;
  }
  return to;
}

/** Above 15 where it is no hexadecimal digit. */
function nibble(digit: u8): u8 {
  if (digit >= ZERO && digit <= 0x39) return digit - ZERO;
  const letter = digit | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : 0xff;
}

const LONGEST_NUMBER: usize = 1000;
const NEGATIVE: u16 = 0x4000;

/**
 * Digits in groups of four around the point, without the zero groups at both ends: their number, the weight of the first
 * as a power of 10,000, the sign, and how many digits stood behind the point.
 */
function numeric(start: usize, end: usize, to: usize): usize {
  const negative = start < end && load<u8>(start) === MINUS;
  let first = negative ? start + 1 : start;
  if (first === end || end - first > LONGEST_NUMBER) return NO_FIT;
  let point = end;
  for (let at = first; at < end; at++) {
    const byte = load<u8>(at);
    if (byte === POINT && point === end) point = at;
    else if (byte - ZERO > 9) return NO_FIT;
  }
  const scale = (point < end ? end - point - 1 : 0) as i32;
  if (first === point && scale === 0) return NO_FIT;
  while (first < point && load<u8>(first) === ZERO) first++;
  const whole = (point - first) as i32;

  let weight: i32 = (whole + 3) / 4 - 1;
  let digits = to + 8;
  let kept = digits;
  let at = first;
  // The first group of the whole part may be shorter than four, the last one of the fraction is filled up with zeros.
  for (let size = whole % 4 === 0 ? 4 : whole % 4; at < point; size = 4) {
    digits = group(valueAt(at, size), digits);
    at += size;
  }
  at = point + 1;
  for (let passed = 0; passed < scale; passed += 4) {
    const size = min<i32>(4, scale - passed);
    digits = group(valueAt(at, size) * tens(4 - size), digits);
    at += size;
  }
  // Without zero groups in front and behind.
  while (kept < digits && load<u16>(kept) === 0) {
    kept += 2;
    weight--;
  }
  while (digits > kept && load<u16>(digits - 2) === 0) digits -= 2;
  const groups = ((digits - kept) / 2) as i32;
  if (kept > to + 8) memory.copy(to + 8, kept, digits - kept);
  store<u16>(to, bswap<u16>(groups as u16));
  store<u16>(to + 2, bswap<u16>((groups === 0 ? 0 : weight) as u16));
  store<u16>(to + 4, negative && groups > 0 ? bswap<u16>(NEGATIVE) : 0);
  store<u16>(to + 6, bswap<u16>(scale as u16));
  return to + 8 + 2 * groups;
}

function group(value: u32, to: usize): usize {
  store<u16>(to, bswap<u16>(value as u16));
  return to + 2;
}

function valueAt(at: usize, size: i32): u32 {
  let value: u32 = 0;
  for (let i = 0; i < size; i++) value = value * 10 + ((load<u8>(at + i) - ZERO) as u32);
  return value;
}

function tens(power: i32): u32 {
  return power === 0 ? 1 : power === 1 ? 10 : power === 2 ? 100 : 1000;
}
