// Rows of a batch as COPY's text: what dialects/postgres/copy-text.ts does, sixteen bytes at a time.
// Memory: 2112 kB.

import { copy, fieldLength, NULL_LENGTH } from './bytes';

/** How a column is written; src/engine/dialects/postgres/copy-text-kernel.ts names the same numbers. */
const PLAIN: u8 = 0;
const TEXT: u8 = 1;
const BOOLEAN: u8 = 2;
const _BYTES: u8 = 3;

export const FORMS: usize = 4096;
export const BATCH: usize = 8192;
export const BATCH_CAPACITY: usize = 1024 * 1024;
export const OUT: usize = BATCH + BATCH_CAPACITY + 1024;
export const OUT_CAPACITY: usize = 1024 * 1024;
export const MOST_COLUMNS: u32 = 4000;

/** What the last call wrote and where it stopped: see `encode`. */
export let length: u32 = 0;
export let rows: u32 = 0;
export let next: u32 = 0;

const TAB: u8 = 9;
const NEWLINE: u8 = 10;
const RETURN: u8 = 13;
const BACKSLASH: u8 = 92;

const NO_FIT: usize = 0;

/**
 * Encodes up to `most` rows from `start` in the batch on, until `enough` bytes are written; stops before a row that
 * holds U+0000, and before one that might not fit the memory or `room`.
 */
export function encode(start: u32, most: u32, columns: u32, enough: u32, room: u32): void {
  let at = BATCH + start;
  let to = OUT;
  const full = OUT + enough;
  const roomEnd = OUT + min<usize>(room, OUT_CAPACITY);
  rows = 0;
  while (rows < most && to < full) {
    const end = rowEnd(at, columns);
    // Every byte may need a second one, and what is copied may run over by as much as is copied at once.
    if (to + 2 * (end - at) + 8 * columns + 32 > roomEnd) break;
    const written = encodeRow(at, columns, to);
    if (written === NO_FIT) break;
    to = written;
    at = end;
    rows++;
  }
  length = (to - OUT) as u32;
  next = (at - BATCH) as u32;
}

function rowEnd(start: usize, columns: u32): usize {
  let at = start;
  for (let i: u32 = 0; i < columns; i++) {
    const size = fieldLength(at);
    at += size === NULL_LENGTH ? 4 : 4 + size;
  }
  return at;
}

function encodeRow(start: usize, columns: u32, begin: usize): usize {
  let at = start;
  let to = begin;
  for (let i: u32 = 0; i < columns; i++) {
    const size = fieldLength(at);
    at += 4;
    if (size === NULL_LENGTH) {
      store<u16>(to, 0x4e5c);
      to += 2;
    } else {
      const form = load<u8>(FORMS + i);
      if (form === PLAIN) {
        copy(to, at, size);
        to += size;
      } else if (form === TEXT) {
        to = escaped(at, at + size, to);
        if (to === NO_FIT) return NO_FIT;
      } else if (form === BOOLEAN) {
        store<u8>(to++, load<u8>(at) === 0x31 ? 0x74 : 0x66);
      } else {
        store<u16>(to, 0x5c5c);
        store<u8>(to + 2, 0x78);
        to = hex(at, at + size, to + 3);
      }
      at += size;
    }
    store<u8>(to++, TAB);
  }
  store<u8>(to - 1, NEWLINE);
  return to;
}

function escaped(start: usize, end: usize, begin: usize): usize {
  let at = start;
  let to = begin;
  while (at < end) {
    const piece = v128.load(at);
    v128.store(to, piece);
    const odd = v128.or(v128.le<u8>(piece, v128.splat<u8>(RETURN)), v128.eq<u8>(piece, v128.splat<u8>(BACKSLASH)));
    const mask = v128.bitmask<u8>(odd);
    const plain = min<usize>(mask === 0 ? 16 : ctz(mask), end - at);
    at += plain;
    to += plain;
    if (at >= end || plain === 16) continue;
    const byte = load<u8>(at++);
    if (byte === 0) return NO_FIT;
    const letter: u8 = byte === TAB ? 0x74 : byte === NEWLINE ? 0x6e : byte === RETURN ? 0x72 : byte;
    if (letter !== byte || byte === BACKSLASH) store<u8>(to++, BACKSLASH);
    store<u8>(to++, letter);
  }
  return to;
}

function hex(start: usize, end: usize, begin: usize): usize {
  let to = begin;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    store<u8>(to, digit(byte >> 4));
    store<u8>(to + 1, digit(byte & 15));
    to += 2;
  }
  return to;
}

function digit(nibble: u8): u8 {
  return nibble < 10 ? 0x30 + nibble : 0x57 + nibble;
}
