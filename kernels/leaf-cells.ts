// The records of an SQLite table in its leaf pages, for whoever looks at them. The format: https://sqlite.org/fileformat2.html

import { sizeOf } from './serial-types';

/** What kernels are told of each wanted column: what it must hold, and where it lies among those that are stored. */
export const MOST_COLUMNS: u32 = 2000;
export const FORMS: usize = 4096;
export const PLACES: usize = 8192;
/** In a form: the column has the affinity REAL, so that integers in it are reals that were stored small. */
export const REAL_AFFINITY: u8 = 0x80;
/** In place of a column's number: the rowid. */
export const ROWID: u16 = 0xffff;

export const PAGES: usize = 64 * 1024;
export const PAGES_CAPACITY: usize = 512 * 1024;
export const PAYLOAD: usize = PAGES + PAGES_CAPACITY + 64;
export const PAYLOAD_CAPACITY: usize = 512 * 1024;
/** What belongs to the kernels themselves begins here. */
export const BEHIND: usize = PAYLOAD + PAYLOAD_CAPACITY + 64;
/** Of the record at hand: the serial type of each stored column, and where its value begins. */
const TYPES: usize = 16 * 1024;
const VALUES: usize = 32 * 1024;

/** Why a call came back; kernels have reasons of their own as well. */
export const DONE: u32 = 0;
export const OVERFLOW: u32 = 3;
export const STRANGE: u32 = 4;

/** How far the last call came: the page and the cell at which it stopped, and the rowid there. */
export let page: u32 = 0;
export let cell: u32 = 0;
export let rowid: i64 = 0;
/** Of a payload that goes on in other pages: its size, what of it lies here, and the first of those pages. */
export let payloadSize: u32 = 0;
export let localAt: u32 = 0;
export let localSize: u32 = 0;
export let overflowPage: u32 = 0;

const LEAF: u8 = 13;
const HEADER: usize = 8;

/** Is given where a record lies and its size; returns DONE, or why it goes no further. */
export type LookAt = (at: usize, size: u32) => u32;

/**
 * Gives the records of `count` pages of `size` bytes at PAGES, of which the last `reserved` bytes are nobody's, from cell
 * `firstCell` of page `firstPage` on: those with rowids from `from` up to `upto`.
 */
export function eachRecord(
  count: u32,
  size: u32,
  reserved: u32,
  firstPage: u32,
  firstCell: u32,
  from: i64,
  upto: i64,
  look: LookAt,
): u32 {
  const usable = size - reserved;
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
      const why = look(at, local);
      if (why !== DONE) return why;
    }
    cell = 0;
  }
  return DONE;
}

/** How much of a payload lies in the leaf itself. */
function localPart(payload: u32, usable: u32): u32 {
  const most = usable - 35;
  if (payload <= most) return payload;
  const least = ((usable - 12) * 32) / 255 - 23;
  const part = least + ((payload - least) % (usable - 4));
  return part <= most ? part : least;
}

/** Reads the header of a record. False where it does not hold so many columns: later ones have defaults that no row holds. */
export function readHeader(start: usize, size: u32, stored: u32): bool {
  varint(start);
  const body = start + (value as usize);
  const end = start + size;
  if (body > end) return false;
  let at = next;
  let behind = body;
  for (let i: u32 = 0; i < stored; i++) {
    if (at >= body) return false;
    varint(at);
    at = next;
    if (value > 0x7fff_ffff) return false;
    const type = value as u32;
    store<u32>(TYPES + 4 * i, type);
    store<u32>(VALUES + 4 * i, behind as u32);
    behind += sizeOf(type);
    if (behind > end) return false;
  }
  return true;
}

export function typeOf(column: u16): u32 {
  return load<u32>(TYPES + 4 * (column as usize));
}

export function valueAt(column: u16): usize {
  return load<u32>(VALUES + 4 * (column as usize));
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

/** The integer of a serial type. */
export function integerAt(type: u32, at: usize): i64 {
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

export function realAt(at: usize): f64 {
  return reinterpret<f64>(bswap(load<u64>(at)));
}
