// Forms of texts: what src/engine/dialects/sqlite/reader/finishers.ts lets pass.

const ZERO: u8 = 0x30;
const MINUS: u8 = 0x2d;
const POINT: u8 = 0x2e;
const COLON: u8 = 0x3a;

/** Digits with at most one point; exponents, words and leading zeros are for the row lane. */
export function isDecimal(start: usize, end: usize): bool {
  let at = start < end && load<u8>(start) === MINUS ? start + 1 : start;
  const whole = at;
  while (at < end && isDigit(at)) at++;
  if (at === whole || (load<u8>(whole) === ZERO && at > whole + 1)) return false;
  if (at === end) return true;
  if (load<u8>(at) !== POINT) return false;
  const point = at++;
  while (at < end && isDigit(at)) at++;
  return at === end && at > point + 1;
}

/** Of ten bytes. */
export function isDate(at: usize): bool {
  return (
    isPair(at) &&
    isPair(at + 2) &&
    load<u8>(at + 4) === MINUS &&
    isPair(at + 5) &&
    load<u8>(at + 7) === MINUS &&
    isPair(at + 8)
  );
}

/** HH:MM:SS[.f] */
export function isTime(start: usize, end: usize): bool {
  if (end < start + 8 || load<u8>(start + 2) !== COLON || load<u8>(start + 5) !== COLON) return false;
  if (!isPair(start) || !isPair(start + 3) || !isPair(start + 6)) return false;
  if (load<u8>(start + 3) > 0x35 || load<u8>(start + 6) > 0x35) return false;
  if (end === start + 8) return true;
  if (load<u8>(start + 8) !== POINT || end === start + 9) return false;
  for (let at = start + 9; at < end; at++) if (!isDigit(at)) return false;
  return true;
}

/** Of 36 bytes, in lower case. */
export function isUuid(start: usize): bool {
  for (let i: usize = 0; i < 36; i++) {
    const byte = load<u8>(start + i);
    if (i === 8 || i === 13 || i === 18 || i === 23) {
      if (byte !== MINUS) return false;
    } else if (!isDigit(start + i) && !(byte >= 0x61 && byte <= 0x66)) return false;
  }
  return true;
}

export function isBits(start: usize, end: usize): bool {
  for (let at = start; at < end; at++) if ((load<u8>(at) | 1) !== ZERO + 1) return false;
  return true;
}

function isPair(at: usize): bool {
  return isDigit(at) && isDigit(at + 1);
}

function isDigit(at: usize): bool {
  return load<u8>(at) - ZERO < 10;
}
