// Rows of an SQLite table straight from its leaf pages, as rows of a batch. The format: https://sqlite.org/fileformat2.html
// Memory: 1856 kB.

import { copy, NULL_LENGTH, storeLength } from './bytes';
import { numberText, realText } from './numbers';
import { sizeOf } from './serial-types';
import { isBits, isDate, isDecimal, isTime, isUuid } from './texts';
import { isUtf8 } from './utf8';

/** What a column must hold; src/engine/dialects/sqlite/leaf-pages-kernel.ts names the same numbers. */
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
/** The column has the affinity REAL: integers in it are reals that were stored small. */
const REAL_AFFINITY: u8 = 0x80;
/** In place of a column's number: the rowid. */
const ROWID: u16 = 0xffff;

export const MOST_COLUMNS: u32 = 2000;
export const FORMS: usize = 4096;
export const PLACES: usize = 8192;
export const PAGES: usize = 64 * 1024;
export const PAGES_CAPACITY: usize = 512 * 1024;
export const PAYLOAD: usize = PAGES + PAGES_CAPACITY + 64;
export const PAYLOAD_CAPACITY: usize = 512 * 1024;
export const OUT: usize = PAYLOAD + PAYLOAD_CAPACITY + 64;
export const OUT_CAPACITY: usize = 736 * 1024;
/** Of the record at hand: the serial type of each stored column, and where its value begins. */
const TYPES: usize = 16 * 1024;
const VALUES: usize = 32 * 1024;

/** Why a call came back. */
export const DONE: u32 = 0;
export const FULL: u32 = 1;
export const MISFIT: u32 = 2;
export const OVERFLOW: u32 = 3;
export const STRANGE: u32 = 4;

/** How far the last call came: the page and the cell at which it stopped, and the rowid there. */
export let page: u32 = 0;
export let cell: u32 = 0;
export let rowid: i64 = 0;
/** What it wrote, of how many rows. */
export let length: u32 = 0;
export let rows: u32 = 0;
/** Of the last of them, if there is any: its rowid, and where it begins. */
export let lastRowid: i64 = 0;
export let lastRow: u32 = 0;
/** Of a payload that goes on in other pages: its size, what of it lies here, and the first of those pages. */
export let payloadSize: u32 = 0;
export let localAt: u32 = 0;
export let localSize: u32 = 0;
export let overflowPage: u32 = 0;

const LEAF: u8 = 13;
const HEADER: usize = 8;

/**
 * Decodes the rows of `count` pages of `size` bytes at PAGES, of which the last `reserved` bytes are nobody's, from cell
 * `firstCell` of page `firstPage` on: those with rowids from `from` up to `upto`; until `enough` bytes are written.
 */
export function decode(
  count: u32,
  size: u32,
  reserved: u32,
  firstPage: u32,
  firstCell: u32,
  from: i64,
  upto: i64,
  columns: u32,
  stored: u32,
  enough: u32,
): u32 {
  const usable = size - reserved;
  let to = OUT;
  rows = 0;
  length = 0;
  cell = firstCell;
  for (page = firstPage; page < count; page++) {
    const start = PAGES + page * size;
    if (load<u8>(start) !== LEAF) return STRANGE;
    const cells = bswap<u16>(load<u16>(start + 3)) as u32;
    if (HEADER + 2 * cells > usable) return STRANGE;
    for (; cell < cells; cell++) {
      const offset = bswap<u16>(load<u16>(start + HEADER + 2 * cell)) as u32;
      if (offset < HEADER + 2 * cells || offset + 4 > usable) return STRANGE;
      varint(start + offset);
      const payload = value;
      varint(next);
      rowid = value;
      if (rowid < from) continue;
      if (rowid > upto) break;
      const at = next;
      if (payload < 0 || payload > 0x7fff_ffff) return STRANGE;
      const local = localPart(payload as u32, usable);
      if (at + local > start + usable) return STRANGE;
      if ((local as i64) < payload) {
        if (at + local + 4 > start + usable) return STRANGE;
        payloadSize = payload as u32;
        localAt = at as u32;
        localSize = local;
        overflowPage = bswap(load<u32>(at + local));
        return OVERFLOW;
      }
      const end = to - OUT >= (enough as usize) ? NO_ROOM : record(at, local, columns, stored, to);
      if (end === NO_ROOM) return FULL;
      if (end === NO_FIT) return MISFIT;
      lastRow = (to - OUT) as u32;
      lastRowid = rowid;
      to = end;
      rows++;
      length = (to - OUT) as u32;
    }
    cell = 0;
  }
  return DONE;
}

/** Decodes one row, whose payload was put together at PAYLOAD, of the rowid at which `decode` had stopped. */
export function decodePayload(size: u32, columns: u32, stored: u32): u32 {
  const end = record(PAYLOAD, size, columns, stored, OUT);
  rows = end > NO_FIT ? 1 : 0;
  length = end > NO_FIT ? ((end - OUT) as u32) : 0;
  return end > NO_FIT ? DONE : MISFIT;
}

/** How much of a payload lies in the leaf itself. */
function localPart(payload: u32, usable: u32): u32 {
  const most = usable - 35;
  if (payload <= most) return payload;
  const least = ((usable - 12) * 32) / 255 - 23;
  const part = least + ((payload - least) % (usable - 4));
  return part <= most ? part : least;
}

/** The variable-length integer read last, and what stands behind it. */
let value: i64 = 0;
let next: usize = 0;

function varint(at: usize): void {
  let result: u64 = 0;
  for (let i: usize = 0; i < 8; i++) {
    const byte = load<u8>(at + i);
    result = (result << 7) | ((byte & 0x7f) as u64);
    if (byte < 0x80) {
      value = result as i64;
      next = at + i + 1;
      return;
    }
  }
  value = ((result << 8) | (load<u8>(at + 8) as u64)) as i64;
  next = at + 9;
}

const NO_ROOM: usize = 0;
const NO_FIT: usize = 1;

/** Returns where the row ends that was written to `begin`. */
function record(start: usize, size: u32, columns: u32, stored: u32, begin: usize): usize {
  // Any number takes less, and what is copied may run over by as much as is copied at once.
  if (begin + size + 40 * columns + 64 > OUT + OUT_CAPACITY) return NO_ROOM;
  varint(start);
  const body = start + (value as usize);
  const end = start + size;
  if (body > end) return NO_FIT;
  let at = next;
  let valueAt = body;
  for (let i: u32 = 0; i < stored; i++) {
    // A column that was added later, whose default the rows do not hold.
    if (at >= body) return NO_FIT;
    varint(at);
    at = next;
    if (value > 0x7fff_ffff) return NO_FIT;
    const type = value as u32;
    store<u32>(TYPES + 4 * i, type);
    store<u32>(VALUES + 4 * i, valueAt as u32);
    valueAt += sizeOf(type);
    if (valueAt > end) return NO_FIT;
  }
  let to = begin;
  for (let i: u32 = 0; i < columns; i++) {
    const place = load<u16>(PLACES + 2 * i);
    const form = load<u8>(FORMS + i);
    if (place === ROWID) to = integer(rowid, form, to);
    else to = field(load<u32>(TYPES + 4 * (place as usize)), load<u32>(VALUES + 4 * (place as usize)), form, to);
    if (to === NO_FIT) return NO_FIT;
  }
  return to;
}

function field(type: u32, at: usize, form: u8, to: usize): usize {
  if (type === 0) {
    storeLength(to, NULL_LENGTH);
    return to + 4;
  }
  if (type < 12)
    return type === 7 ? real(reinterpret<f64>(bswap(load<u64>(at))), form, to) : integer(integerAt(type, at), form, to);
  const size = (type - 12) >> 1;
  const isText = (type & 1) === 1;
  // Texts in such columns are their bytes.
  if (form === BINARY) return put(at, size, to);
  return isText ? text(at, size, form & ~REAL_AFFINITY, to) : NO_FIT;
}

function integerAt(type: u32, at: usize): i64 {
  switch (type) {
    case 1:
      return load<i8>(at);
    case 2:
      return bswap<u16>(load<u16>(at)) as i16;
    case 3:
      return ((bswap(load<u32>(at)) as i32) >> 8) as i64;
    case 4:
      return bswap(load<u32>(at)) as i32;
    case 5:
      return (bswap(load<u64>(at)) as i64) >> 16;
    case 6:
      return bswap(load<u64>(at)) as i64;
    default:
      return (type - 8) as i64;
  }
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
