// MurmurHash3 x86 128-bit (Austin Appleby, public domain algorithm), as src/engine/pipeline/murmur.ts has it.

const C1: u32 = 0x239b961b;
const C2: u32 = 0xab0e9789;
const C3: u32 = 0x38b34ae5;
const C4: u32 = 0xa1e38b93;

/** Adds each word of the hash of [start…end) to the 64-bit sum of that word, of which four lie at `sums`. */
export function addMurmur128(start: usize, end: usize, sums: usize): void {
  let h1: u32 = 0;
  let h2: u32 = 0;
  let h3: u32 = 0;
  let h4: u32 = 0;
  const length = (end - start) as u32;
  const blocks = start + (length & ~15);
  let at = start;
  for (; at < blocks; at += 16) {
    h1 ^= rotl<u32>(load<u32>(at) * C1, 15) * C2;
    h1 = (rotl<u32>(h1, 19) + h2) * 5 + 0x561ccd1b;
    h2 ^= rotl<u32>(load<u32>(at, 4) * C2, 16) * C3;
    h2 = (rotl<u32>(h2, 17) + h3) * 5 + 0x0bcaa747;
    h3 ^= rotl<u32>(load<u32>(at, 8) * C3, 17) * C4;
    h3 = (rotl<u32>(h3, 15) + h4) * 5 + 0x96cd1c35;
    h4 ^= rotl<u32>(load<u32>(at, 12) * C4, 18) * C1;
    h4 = (rotl<u32>(h4, 13) + h1) * 5 + 0x32ac3b17;
  }

  // The last 0…15 bytes, padded with zeros: zero words leave the state as it is.
  const rest = (end - at) as u32;
  if (rest > 12) h4 ^= rotl<u32>(tail(at + 12, rest - 12) * C4, 18) * C1;
  if (rest > 8) h3 ^= rotl<u32>(tail(at + 8, rest - 8) * C3, 17) * C4;
  if (rest > 4) h2 ^= rotl<u32>(tail(at + 4, rest - 4) * C2, 16) * C3;
  if (rest > 0) h1 ^= rotl<u32>(tail(at, rest) * C1, 15) * C2;

  h1 ^= length;
  h2 ^= length;
  h3 ^= length;
  h4 ^= length;
  h1 += h2 + h3 + h4;
  h2 += h1;
  h3 += h1;
  h4 += h1;
  h1 = finish(h1);
  h2 = finish(h2);
  h3 = finish(h3);
  h4 = finish(h4);
  h1 += h2 + h3 + h4;
  add(sums, h1);
  add(sums + 8, h2 + h1);
  add(sums + 16, h3 + h1);
  add(sums + 24, h4 + h1);
}

/** The first `size` of four bytes, the others as zeros. What is read beyond them belongs to the memory too. */
function tail(at: usize, size: u32): u32 {
  const word = load<u32>(at);
  return size >= 4 ? word : word & ((1 << (size << 3)) - 1);
}

function finish(value: u32): u32 {
  let h = value;
  h = (h ^ (h >>> 16)) * 0x85ebca6b;
  h = (h ^ (h >>> 13)) * 0xc2b2ae35;
  return h ^ (h >>> 16);
}

function add(sum: usize, word: u32): void {
  store<u64>(sum, load<u64>(sum) + (word as u64));
}
