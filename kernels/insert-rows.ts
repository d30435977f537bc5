// Rows of a batch as the rows of an INSERT: what dialects/mysql/writer/encode.ts does, for values that fit their columns.
// Memory: 2176 kB.

import { copy, fieldLength, NULL_LENGTH } from './bytes';
import { areLabels, isFull, isLabel } from './domains';
import { encodeRows, FORMS, NO_FIT } from './encoding';
import { isAsFine, isNumber } from './literals';

export { DOMAINS, DOMAINS_CAPACITY } from './domains';
export { BATCH, BATCH_CAPACITY, FORMS, length, MOST_COLUMNS, next, OUT, rows } from './encoding';

/** How a column is written; src/engine/dialects/mysql/writer/insert-rows-kernel.ts names the same numbers. */
const NUMBER: u8 = 0;
const QUOTED: u8 = 1;
const BINARY: u8 = 2;
const BITS: u8 = 3;
/** With the column's digits of a second behind it. */
const TEMPORAL: u8 = 8;
/** As kernels/domains.ts asks it; FULL is a BINARY. */
const LABEL: u8 = 16;
const LABELS: u8 = 17;
const FULL: u8 = 18;
/** The column may not be NULL. */
const REQUIRED: u8 = 0x80;

const ZERO: u8 = 0x30;
const QUOTE: u8 = 0x27;
const BACKSLASH: u8 = 0x5c;

/** As `encodeRows`; a row that does not fit its columns is not for it. */
export function encode(start: u32, most: u32, columns: u32, enough: u32, room: u32): void {
  encodeRows(start, most, columns, enough, room, encodeRow);
}

function encodeRow(start: usize, columns: u32, begin: usize): usize {
  let at = start;
  let to = begin;
  store<u8>(to++, 0x28);
  for (let i: u32 = 0; i < columns; i++) {
    const size = fieldLength(at);
    const form = load<u8>(FORMS + i);
    at += 4;
    if (size === NULL_LENGTH) {
      if ((form & REQUIRED) !== 0) return NO_FIT;
      // NULL
      store<u32>(to, 0x4c4c554e);
      to += 4;
    } else {
      to = literal(form & ~REQUIRED, i, at, at + size, to);
      if (to === NO_FIT) return NO_FIT;
      at += size;
    }
    store<u8>(to++, 0x2c);
  }
  store<u8>(to - 1, 0x29);
  store<u8>(to++, 0x2c);
  return to;
}

function literal(form: u8, column: u32, start: usize, end: usize, to: usize): usize {
  if (form === NUMBER) {
    if (!isNumber(start, end)) return NO_FIT;
    copy(to, start, end - start);
    return to + (end - start);
  }
  if (form === QUOTED) return quoted(start, end, to);
  if (form === BINARY) return binary(start, end, to);
  if (form === BITS) {
    for (let at = start; at < end; at++) if ((load<u8>(at) | 1) !== 0x31) return NO_FIT;
    store<u8>(to, 0x62);
    return quoted(start, end, to + 1);
  }
  if (form === LABEL) return isLabel(column, start, end) ? quoted(start, end, to) : NO_FIT;
  if (form === LABELS) return areLabels(column, start, end) ? quoted(start, end, to) : NO_FIT;
  if (form === FULL) return isFull(column, start, end) ? binary(start, end, to) : NO_FIT;
  return isAsFine(start, end, form - TEMPORAL) ? quoted(start, end, to) : NO_FIT;
}

function binary(start: usize, end: usize, to: usize): usize {
  // _bin, ary
  store<u32>(to, 0x6e69625f);
  store<u32>(to + 4, 0x797261);
  return quoted(start, end, to + 7);
}

function quoted(start: usize, end: usize, begin: usize): usize {
  let at = start;
  let to = begin;
  store<u8>(to++, QUOTE);
  while (at < end) {
    const piece = v128.load(at);
    v128.store(to, piece);
    let odd = v128.or(v128.eq<u8>(piece, v128.splat<u8>(QUOTE)), v128.eq<u8>(piece, v128.splat<u8>(BACKSLASH)));
    odd = v128.or(odd, v128.eq<u8>(piece, v128.splat<u8>(0)));
    const mask = v128.bitmask<u8>(odd);
    const plain = min<usize>(mask === 0 ? 16 : ctz(mask), end - at);
    at += plain;
    to += plain;
    if (at >= end || plain === 16) continue;
    const byte = load<u8>(at++);
    store<u8>(to, BACKSLASH);
    store<u8>(to + 1, byte === 0 ? ZERO : byte);
    to += 2;
  }
  store<u8>(to, QUOTE);
  return to + 1;
}
