// Rows of a batch as leaf pages of a table in an SQLite file. The format: https://sqlite.org/fileformat2.html
// Memory: 2112 kB.

import { copy, fieldLength, NULL_LENGTH } from './bytes';
import { BATCH, FORMS, OUT } from './encoding';
import { lengthOf, sizeOf, varint } from './serial-types';

export { BATCH, BATCH_CAPACITY, FORMS, OUT } from './encoding';

/** How a column is stored; src/engine/dialects/sqlite/writer/parcel-kernel.ts names the same numbers. All others are bytes. */
const TEXT: u8 = 0;
const INTEGER: u8 = 1;
const DECIMAL: u8 = 2;
const FLOAT: u8 = 3;
/** A text that gets a Z behind its digits. */
const INSTANT: u8 = 4;

/** As many as SQLite takes. */
const MOST_COLUMNS: u32 = 2000;
/** The greatest that SQLite has. */
const PAGE_SIZE: u32 = 65_536;
/** So many lie at OUT. */
export const PAGES: u32 = 16;
/** For each of them: the number of its last row. */
export const LASTS: usize = OUT + (PAGES as usize) * (PAGE_SIZE as usize) + 1024;
/** Of the row at hand: the serial type of each column, and its value or where that lies. */
const TYPES: usize = LASTS + 128;
const VALUES: usize = TYPES + 4 * (MOST_COLUMNS as usize);

/** Why a call came back: with all rows, with all pages full, or at a row that is not for the kernel. */
export const DONE: u32 = 0;
export const FULL: u32 = 1;
export const MISFIT: u32 = 2;

/** The page that is being filled; those before it are full. */
export let page: u32 = 0;
/** Rows of the last call, and where the next one begins in the batch. */
export let rows: u32 = 0;
export let next: u32 = 0;

const LEAF: u8 = 13;
const HEADER: u32 = 8;
/** A longer payload would go on in other pages. */
const MOST_PAYLOAD: u32 = PAGE_SIZE - 35;

const ZERO: u8 = 0x30;
const MINUS: u8 = 0x2d;
const POINT: u8 = 0x2e;

/** Of the page: how many rows it has, and where the lowest of them begins. */
let cells: u32 = 0;
let content: u32 = PAGE_SIZE;
/** Rows of a table are numbered from 1. */
let rowid: u32 = 0;

/** Begins another table. */
export function begin(): void {
  rowid = 0;
  emptied();
}

/** The pages were taken away. */
export function emptied(): void {
  page = 0;
  cells = 0;
  content = PAGE_SIZE;
}

/** Ends the page that is being filled; `page` is then how many there are. */
export function finish(): void {
  if (cells > 0) finishPage();
}

/** Adds up to `most` rows from `start` in the batch on. */
export function add(start: u32, most: u32, columns: u32): u32 {
  rows = 0;
  next = start;
  while (rows < most) {
    if (page === PAGES) return FULL;
    const end = measure(BATCH + next, columns);
    if (end === NO_FIT) return MISFIT;
    const size = payload + lengthOf(payload) + lengthOf(rowid + 1);
    if (HEADER + 2 * (cells + 1) + size > content) {
      finishPage();
      continue;
    }
    rowid++;
    content -= size;
    store<u16>(pageAt() + HEADER + 2 * cells, bswap<u16>(content as u16));
    cells++;
    writeCell(pageAt() + content, columns, size);
    next = (end - BATCH) as u32;
    rows++;
  }
  return DONE;
}

function pageAt(): usize {
  return OUT + (page as usize) * (PAGE_SIZE as usize);
}

function finishPage(): void {
  const at = pageAt();
  store<u8>(at, LEAF);
  store<u16>(at + 1, 0);
  store<u16>(at + 3, bswap<u16>(cells as u16));
  store<u16>(at + 5, bswap<u16>(content as u16));
  store<u8>(at + 7, 0);
  store<u32>(LASTS + 4 * page, rowid);
  page++;
  cells = 0;
  content = PAGE_SIZE;
}

const NO_FIT: usize = 0;

/** Of the row that was measured last: its payload, and the header of that. */
let payload: u32 = 0;
let header: u32 = 0;

/** Finds out how each value of the row at `start` is stored; returns where the next row begins. */
function measure(start: usize, columns: u32): usize {
  let at = start;
  let types: u32 = 0;
  let body: u32 = 0;
  for (let i: u32 = 0; i < columns; i++) {
    const size = fieldLength(at);
    at += 4;
    type = 0;
    if (size !== NULL_LENGTH) {
      if (size > MOST_PAYLOAD || !isStorable(load<u8>(FORMS + i), at, size)) return NO_FIT;
      at += size;
      store<u64>(VALUES + 8 * (i as usize), value);
    }
    store<u32>(TYPES + 4 * (i as usize), type);
    types += lengthOf(type);
    body += sizeOf(type);
    if (body > MOST_PAYLOAD) return NO_FIT;
  }
  // Its own length is part of it.
  header = types + 1 < 0x80 ? types + 1 : types + 2;
  payload = header + body;
  return payload > MOST_PAYLOAD ? NO_FIT : at;
}

/** Of the value at hand: its serial type, and itself or where it lies. */
let type: u32 = 0;
let value: u64 = 0;

function isStorable(form: u8, at: usize, size: u32): bool {
  switch (form) {
    case INTEGER:
      return integer(at, at + size);
    case DECIMAL:
      return decimal(at, at + size);
    case FLOAT:
      return float(at);
    case TEXT:
      return text(at, size);
    case INSTANT: {
      const last = size > 0 ? load<u8>(at + size - 1) : 0;
      return text(at, last >= ZERO && last <= ZERO + 9 ? size + 1 : size);
    }
    default:
      type = 12 + 2 * size;
      value = at as u64;
      return true;
  }
}

function text(at: usize, size: u32): bool {
  type = 13 + 2 * size;
  value = at as u64;
  return true;
}

/** SQLite has no NaN. */
function float(at: usize): bool {
  value = bswap(load<u64>(at));
  type = 7;
  return reinterpret<f64>(value) <= Infinity;
}

function integer(at: usize, end: usize): bool {
  const negative = load<u8>(at) === MINUS;
  const first = negative ? at + 1 : at;
  if (end <= first || end - first > 19) return false;
  let number: u64 = 0;
  for (let digit = first; digit < end; digit++) {
    const byte = load<u8>(digit) - ZERO;
    if (byte > 9) return false;
    number = number * 10 + byte;
  }
  if (number >> 63 !== 0) return false;
  whole(negative ? 0 - (number as i64) : (number as i64));
  return true;
}

/** Two whole numbers of at most 15 digits, divided, give the double that their decimal stands for. */
function decimal(at: usize, end: usize): bool {
  const negative = load<u8>(at) === MINUS;
  const first = negative ? at + 1 : at;
  let number: u64 = 0;
  let unit: u64 = 1;
  let point: usize = 0;
  for (let digit = first; digit < end; digit++) {
    const byte = load<u8>(digit);
    if (byte === POINT && point === 0 && digit > first) {
      point = digit;
      continue;
    }
    if (byte < ZERO || byte > ZERO + 9) return false;
    number = number * 10 + (byte - ZERO);
    if (point > 0) unit *= 10;
    if (number >= 1_000_000_000_000_000) return point === 0 && integer(at, end);
    if (unit > 1_000_000_000_000_000) return false;
  }
  if (end <= first || point === end - 1) return false;
  if (number % unit === 0) {
    const exact = (number / unit) as i64;
    whole(negative ? 0 - exact : exact);
    return true;
  }
  const exact = (number as f64) / (unit as f64);
  value = reinterpret<u64>(negative ? -exact : exact);
  type = 7;
  return true;
}

function whole(number: i64): void {
  value = number as u64;
  if (number === 0 || number === 1) type = 8 + (number as u32);
  else if (number === (number as i8 as i64)) type = 1;
  else if (number === (number as i16 as i64)) type = 2;
  else if (number === (number << 40) >> 40) type = 3;
  else if (number === (number as i32 as i64)) type = 4;
  else if (number === (number << 16) >> 16) type = 5;
  else type = 6;
}

/** Writes the row that was measured last to `begin`. */
function writeCell(begin: usize, columns: u32, size: u32): void {
  // Copying may run over by seven bytes, into the row that was written before.
  const behind = load<u64>(begin + size);
  let to = varint(varint(begin, payload), rowid);
  to = varint(to, header);
  for (let i: u32 = 0; i < columns; i++) to = varint(to, load<u32>(TYPES + 4 * (i as usize)));
  for (let i: u32 = 0; i < columns; i++) {
    to = writeValue(load<u32>(TYPES + 4 * (i as usize)), load<u64>(VALUES + 8 * (i as usize)), load<u8>(FORMS + i), to);
  }
  store<u64>(begin + size, behind);
}

function writeValue(serial: u32, what: u64, form: u8, to: usize): usize {
  const size = sizeOf(serial);
  if (serial >= 12) {
    copy(to, what as usize, size);
    if (form === INSTANT && fieldLength((what as usize) - 4) < size) store<u8>(to + size - 1, 0x5a);
    return to + size;
  }
  // Its last bytes, the greatest first.
  if (size > 0) store<u64>(to, bswap(what << ((64 - 8 * size) as u64)));
  return to + size;
}
