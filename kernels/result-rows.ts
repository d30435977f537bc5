// Row packets of MySQL's text protocol as rows of a batch: what dialects/mysql/wire/transcode.ts does.
// Memory: 1216 kB.

import { copy, NULL_LENGTH, storeLength } from './bytes';
import { FORMS, IN, OUT, OUT_CAPACITY, tell } from './decoding';

export { FORMS, IN, IN_CAPACITY, length, MOST_COLUMNS, OUT, rows, taken } from './decoding';

/** How a column is read; src/engine/dialects/mysql/wire/result-rows-kernel.ts names the same numbers. From BITS on: 16 + length. */
const COPY: u8 = 0;
const LOWER_CASE: u8 = 1;
const BITS: u8 = 16;

const HEADER: usize = 4;
const NULL: u8 = 0xfb;
const EOF: u8 = 0xfe;
const ERROR: u8 = 0xff;
const LONGEST_PACKET: u32 = 0xff_ffff;

/**
 * Decodes whole row packets from IN to IN + size, until `enough` bytes are written. Stops before anything else: the end of
 * the result, an error, a packet that is not whole or goes on in the next, a row that might not fit.
 */
export function decode(size: u32, columns: u32, enough: u32): void {
  let at = IN;
  let to = OUT;
  const end = IN + size;
  const full = OUT + min<usize>(enough, OUT_CAPACITY);
  let rows: u32 = 0;
  while (to < full && at + HEADER < end) {
    const payload = load<u32>(at) & 0xff_ffff;
    const stop = at + HEADER + payload;
    if (stop > end || payload === LONGEST_PACKET) break;
    const first = load<u8>(at + HEADER);
    if (first === ERROR || (first === EOF && payload < 9)) break;
    // A bit becomes a byte, of which a column has 64 at most.
    if (to + payload + 68 * columns + 32 > OUT + OUT_CAPACITY) break;
    to = decodeRow(at + HEADER, columns, to);
    at = stop;
    rows++;
  }
  tell(rows, to, at);
}

function decodeRow(start: usize, columns: u32, begin: usize): usize {
  let at = start;
  let to = begin;
  for (let i: u32 = 0; i < columns; i++) {
    let size: u32 = load<u8>(at++);
    if (size >= NULL) {
      if (size === NULL) {
        storeLength(to, NULL_LENGTH);
        to += 4;
        continue;
      }
      if (size === 0xfc) {
        size = load<u16>(at);
        at += 2;
      } else if (size === 0xfd) {
        size = load<u32>(at) & 0xff_ffff;
        at += 3;
      } else {
        size = load<u32>(at);
        at += 8;
      }
    }
    const form = load<u8>(FORMS + i);
    if (form === COPY) {
      storeLength(to, size);
      copy(to + 4, at, size);
      to += 4 + size;
    } else if (form === LOWER_CASE) {
      storeLength(to, size);
      lowerCase(at, size, to + 4);
      to += 4 + size;
    } else {
      const bits = form - BITS;
      storeLength(to, bits);
      writeBits(at + size, bits, to + 4);
      to += 4 + bits;
    }
    at += size;
  }
  return to;
}

/** ASCII, as UUIDs are. */
function lowerCase(at: usize, size: u32, to: usize): void {
  for (let i: u32 = 0; i < size; i++) {
    const byte = load<u8>(at + i);
    store<u8>(to + i, byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte);
  }
}

/** BIT comes as bytes, highest first, padded with zero bits in front. */
function writeBits(end: usize, bits: u32, to: usize): void {
  for (let bit: u32 = 0; bit < bits; bit++) {
    store<u8>(to + (bits - 1 - bit), 0x30 | ((load<u8>(end - 1 - (bit >> 3)) >> ((bit & 7) as u8)) & 1));
  }
}
