// COPY's messages as rows of a batch: what dialects/postgres/reader/copy-rows.ts does, sixteen bytes at a time.
// Memory: 1216 kB.

import { NULL_LENGTH, storeLength } from './bytes';
import { FORMS, IN, OUT, OUT_CAPACITY, tell } from './decoding';

export { FORMS, IN, IN_CAPACITY, length, MOST_COLUMNS, OUT, rows, taken } from './decoding';

/** How a column is read; src/engine/dialects/postgres/reader/copy-rows-kernel.ts names the same numbers. All others are text. */
const BOOLEAN: u8 = 1;
const BYTES: u8 = 2;
const INSTANT: u8 = 3;

const COPY_DATA: u8 = 0x64;
const HEADER: usize = 5;
const TAB: u8 = 9;
const NEWLINE: u8 = 10;
const PLUS: u8 = 43;
const CAPITAL_N: u8 = 78;
const BACKSLASH: u8 = 92;

/**
 * Decodes CopyData messages of one whole row each from IN to IN + size, until `enough` bytes are written. Stops before
 * anything else: another message, one that is not whole, one that is no single row, a row that might not fit.
 */
export function decode(size: u32, columns: u32, enough: u32): void {
  let at = IN;
  let to = OUT;
  const end = IN + size;
  const full = OUT + min<usize>(enough, OUT_CAPACITY);
  let rows: u32 = 0;
  while (to < full && at + HEADER <= end && load<u8>(at) === COPY_DATA) {
    const stop = at + 1 + bswap(load<u32>(at + 1));
    if (stop > end || load<u8>(stop - 1) !== NEWLINE) break;
    if (to + (stop - at) + 12 * columns + 32 > OUT + OUT_CAPACITY) break;
    const written = decodeRow(at + HEADER, stop, columns, to);
    if (written === 0) break;
    to = written;
    at = stop;
    rows++;
  }
  tell(rows, to, at);
}

/** Returns where the row ends in what is written; 0 where [start…stop) is not exactly one row. */
function decodeRow(start: usize, stop: usize, columns: u32, begin: usize): usize {
  let at = start;
  let to = begin;
  for (let i: u32 = 0; i < columns; i++) {
    if (at >= stop) return 0;
    const lengthAt = to;
    to += 4;
    if (load<u8>(at) === BACKSLASH && load<u8>(at + 1) === CAPITAL_N) {
      at += 2;
      storeLength(lengthAt, NULL_LENGTH);
    } else {
      const form = load<u8>(FORMS + i);
      if (form === BOOLEAN) {
        store<u8>(to++, load<u8>(at++) === 0x74 ? 0x31 : 0x30);
      } else if (form === BYTES) {
        for (at += 3; load<u8>(at) > NEWLINE; at += 2) {
          store<u8>(to++, (nibble(load<u8>(at)) << 4) | nibble(load<u8>(at + 1)));
        }
      } else {
        // Up to a tab or newline, which escapes never are.
        while (at < stop) {
          const piece = v128.load(at);
          v128.store(to, piece);
          let odd = v128.or(v128.eq<u8>(piece, v128.splat<u8>(TAB)), v128.eq<u8>(piece, v128.splat<u8>(NEWLINE)));
          odd = v128.or(odd, v128.eq<u8>(piece, v128.splat<u8>(form === INSTANT ? PLUS : BACKSLASH)));
          const mask = v128.bitmask<u8>(odd);
          const plain: usize = mask === 0 ? 16 : ctz(mask);
          at += plain;
          to += plain;
          if (mask === 0) continue;
          const byte = load<u8>(at);
          if (byte === BACKSLASH) {
            store<u8>(to++, unescaped(load<u8>(at + 1)));
            at += 2;
          } else if (byte === PLUS) {
            // +00, since the session runs in UTC.
            at += 3;
          } else break;
        }
      }
      storeLength(lengthAt, (to - lengthAt - 4) as u32);
    }
    const separator = load<u8>(at++);
    if (separator !== (i === columns - 1 ? NEWLINE : TAB)) return 0;
  }
  return at === stop ? to : 0;
}

function unescaped(letter: u8): u8 {
  switch (letter) {
    case 0x62:
      return 8;
    case 0x74:
      return 9;
    case 0x6e:
      return 10;
    case 0x76:
      return 11;
    case 0x66:
      return 12;
    case 0x72:
      return 13;
    default:
      return letter;
  }
}

function nibble(digit: u8): u8 {
  return digit <= 0x39 ? digit - 0x30 : (digit | 0x20) - 0x57;
}
