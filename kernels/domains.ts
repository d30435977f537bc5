// The domains of columns: the labels of an ENUM or SET, or the length of a BINARY.

import { OUT, OUT_CAPACITY } from './encoding';

/**
 * First where each column's domain begins behind this, then those: how many labels (2 bytes), each with its length
 * (2 bytes) in front, or one length (4 bytes). src/engine/dialects/mysql/writer/column-domains.ts writes them, little-endian.
 */
export const DOMAINS: usize = OUT + OUT_CAPACITY + 1024;
export const DOMAINS_CAPACITY: usize = 64 * 1024;

const COMMA: u8 = 0x2c;

/** To the byte: the server would take a text that its collation holds for the same, or the number of a label. */
export function isLabel(column: u32, start: usize, end: usize): bool {
  const size = end - start;
  let at = domainOf(column);
  let labels = load<u16>(at);
  at += 2;
  for (; labels > 0; labels--) {
    const length = load<u16>(at) as usize;
    at += 2;
    if (length === size && isSame(at, start, size)) return true;
    at += length;
  }
  return false;
}

/** Labels with commas between them, or none. */
export function areLabels(column: u32, start: usize, end: usize): bool {
  if (start === end) return true;
  let from = start;
  for (let at = start; at <= end; at++) {
    if (at < end && load<u8>(at) !== COMMA) continue;
    if (!isLabel(column, from, at)) return false;
    from = at + 1;
  }
  return true;
}

/** As many bytes as the column has, or more. */
export function isFull(column: u32, start: usize, end: usize): bool {
  return end - start >= (load<u32>(domainOf(column)) as usize);
}

function domainOf(column: u32): usize {
  return DOMAINS + load<u32>(DOMAINS + 4 * column);
}

function isSame(one: usize, other: usize, size: usize): bool {
  for (let i: usize = 0; i < size; i++) if (load<u8>(one + i) !== load<u8>(other + i)) return false;
  return true;
}
