// What all kernels that write a batch have in common: where things lie in their memory, and the loop over its rows.

import { fieldLength, NULL_LENGTH } from './bytes';

/** A byte for each column, the batch, and what is written; src/engine/pipeline/encoding-kernel.ts reads these. */
export const FORMS: usize = 4096;
export const MOST_COLUMNS: u32 = 4000;
export const BATCH: usize = 8192;
export const BATCH_CAPACITY: usize = 1024 * 1024;
export const OUT: usize = BATCH + BATCH_CAPACITY + 1024;
export const OUT_CAPACITY: usize = 1024 * 1024;

/** What the last call wrote, of how many rows, and where the next one begins in the batch. */
export let length: u32 = 0;
export let rows: u32 = 0;
export let next: u32 = 0;

/** In place of where a row ends: it is not for the kernel. */
export const NO_FIT: usize = 0;

/** Writes the row of so many columns at `start` to `to`, and returns where it ends there. */
export type EncodeRow = (start: usize, columns: u32, to: usize) => usize;

/**
 * Encodes up to `most` rows from `start` in the batch on, until `enough` bytes are written; stops before a row that is not
 * for the kernel, and before one that might not fit its memory or `room`.
 */
export function encodeRows(start: u32, most: u32, columns: u32, enough: u32, room: u32, encodeRow: EncodeRow): void {
  let at = BATCH + start;
  let to = OUT;
  const full = OUT + enough;
  const roomEnd = OUT + min<usize>(room, OUT_CAPACITY);
  rows = 0;
  while (rows < most && to < full) {
    const end = rowEnd(at, columns);
    // Every byte may need a second one, no form adds more to a column, and what is copied may run over a little.
    if (to + 2 * (end - at) + 24 * columns + 32 > roomEnd) break;
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
