// What all values of an SQLite table are like, from its leaf pages: whether they are of the ordinary kind, and their ends.
// Memory: 1408 kB.

import {
  BEHIND,
  DONE,
  eachRecord,
  FORMS,
  integerAt,
  MOST_COLUMNS,
  PAYLOAD,
  PLACES,
  REAL_AFFINITY,
  ROWID,
  readHeader,
  realAt,
  rowid,
  STRANGE,
  typeOf,
  valueAt,
} from './leaf-cells';
import { daysOf, NO_MOMENT, timeOf } from './moments';
import { isUtf8 } from './utf8';

export {
  cell,
  DONE,
  FORMS,
  localAt,
  localSize,
  MOST_COLUMNS,
  OVERFLOW,
  overflowPage,
  PAGES,
  PAGES_CAPACITY,
  PAYLOAD,
  PAYLOAD_CAPACITY,
  PLACES,
  page,
  payloadSize,
} from './leaf-cells';

/** What is ordinary in a column; src/engine/dialects/sqlite/profiler/page-facts-kernel.ts names the same numbers. */
const INTEGER: u8 = 0;
const DECIMAL: u8 = 1;
const REAL: u8 = 2;
const TEXT: u8 = 3;
const DATE: u8 = 4;
const TIMESTAMP: u8 = 5;
/** Any integer's. */
const ROWID_TYPE: u32 = 6;

/** The power of ten of a decimal's places, and the number that none of its ordinary ones reaches. */
export const UNITS: usize = BEHIND;
export const LIMITS: usize = UNITS + 8 * (MOST_COLUMNS as usize);
/** What was found, of each column. */
export const FACTS: usize = LIMITS + 8 * (MOST_COLUMNS as usize);
export const FACTS_SIZE: usize = 48;

/** Values that are not NULL; of those of decimals, such as are stored as integers. */
const VALUES: usize = 0;
const INTEGERS: usize = 8;
/** The least and the greatest: integers of 64 bits, or doubles where decimals may be. */
const LEAST: usize = 16;
const GREATEST: usize = 24;
/** Bytes of the longest text. */
const LONGEST: usize = 32;
/** What was met. */
const MET: usize = 36;

const ODD: u32 = 1;
const NUL: u32 = 2;
const NOT_UTF8: u32 = 4;
const WIDE: u32 = 8;

export let rows: u64 = 0;

/** Of the call at hand. */
let columns: u32 = 0;
let stored: u32 = 0;

/** Before the first call for a table. */
export function begin(wantedColumns: u32, storedColumns: u32): void {
  columns = wantedColumns;
  stored = storedColumns;
  rows = 0;
  memory.fill(FACTS, 0, FACTS_SIZE * columns);
}

/** As `eachRecord`, of all rowids. */
export function look(count: u32, size: u32, reserved: u32, firstPage: u32, firstCell: u32): u32 {
  return eachRecord(count, size, reserved, firstPage, firstCell, i64.MIN_VALUE, i64.MAX_VALUE, lookAt);
}

/** At one row, whose payload was put together at PAYLOAD. */
export function lookAtPayload(size: u32): u32 {
  return lookAt(PAYLOAD, size);
}

function lookAt(at: usize, size: u32): u32 {
  if (!readHeader(at, size, stored)) return STRANGE;
  rows++;
  for (let i: u32 = 0; i < columns; i++) {
    const place = load<u16>(PLACES + 2 * i);
    const type = place === ROWID ? ROWID_TYPE : typeOf(place);
    if (type === 0) continue;
    const facts = FACTS + FACTS_SIZE * i;
    store<u64>(facts + VALUES, load<u64>(facts + VALUES) + 1);
    const met = place === ROWID ? ofRowid(i, facts) : value(i, type, valueAt(place), facts);
    if (met !== 0) store<u32>(facts + MET, load<u32>(facts + MET) | met);
  }
  return DONE;
}

/** Returns what was met. */
function value(column: u32, type: u32, at: usize, facts: usize): u32 {
  const form = load<u8>(FORMS + column);
  const plain = form & ~REAL_AFFINITY;
  if (type >= 12) return (type & 1) === 1 ? bytes(plain, at, (type - 12) >> 1, facts) : ODD;
  if (type === 7) return real(plain, column, realAt(at), facts);
  const number = integerAt(type, at);
  if (plain !== form) return real(plain, column, number as f64, facts);
  if (form === INTEGER) return whole(number, facts);
  return form === DECIMAL ? wholeDecimal(column, number, facts) : ODD;
}

function ofRowid(column: u32, facts: usize): u32 {
  return load<u8>(FORMS + column) === INTEGER ? whole(rowid, facts) : ODD;
}

function whole(number: i64, facts: usize): u32 {
  const isFirst = load<u64>(facts + VALUES) === 1;
  if (isFirst || number < load<i64>(facts + LEAST)) store<i64>(facts + LEAST, number);
  if (isFirst || number > load<i64>(facts + GREATEST)) store<i64>(facts + GREATEST, number);
  return 0;
}

function wholeDecimal(column: u32, number: i64, facts: usize): u32 {
  store<u64>(facts + INTEGERS, load<u64>(facts + INTEGERS) + 1);
  return isWithin(column, number as f64) ? ends(number as f64, facts) : ODD;
}

/** A decimal is ordinary where dividing a whole number by the power of ten gives it: it has no more places than declared. */
function real(form: u8, column: u32, number: f64, facts: usize): u32 {
  if (form === REAL) return 0;
  if (form !== DECIMAL || !isWithin(column, number)) return ODD;
  const unit = load<f64>(UNITS + 8 * column);
  return nearest(number * unit) / unit === number ? ends(number, facts) : ODD;
}

function isWithin(column: u32, number: f64): bool {
  const limit = load<f64>(LIMITS + 8 * column);
  return number > -limit && number < limit;
}

function ends(number: f64, facts: usize): u32 {
  const isFirst = load<u64>(facts + VALUES) === 1;
  if (isFirst || number < load<f64>(facts + LEAST)) store<f64>(facts + LEAST, number);
  if (isFirst || number > load<f64>(facts + GREATEST)) store<f64>(facts + GREATEST, number);
  return 0;
}

function bytes(form: u8, at: usize, size: u32, facts: usize): u32 {
  if (size > load<u32>(facts + LONGEST)) store<u32>(facts + LONGEST, size);
  if (form === TEXT) return text(at, at + size);
  if (form < DATE) return ODD;
  return isDay(at, size) || (form === TIMESTAMP && isMoment(at, size)) ? 0 : ODD;
}

/** Of the years 1000 to 9999. */
function isDay(at: usize, size: u32): bool {
  return size === 10 && load<u8>(at) !== 0x30 && daysOf(at) !== NO_MOMENT;
}

/** With whole seconds, or with three or six digits behind them. */
function isMoment(at: usize, size: u32): bool {
  if (size !== 19 && size !== 23 && size !== 26) return false;
  return isDay(at, 10) && load<u8>(at + 10) === 0x20 && timeOf(at + 11, at + size) !== NO_MOMENT;
}

function text(start: usize, end: usize): u32 {
  let met: u32 = 0;
  let high: i32 = 0;
  for (let at = start; at < end; at += 16) {
    const piece = v128.load(at);
    const left = end - at;
    const own: i32 = left >= 16 ? 0xffff : (1 << (left as i32)) - 1;
    if ((v128.bitmask<u8>(v128.eq<u8>(piece, v128.splat<u8>(0))) & own) !== 0) met |= NUL;
    const beyondAscii = v128.bitmask<u8>(piece) & own;
    if (beyondAscii === 0) continue;
    high |= beyondAscii;
    if ((v128.bitmask<u8>(v128.ge<u8>(piece, v128.splat<u8>(0xf0))) & own) !== 0) met |= WIDE;
  }
  return high === 0 || isUtf8(start, end) ? met : met | NOT_UTF8;
}
