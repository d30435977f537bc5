// The fields of a date format, each as a reader that moves along the text.

/** What the readers fill in. `half` is 0 for AM, 1 for PM, -1 where the format has no %p. */
export interface Fields {
  year: number;
  month: number;
  day: number;
  dayOfYear: number;
  hour: number;
  minute: number;
  second: number;
  half: number;
  fraction: string;
  zone: string;
}

/** Reads UTF-16 code units from `at` on, before `end`. Returns the place behind what it has read, or -1. */
export type FieldReader = (codes: Uint16Array, at: number, end: number, fields: Fields) => number;

/**
 * Months, days and hours may have one digit, but not next to other digits: 2023115 could be two days.
 * The format must have been checked.
 */
export function dateFields(format: string): FieldReader[] {
  const parts = format.match(/%.|[^%]+/gs) ?? [];
  return parts.map((part, i) => {
    if (!part.startsWith('%')) return literal(part);
    if (part === '%%') return literal('%');
    const alone = !endsInDigit(parts[i - 1]) && !beginsWithDigit(parts[i + 1]);
    return reader(part, alone ? 1 : 2);
  });
}

const ZERO = 0x30;
const NINE = 0x39;
const PLUS = 0x2b;
const MINUS = 0x2d;
const COLON = 0x3a;
const LETTER_Z = 0x5a;

const NUMERIC = /^%[YmdHMSfyIj]/;

function endsInDigit(part: string | undefined): boolean {
  return part !== undefined && (NUMERIC.test(part) || /\d$/.test(part));
}

function beginsWithDigit(part: string | undefined): boolean {
  return part !== undefined && (NUMERIC.test(part) || /^\d/.test(part));
}

function reader(field: string, fewest: 1 | 2): FieldReader {
  switch (field) {
    case '%Y':
      return digits(4, 4, 'year');
    case '%y':
      return shortYear;
    case '%m':
      return digits(fewest, 2, 'month');
    case '%d':
      return digits(fewest, 2, 'day');
    case '%H':
    case '%I':
      return digits(fewest, 2, 'hour');
    case '%M':
      return digits(2, 2, 'minute');
    case '%S':
      return digits(2, 2, 'second');
    case '%j':
      return dayOfYear;
    case '%f':
      return fraction;
    case '%b':
      return month(MONTHS.map((name) => name.slice(0, 3)));
    case '%B':
      return month(MONTHS);
    case '%p':
      return half;
    default:
      return zone;
  }
}

type NumberField = 'year' | 'month' | 'day' | 'dayOfYear' | 'hour' | 'minute' | 'second';

function digits(fewest: number, most: number, field: NumberField): FieldReader {
  return (codes, at, end, fields) => {
    const last = Math.min(at + most, end);
    let value = 0;
    let behind = at;
    for (; behind < last; behind++) {
      const digit = codes[behind]! - ZERO;
      if (digit < 0 || digit > 9) break;
      value = value * 10 + digit;
    }
    fields[field] = value;
    return behind - at < fewest ? -1 : behind;
  };
}

const twoDigitYear = digits(2, 2, 'year');

/** The pivot of POSIX: 69 is 1969, 68 is 2068. */
const shortYear: FieldReader = (codes, at, end, fields) => {
  const behind = twoDigitYear(codes, at, end, fields);
  fields.year += fields.year < 69 ? 2000 : 1900;
  return behind;
};

const threeDigitDay = digits(3, 3, 'dayOfYear');

/** Day 000 does not exist, and 0 means that the format has no %j. */
const dayOfYear: FieldReader = (codes, at, end, fields) => {
  const behind = threeDigitDay(codes, at, end, fields);
  return fields.dayOfYear === 0 ? -1 : behind;
};

const fraction: FieldReader = (codes, at, end, fields) => {
  const behind = behindDigits(codes, at, Math.min(at + 9, end));
  if (behind === at) return -1;
  fields.fraction = String.fromCharCode(...codes.subarray(at, behind));
  return behind;
};

const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

function month(names: readonly string[]): FieldReader {
  return (codes, at, end, fields) => {
    const found = names.findIndex((name) => standsAt(name, codes, at, end));
    fields.month = found + 1;
    return found < 0 ? -1 : at + names[found]!.length;
  };
}

const half: FieldReader = (codes, at, end, fields) => {
  const isMorning = standsAt('am', codes, at, end);
  if (!isMorning && !standsAt('pm', codes, at, end)) return -1;
  fields.half = isMorning ? 0 : 1;
  return at + 2;
};

/** Z, ±HH, ±HHMM or ±HH:MM */
const zone: FieldReader = (codes, at, end, fields) => {
  const behind = codes[at] === LETTER_Z && at < end ? at + 1 : behindOffset(codes, at, end);
  if (behind > 0) fields.zone = String.fromCharCode(...codes.subarray(at, behind));
  return behind;
};

function behindOffset(codes: Uint16Array, at: number, end: number): number {
  if (at >= end || (codes[at] !== PLUS && codes[at] !== MINUS)) return -1;
  const hours = at + 3;
  if (behindDigits(codes, at + 1, Math.min(hours, end)) !== hours) return -1;
  const minutes = codes[hours] === COLON ? hours + 1 : hours;
  return behindDigits(codes, minutes, Math.min(minutes + 2, end)) === minutes + 2 ? minutes + 2 : hours;
}

function behindDigits(codes: Uint16Array, at: number, end: number): number {
  let behind = at;
  while (behind < end && codes[behind]! >= ZERO && codes[behind]! <= NINE) behind++;
  return behind;
}

/** A word of small letters, in any case. */
function standsAt(word: string, codes: Uint16Array, at: number, end: number): boolean {
  if (at + word.length > end) return false;
  for (let i = 0; i < word.length; i++) if ((codes[at + i]! | 0x20) !== word.charCodeAt(i)) return false;
  return true;
}

function literal(expected: string): FieldReader {
  return (codes, at, end) => {
    if (at + expected.length > end) return -1;
    for (let i = 0; i < expected.length; i++) if (codes[at + i] !== expected.charCodeAt(i)) return -1;
    return at + expected.length;
  };
}
