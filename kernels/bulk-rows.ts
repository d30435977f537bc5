// Rows of a batch as the rows of MariaDB's COM_STMT_BULK_EXECUTE: before each value a byte says whether it is NULL.
// https://mariadb.com/docs/server/reference/clientserver-protocol/3-binary-protocol-prepared-statements/com_stmt_bulk_execute
// Memory: 2176 kB.

import { copy, fieldLength, NULL_LENGTH } from './bytes';
import { areLabels, isFull, isLabel } from './domains';
import { encodeRows, FORMS, NO_FIT } from './encoding';
import { isAsFine, isNumber } from './literals';

export { DOMAINS, DOMAINS_CAPACITY } from './domains';
export { BATCH, BATCH_CAPACITY, FORMS, length, MOST_COLUMNS, next, OUT, rows } from './encoding';

/** How a column is written; src/engine/dialects/mysql/writer/bulk-rows-kernel.ts names the same numbers. */
const SIGNED: u8 = 0;
const UNSIGNED: u8 = 1;
const REAL: u8 = 2;
const DECIMAL: u8 = 3;
const BYTES: u8 = 4;
const BITS: u8 = 5;
/** With the column's digits of a second behind it. */
const TEMPORAL: u8 = 8;
/** As kernels/domains.ts asks it. */
const LABEL: u8 = 16;
const LABELS: u8 = 17;
const FULL: u8 = 18;
/** The column may not be NULL. */
const REQUIRED: u8 = 0x80;

const IS_VALUE: u8 = 0;
const IS_NULL: u8 = 1;

const ZERO: u8 = 0x30;
const MINUS: u8 = 0x2d;
/** Any number of so many digits fits 64 bits without a sign. */
const MOST_DIGITS: usize = 19;
const EXPONENT: u64 = 0x7ff0_0000_0000_0000;

/** As `encodeRows`; a row that does not fit its columns is not for it. */
export function encode(start: u32, most: u32, columns: u32, enough: u32, room: u32): void {
  encodeRows(start, most, columns, enough, room, encodeRow);
}

function encodeRow(start: usize, columns: u32, begin: usize): usize {
  let at = start;
  let to = begin;
  for (let i: u32 = 0; i < columns; i++) {
    const size = fieldLength(at);
    const form = load<u8>(FORMS + i);
    at += 4;
    if (size === NULL_LENGTH) {
      if ((form & REQUIRED) !== 0) return NO_FIT;
      store<u8>(to++, IS_NULL);
    } else {
      store<u8>(to, IS_VALUE);
      to = value(form & ~REQUIRED, i, at, at + size, to + 1);
      if (to === NO_FIT) return NO_FIT;
      at += size;
    }
  }
  return to;
}

/** Returns where the value ends that was written to `to`. */
function value(form: u8, column: u32, start: usize, end: usize, to: usize): usize {
  if (form === SIGNED || form === UNSIGNED) return integer(form, start, end, to);
  if (form === REAL) return real(start, to);
  if (form === DECIMAL) return isNumber(start, end) ? bytes(start, end, to) : NO_FIT;
  if (form === BYTES) return bytes(start, end, to);
  if (form === BITS) return bits(start, end, to);
  return fits(form, column, start, end) ? bytes(start, end, to) : NO_FIT;
}

function fits(form: u8, column: u32, start: usize, end: usize): bool {
  if (form === LABEL) return isLabel(column, start, end);
  if (form === LABELS) return areLabels(column, start, end);
  if (form === FULL) return isFull(column, start, end);
  return isAsFine(start, end, form - TEMPORAL);
}

/** Beyond what the column's type can hold, and of 20 digits, they are for others. */
function integer(form: u8, start: usize, end: usize, to: usize): usize {
  const negative = start < end && load<u8>(start) === MINUS;
  let at = negative ? start + 1 : start;
  if (at === end || end - at > MOST_DIGITS || (negative && form === UNSIGNED)) return NO_FIT;
  let number: u64 = 0;
  for (; at < end; at++) {
    const digit: u8 = load<u8>(at) - ZERO;
    if (digit > 9) return NO_FIT;
    number = number * 10 + (digit as u64);
  }
  if (form === SIGNED && number > (i64.MAX_VALUE as u64) + (negative ? 1 : 0)) return NO_FIT;
  store<u64>(to, negative ? 0 - number : number);
  return to + 8;
}

/** The number that the digits make. */
function bits(start: usize, end: usize, to: usize): usize {
  if (end - start > 64) return NO_FIT;
  let number: u64 = 0;
  for (let at = start; at < end; at++) {
    const digit: u8 = load<u8>(at) - ZERO;
    if (digit > 1) return NO_FIT;
    number = (number << 1) | (digit as u64);
  }
  store<u64>(to, number);
  return to + 8;
}

/** NaN and infinities do not exist there. */
function real(start: usize, to: usize): usize {
  const number = bswap(load<u64>(start));
  if ((number & EXPONENT) === EXPONENT) return NO_FIT;
  store<u64>(to, number);
  return to + 8;
}

/** With their length in front: https://mariadb.com/docs/server/reference/clientserver-protocol/protocol-data-types */
function bytes(start: usize, end: usize, begin: usize): usize {
  const size = end - start;
  let to = begin;
  if (size < 0xfb) {
    store<u8>(to++, size as u8);
  } else if (size <= 0xffff) {
    store<u8>(to, 0xfc);
    store<u16>(to + 1, size as u16);
    to += 3;
  } else {
    // No field is longer than the memory for its batch.
    store<u8>(to, 0xfd);
    store<u32>(to + 1, size as u32);
    to += 4;
  }
  copy(to, start, size);
  return to + size;
}
