// What all kernels that read what a server sends have in common: where things lie in their memory, and what they tell.

/** A byte for each column, what came, and the rows made of it; src/engine/pipeline/decoding-kernel.ts reads these. */
export const FORMS: usize = 4096;
export const MOST_COLUMNS: u32 = 8000;
export const IN: usize = 12 * 1024;
export const IN_CAPACITY: usize = 512 * 1024;
export const OUT: usize = IN + IN_CAPACITY + 1024;
export const OUT_CAPACITY: usize = 640 * 1024;

/** What the last call wrote, of how many rows, and how much of what came it has taken. */
export let length: u32 = 0;
export let rows: u32 = 0;
export let taken: u32 = 0;

/** `to` is where the last row ends, `at` where the next message begins. */
export function tell(decoded: u32, to: usize, at: usize): void {
  rows = decoded;
  length = (to - OUT) as u32;
  taken = (at - IN) as u32;
}
