// Rows of an SQLite table straight from its leaf pages, as rows of a batch.
// Memory: 1856 kB.

import { copy, NULL_LENGTH, storeLength } from './bytes';
import {
  BEHIND,
  DONE,
  eachRecord,
  FORMS,
  integerAt,
  PAYLOAD,
  PLACES,
  REAL_AFFINITY,
  ROWID,
  readHeader,
  realAt,
  rowid,
  typeOf,
  valueAt,
} from './leaf-cells';
import { numberText, realText } from './numbers';
import { isBits, isDate, isDecimal, isTime, isUuid } from './texts';
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
  rowid,
} from './leaf-cells';

/** What a column must hold; src/engine/dialects/sqlite/pages/leaf-pages-kernel.ts names the same numbers. */
const TEXT: u8 = 0;
const INTEGER: u8 = 1;
const UNSIGNED: u8 = 2;
const BOOLEAN: u8 = 3;
const DECIMAL: u8 = 4;
const FLOAT: u8 = 5;
const BINARY: u8 = 6;
const DATE: u8 = 7;
const TIMESTAMP: u8 = 8;
const TIME: u8 = 9;
const UUID: u8 = 10;
const BITS: u8 = 11;

/** Why a call came back, beside what eachRecord() tells. */
export const FULL: u32 = 1;
export const MISFIT: u32 = 2;

export const OUT: usize = BEHIND;
export const OUT_CAPACITY: usize = 736 * 1024;

/** What the last call wrote, of how many rows. */
export let length: u32 = 0;
export let rows: u32 = 0;
/** Of the last of them, if there is any: its rowid, and where it begins. */
export let lastRowid: i64 = 0;
export let lastRow: u32 = 0;

/** Of the call at hand. */
let columns: u32 = 0;
let stored: u32 = 0;
let enough: usize = 0;
let to: usize = 0;

/** As `eachRecord`: decodes the rows, until so many bytes are written. */
export function decode(
  count: u32,
  size: u32,
  reserved: u32,
  firstPage: u32,
  firstCell: u32,
  from: i64,
  upto: i64,
  wantedColumns: u32,
  storedColumns: u32,
  enoughBytes: u32,
): u32 {
  columns = wantedColumns;
  stored = storedColumns;
  enough = enoughBytes;
  to = OUT;
  rows = 0;
  length = 0;
  return eachRecord(count, size, reserved, firstPage, firstCell, from, upto, decodeRecord);
}

function decodeRecord(at: usize, size: u32): u32 {
  const end = to - OUT >= enough ? NO_ROOM : record(at, size, to);
  if (end === NO_ROOM) return FULL;
  if (end === NO_FIT) return MISFIT;
  lastRow = (to - OUT) as u32;
  lastRowid = rowid;
  to = end;
  rows++;
  length = (to - OUT) as u32;
  return DONE;
}

/** Decodes one row, whose payload was put together at PAYLOAD, of the rowid at which `decode` had stopped. */
export function decodePayload(size: u32): u32 {
  const end = record(PAYLOAD, size, OUT);
  rows = end > NO_FIT ? 1 : 0;
  length = end > NO_FIT ? ((end - OUT) as u32) : 0;
  return end > NO_FIT ? DONE : MISFIT;
}

const NO_ROOM: usize = 0;
const NO_FIT: usize = 1;

/** Returns where the row ends that was written to `begin`. */
function record(start: usize, size: u32, begin: usize): usize {
  // Any number takes less, and what is copied may run over by as much as is copied at once.
  if (begin + size + 40 * columns + 64 > OUT + OUT_CAPACITY) return NO_ROOM;
  if (!readHeader(start, size, stored)) return NO_FIT;
  let to = begin;
  for (let i: u32 = 0; i < columns; i++) {
    const place = load<u16>(PLACES + 2 * i);
    const form = load<u8>(FORMS + i);
    to = place === ROWID ? integer(rowid, form, to) : field(typeOf(place), valueAt(place), form, to);
    if (to === NO_FIT) return NO_FIT;
  }
  return to;
}

function field(type: u32, at: usize, form: u8, to: usize): usize {
  if (type === 0) {
    storeLength(to, NULL_LENGTH);
    return to + 4;
  }
  if (type < 12) return type === 7 ? real(realAt(at), form, to) : integer(integerAt(type, at), form, to);
  const size = (type - 12) >> 1;
  const isText = (type & 1) === 1;
  // Texts in such columns are their bytes.
  if (form === BINARY) return put(at, size, to);
  return isText ? text(at, size, form & ~REAL_AFFINITY, to) : NO_FIT;
}

function integer(number: i64, form: u8, to: usize): usize {
  switch (form) {
    case INTEGER:
    case DECIMAL:
    case DECIMAL | REAL_AFFINITY:
      return written(to, numberText(number, to + 4));
    case UNSIGNED:
      return number < 0 ? NO_FIT : written(to, numberText(number, to + 4));
    case BOOLEAN:
      return number === 0 || number === 1 ? written(to, numberText(number, to + 4)) : NO_FIT;
    case FLOAT | REAL_AFFINITY:
      return double(number as f64, to);
    default:
      return NO_FIT;
  }
}

function real(number: f64, form: u8, to: usize): usize {
  const plain = form & ~REAL_AFFINITY;
  if (plain === FLOAT) return double(number, to);
  if (plain !== DECIMAL) return NO_FIT;
  const end = realText(number, to + 4);
  return end === 0 ? NO_FIT : written(to, end);
}

function text(at: usize, size: u32, form: u8, to: usize): usize {
  const end = at + size;
  switch (form) {
    case TEXT:
      return isUtf8(at, end) ? put(at, size, to) : NO_FIT;
    case DECIMAL:
      return isDecimal(at, end) ? put(at, size, to) : NO_FIT;
    case DATE:
      return size === 10 && isDate(at) ? put(at, size, to) : NO_FIT;
    case TIMESTAMP:
      return timestamp(at, size, to);
    case TIME:
      return isTime(at, end) ? put(at, size, to) : NO_FIT;
    case UUID:
      return size === 36 && isUuid(at) ? put(at, size, to) : NO_FIT;
    case BITS:
      return isBits(at, end) ? put(at, size, to) : NO_FIT;
    default:
      return NO_FIT;
  }
}

/** YYYY-MM-DD HH:MM:SS[.f], with a T between or a Z behind, which the batch's form has not. */
function timestamp(at: usize, size: u32, to: usize): usize {
  if (size < 19 || !isDate(at)) return NO_FIT;
  const between = load<u8>(at + 10);
  if (between !== 0x20 && between !== 0x54) return NO_FIT;
  const without = load<u8>(at + size - 1) === 0x5a ? size - 1 : size;
  if (!isTime(at + 11, at + without) || load<u8>(at + 11) > 0x32) return NO_FIT;
  const end = put(at, without, to);
  store<u8>(to + 14, 0x20);
  return end;
}

function put(at: usize, size: u32, to: usize): usize {
  copy(to + 4, at, size);
  return written(to, to + 4 + size);
}

function double(number: f64, to: usize): usize {
  store<u64>(to + 4, bswap(reinterpret<u64>(number)));
  return written(to, to + 12);
}

function written(to: usize, end: usize): usize {
  storeLength(to, (end - to - 4) as u32);
  return end;
}
