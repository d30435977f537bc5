// Rows of a batch as COPY's text: what dialects/postgres/writer/copy-text.ts does, sixteen bytes at a time.
// Memory: 2112 kB.

import { copy, fieldLength, NULL_LENGTH } from './bytes';
import { encodeRows, FORMS, NO_FIT } from './encoding';

export { BATCH, BATCH_CAPACITY, FORMS, length, MOST_COLUMNS, next, OUT, rows } from './encoding';

/** How a column is written; src/engine/dialects/postgres/writer/copy-text-kernel.ts names the same numbers. All others are bytes. */
const PLAIN: u8 = 0;
const TEXT: u8 = 1;
const BOOLEAN: u8 = 2;

const TAB: u8 = 9;
const NEWLINE: u8 = 10;
const RETURN: u8 = 13;
const BACKSLASH: u8 = 92;

/** As `encodeRows`; a row that holds U+0000 is not for it. */
export function encode(start: u32, most: u32, columns: u32, enough: u32, room: u32): void {
  encodeRows(start, most, columns, enough, room, encodeRow);
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
