// Whether bytes are UTF-8, by the table of https://www.unicode.org/versions/latest/ (3-7): no overlong forms, no surrogates.

export function isUtf8(start: usize, end: usize): bool {
  let at = start;
  while (at < end) {
    // What is read beyond the end belongs to the memory too, and is looked at no further.
    const high = v128.bitmask<u8>(v128.load(at));
    const plain: usize = high === 0 ? 16 : (ctz(high) as usize);
    at += plain;
    if (plain === 16 || at >= end) continue;
    const size = characterAt(at, end);
    if (size === 0) return false;
    at += size;
  }
  return true;
}

/** The bytes of the character that begins with a high byte; 0 where there is none. */
function characterAt(at: usize, end: usize): usize {
  const lead = load<u8>(at);
  const size: usize = lead < 0xc2 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf5 ? 4 : 0;
  if (size === 0 || at + size > end) return 0;
  const second = load<u8>(at + 1);
  const least: u8 = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const most: u8 = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < least || second > most) return 0;
  for (let i: usize = 2; i < size; i++) if ((load<u8>(at + i) & 0xc0) !== 0x80) return 0;
  return size;
}
