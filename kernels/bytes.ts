// Bytes in a kernel's memory: fields with their length in front, as src/engine/pipeline/batch.ts lays them out.

export const NULL_LENGTH: u32 = 0xffff_ffff;

/** The big-endian length of the field at `at`. */
export function fieldLength(at: usize): u32 {
  return bswap(load<u32>(at));
}

export function storeLength(at: usize, length: u32): void {
  store<u32>(at, bswap(length));
}

/** Copies eight bytes at a time: up to seven bytes behind `to + size` are overwritten. */
export function copy(to: usize, from: usize, size: usize): void {
  if (size > 256) {
    memory.copy(to, from, size);
    return;
  }
  for (let i: usize = 0; i < size; i += 8) store<u64>(to + i, load<u64>(from + i));
}
