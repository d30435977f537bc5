// What a value has to look like for a column of MySQL: as dialects/mysql/writer/encode.ts asks it.

const ZERO: u8 = 0x30;
const POINT: u8 = 0x2e;
const MINUS: u8 = 0x2d;

export function isNumber(start: usize, end: usize): bool {
  if (start === end) return false;
  for (let at = start; at < end; at++) {
    const byte = load<u8>(at);
    if ((byte < ZERO || byte > 0x39) && byte !== POINT && !(byte === MINUS && at === start)) return false;
  }
  return true;
}

/** Behind its `digits` digits of a second there are zeros at most. */
export function isAsFine(start: usize, end: usize, digits: u8): bool {
  for (let at = end - 1; at > start && end - at <= 8; at--) {
    if (load<u8>(at) !== POINT) continue;
    for (let digit = at + 1 + digits; digit < end; digit++) if (load<u8>(digit) !== ZERO) return false;
    break;
  }
  return true;
}
