// Dates and times of day as PostgreSQL counts them: from 1 January 2000, and from midnight.

/** No date or time of the plain form: years 0001 to 9999, no 60th second, no 24th hour, microseconds at most. */
export const NO_MOMENT: i64 = i64.MIN_VALUE;

const ZERO: u8 = 0x30;
const DASH: u8 = 0x2d;
const COLON: u8 = 0x3a;
const POINT: u8 = 0x2e;
const BLANK: u8 = 0x20;

const DAY: i64 = 86_400_000_000;
/** Days from 1 March of the year 0 to 1 January 2000. */
const EPOCH: i64 = 730_425;

/** Days, of YYYY-MM-DD in ten bytes. */
export function daysOf(at: usize): i64 {
  if (load<u8>(at + 4) !== DASH || load<u8>(at + 7) !== DASH) return NO_MOMENT;
  const century = pair(at);
  const years = pair(at + 2);
  const month = pair(at + 5);
  const day = pair(at + 8);
  if (century < 0 || years < 0 || month < 1 || month > 12 || day < 1) return NO_MOMENT;
  const year = century * 100 + years;
  if (year < 1 || day > daysIn(month, year)) return NO_MOMENT;
  // Years begin in March, so that the leap day is their last.
  const shifted = month <= 2 ? year - 1 : year;
  const fromMarch = month <= 2 ? month + 9 : month - 3;
  const before = (153 * fromMarch + 2) / 5 + day - 1;
  return ((shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + before) as i64) - EPOCH;
}

/** Microseconds, of YYYY-MM-DD HH:MM:SS[.f]. */
export function microsecondsOf(start: usize, end: usize): i64 {
  if (end < start + 19 || load<u8>(start + 10) !== BLANK) return NO_MOMENT;
  const days = daysOf(start);
  const time = timeOf(start + 11, end);
  return days === NO_MOMENT || time === NO_MOMENT ? NO_MOMENT : days * DAY + time;
}

/** Microseconds, of HH:MM:SS[.f]. */
export function timeOf(start: usize, end: usize): i64 {
  if (end < start + 8 || load<u8>(start + 2) !== COLON || load<u8>(start + 5) !== COLON) return NO_MOMENT;
  const hours = pair(start);
  const minutes = pair(start + 3);
  const seconds = pair(start + 6);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59 || seconds < 0 || seconds > 59) return NO_MOMENT;
  const whole = ((hours * 60 + minutes) * 60 + seconds) as i64;
  if (end === start + 8) return whole * 1_000_000;
  const digits = (end - start - 9) as i32;
  if (load<u8>(start + 8) !== POINT || digits < 1 || digits > 6) return NO_MOMENT;
  let fraction: i64 = 0;
  for (let i = 0; i < 6; i++) {
    const digit: u8 = i < digits ? load<u8>(start + 9 + i) - ZERO : 0;
    if (digit > 9) return NO_MOMENT;
    fraction = fraction * 10 + (digit as i64);
  }
  return whole * 1_000_000 + fraction;
}

/** −1 where these are no two digits. */
function pair(at: usize): i32 {
  const high = load<u8>(at) - ZERO;
  const low = load<u8>(at + 1) - ZERO;
  return high > 9 || low > 9 ? -1 : (high as i32) * 10 + (low as i32);
}

function daysIn(month: i32, year: i32): i32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}
