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

/** Returns the place behind what it has read, or -1. */
export type FieldReader = (text: string, at: number, fields: Fields) => number;

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
  return (text, at, fields) => {
    let value = 0;
    let end = at;
    for (; end - at < most; end++) {
      const digit = text.charCodeAt(end) - 0x30;
      // NaN behind the end.
      if (!(digit >= 0 && digit <= 9)) break;
      value = value * 10 + digit;
    }
    fields[field] = value;
    return end - at < fewest ? -1 : end;
  };
}

const twoDigitYear = digits(2, 2, 'year');

/** The pivot of POSIX: 69 is 1969, 68 is 2068. */
const shortYear: FieldReader = (text, at, fields) => {
  const end = twoDigitYear(text, at, fields);
  fields.year += fields.year < 69 ? 2000 : 1900;
  return end;
};

const threeDigitDay = digits(3, 3, 'dayOfYear');

/** Day 000 does not exist, and 0 means that the format has no %j. */
const dayOfYear: FieldReader = (text, at, fields) => {
  const end = threeDigitDay(text, at, fields);
  return fields.dayOfYear === 0 ? -1 : end;
};

const FRACTION = /\d{1,9}/y;

const fraction: FieldReader = (text, at, fields) => {
  FRACTION.lastIndex = at;
  if (!FRACTION.test(text)) return -1;
  fields.fraction = text.slice(at, FRACTION.lastIndex);
  return FRACTION.lastIndex;
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
  const pattern = new RegExp(names.join('|'), 'iy');
  return (text, at, fields) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) return -1;
    fields.month = names.indexOf(found[0].toLowerCase()) + 1;
    return pattern.lastIndex;
  };
}

const half: FieldReader = (text, at, fields) => {
  const word = text.slice(at, at + 2).toLowerCase();
  if (word !== 'am' && word !== 'pm') return -1;
  fields.half = word === 'am' ? 0 : 1;
  return at + 2;
};

const ZONE = /Z|[+-]\d{2}(?::?\d{2})?/y;

const zone: FieldReader = (text, at, fields) => {
  ZONE.lastIndex = at;
  if (!ZONE.test(text)) return -1;
  fields.zone = text.slice(at, ZONE.lastIndex);
  return ZONE.lastIndex;
};

function literal(expected: string): FieldReader {
  return (text, at) => (text.startsWith(expected, at) ? at + expected.length : -1);
}
