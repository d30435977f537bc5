// Serial types of SQLite's records: how a value is stored, and how many bytes it takes. https://sqlite.org/fileformat2.html

/** Bytes of a value. */
export function sizeOf(type: u32): u32 {
  if (type >= 12) return (type - 12) >> 1;
  return type < 5 ? type : type === 5 ? 6 : type <= 7 ? 8 : 0;
}

/** Bytes of a number as an integer of variable length. */
export function lengthOf(number: u32): u32 {
  if (number < 0x4000) return number < 0x80 ? 1 : 2;
  return number < 0x20_0000 ? 3 : number < 0x1000_0000 ? 4 : 5;
}

/** Writes it, seven bits a byte, and returns where it ends. */
export function varint(to: usize, number: u32): usize {
  if (number < 0x80) {
    store<u8>(to, number as u8);
    return to + 1;
  }
  const size = lengthOf(number);
  for (let i: u32 = 0; i < size; i++) {
    const seven = (number >> (7 * (size - 1 - i))) & 0x7f;
    store<u8>(to + i, (i + 1 < size ? seven | 0x80 : seven) as u8);
  }
  return to + size;
}
