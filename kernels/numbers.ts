// Numbers as decimal text. Each function returns where the text ends.

const ZERO: u8 = 0x30;
const POINT: u8 = 0x2e;
const MINUS: u8 = 0x2d;

export function numberText(number: i64, to: usize): usize {
  if (number >= 0) return digits(number as u64, to, 0);
  store<u8>(to, MINUS);
  return digits(0 - (number as u64), to + 1, 0);
}

const MOST_PLACES: u32 = 15;
/** Any two decimals of so many digits are different doubles. */
const DIGITS_15: f64 = 1e15;

/**
 * The shortest decimal that reads back as this double, as JavaScript writes it but never with an exponent. 0 where it has
 * more than 15 digits. Of those with at most 15 digits only one stands for a double, so the first that does is the shortest;
 * dividing one whole number by a power of ten, both exact, gives the double that their decimal stands for.
 */
export function realText(number: f64, to: usize): usize {
  let unit: f64 = 1;
  for (let places: u32 = 0; places <= MOST_PLACES; places++) {
    const whole = nearest(number * unit);
    if (abs(whole) >= DIGITS_15) return 0;
    if (whole / unit === number) {
      if (whole >= 0) return digits(whole as u64, to, places);
      store<u8>(to, MINUS);
      return digits(-whole as u64, to + 1, places);
    }
    unit *= 10;
  }
  return 0;
}

/** The digits of a number, the last `places` of them behind a point. */
function digits(number: u64, to: usize, places: u32): usize {
  let count = digitsOf(number);
  if (count <= places) count = places + 1;
  const end = to + count + (places > 0 ? 1 : 0);
  const point = end - places;
  let at = end;
  let rest = number;
  // To divide 32 bits by ten is a multiplication.
  for (; rest > 0xffff_ffff; rest /= 10) {
    if (at === point && places > 0) store<u8>(--at, POINT);
    store<u8>(--at, ZERO + ((rest % 10) as u8));
  }
  let low = rest as u32;
  while (at > to) {
    if (at === point && places > 0) store<u8>(--at, POINT);
    store<u8>(--at, ZERO + ((low % 10) as u8));
    low /= 10;
  }
  return end;
}

function digitsOf(number: u64): u32 {
  if (number > 0xffff_ffff) return 9 + digitsOf(number / 1_000_000_000);
  const low = number as u32;
  if (low < 10_000) return low < 100 ? (low < 10 ? 1 : 2) : low < 1_000 ? 3 : 4;
  if (low < 100_000_000) return low < 1_000_000 ? (low < 100_000 ? 5 : 6) : low < 10_000_000 ? 7 : 8;
  return low < 1_000_000_000 ? 9 : 10;
}
