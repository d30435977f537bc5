// Date formats such as %d/%m/%Y, compiled to strict readers: the whole text must match, and the day must exist.

import {
  daysIn,
  daysSince1970,
  isDay,
  isLeap,
  microseconds,
  offsetSeconds,
  SECONDS_PER_DAY,
  secondOfDay,
  writeDate,
  writeTime,
  writeTimestamp,
} from './calendar.ts';
import type { Characters } from './characters.ts';
import { dateFields, type FieldReader, type Fields } from './date-fields.ts';
import { byWidth } from './date-width.ts';
import { bad } from './step.ts';

export interface DateFormat {
  readonly hasTime: boolean;
  /** YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS[.ffffff] where the format has a time of day; undefined when the text is another. */
  readonly read: (text: string) => string | undefined;
  /** The same in place; absent where a result may have more than whole seconds in UTC. */
  readonly readInPlace?: (text: Characters) => boolean;
}

/** Throws `map.bad-transform`. */
export function compileDateFormat(format: string): DateFormat {
  const names = checkedFields(format);
  const readers = dateFields(format);
  const matches = byWidth(format, (codes, start, end, fields) => matchesEach(readers, codes, start, end, fields));
  const hasTime = names.includes('H') || names.includes('I');
  // One for all rows; every reader writes its own fields before they are read.
  const fields: Fields = {
    year: 0,
    month: 1,
    day: 1,
    dayOfYear: 0,
    hour: 0,
    minute: 0,
    second: 0,
    half: -1,
    fraction: '',
    zone: 'Z',
  };

  /** False when the text is another, or there is no such day or time; the hour is then one of 24. */
  function fill(codes: Uint16Array, start: number, end: number): boolean {
    if (!matches(codes, start, end, fields)) return false;
    if (fields.dayOfYear > 0 && !monthAndDay(fields)) return false;
    if (fields.half >= 0) {
      if (fields.hour < 1 || fields.hour > 12) return false;
      fields.hour = (fields.hour % 12) + fields.half * 12;
    }
    const { year, month, day, hour, minute, second } = fields;
    return isDay(year, month, day) && secondOfDay(hour, minute, second) !== undefined;
  }

  function read(text: string): string | undefined {
    if (!fill(unitsOf(text), 0, text.length)) return undefined;
    const { year, month, day, hour, minute, second } = fields;
    const offset = offsetSeconds(fields.zone);
    if (offset === undefined) return undefined;
    if (!hasTime) return writeDate(year, month, day);
    const fraction = microseconds(fields.fraction);
    if (offset === 0) return `${writeDate(year, month, day)} ${writeTime(hour, minute, second, fraction)}`;
    const seconds = daysSince1970(year, month, day)! * SECONDS_PER_DAY + secondOfDay(hour, minute, second)!;
    return writeTimestamp({ seconds: seconds - offset, fraction });
  }

  // A text of this form and width is its own result.
  const result = hasTime ? '%Y-%m-%d %H:%M:%S' : '%Y-%m-%d';
  const ownWidth = format === result ? writtenWidth(hasTime) : -1;

  function readInPlace(text: Characters): boolean {
    if (!fill(text.codes, text.start, text.end)) return false;
    if (text.length === ownWidth) return true;
    const { year, month, day, hour, minute, second } = fields;
    const { codes } = text;
    putPair(codes, 0, Math.floor(year / 100));
    putPair(codes, 2, year % 100);
    codes[4] = DASH;
    putPair(codes, 5, month);
    codes[7] = DASH;
    putPair(codes, 8, day);
    if (hasTime) {
      codes[10] = BLANK;
      putPair(codes, 11, hour);
      codes[13] = COLON;
      putPair(codes, 14, minute);
      codes[16] = COLON;
      putPair(codes, 17, second);
    }
    text.start = 0;
    text.end = writtenWidth(hasTime);
    return true;
  }

  return names.includes('f') || names.includes('z') ? { hasTime, read } : { hasTime, read, readInPlace };
}

function writtenWidth(hasTime: boolean): number {
  return hasTime ? 19 : 10;
}

const DASH = 0x2d;
const BLANK = 0x20;
const COLON = 0x3a;

function putPair(codes: Uint16Array, at: number, number: number): void {
  const tens = Math.floor(number / 10);
  codes[at] = 0x30 + tens;
  codes[at + 1] = 0x30 + number - tens * 10;
}

let units = new Uint16Array(64);

/** Valid until the next call. */
function unitsOf(text: string): Uint16Array {
  if (units.length < text.length) units = new Uint16Array(text.length * 2);
  for (let i = 0; i < text.length; i++) units[i] = text.charCodeAt(i);
  return units;
}

function matchesEach(
  readers: readonly FieldReader[],
  codes: Uint16Array,
  start: number,
  end: number,
  fields: Fields,
): boolean {
  let at = start;
  for (let i = 0; i < readers.length; i++) {
    at = readers[i]!(codes, at, end, fields);
    if (at < 0) return false;
  }
  return at === end;
}

/** False when the year has no such day. */
function monthAndDay(fields: Fields): boolean {
  let day = fields.dayOfYear;
  if (day > (isLeap(fields.year) ? 366 : 365)) return false;
  let month = 1;
  for (; day > daysIn(fields.year, month); month++) day -= daysIn(fields.year, month);
  fields.month = month;
  fields.day = day;
  return true;
}

/** Each of them stands for the same thing as the others in its group. */
const SAME = [
  ['Y', 'y'],
  ['m', 'b', 'B'],
  ['H', 'I'],
] as const;

/** [field, what it can't do without]. */
const NEEDS = [
  ['I', 'p'],
  ['p', 'I'],
  ['S', 'M'],
  ['f', 'S'],
] as const;

/** The letters of the format's fields, once it makes sense. Throws `map.bad-transform`. */
function checkedFields(format: string): string[] {
  const names = Array.from(format.matchAll(/%(.?)/gs), ([, name = '']) => name).filter((name) => name !== '%');
  const has = (name: string) => names.includes(name);
  const hint = 'See docs/transforms.md for the fields of a date format.';
  for (const name of names) {
    if (name === '' || !'YmdHMSfybBIpjz'.includes(name)) throw bad(`"${format}" has the unknown field %${name}.`, hint);
    if (names.indexOf(name) !== names.lastIndexOf(name)) throw bad(`"${format}" has %${name} twice.`, hint);
  }
  for (const same of SAME) {
    const given = same.filter(has);
    if (given.length > 1) throw bad(`"${format}" has both %${given[0]} and %${given[1]}.`, hint);
  }
  const hasMonth = SAME[1].some(has);
  if (has('j') && (hasMonth || has('d'))) throw bad(`"${format}" has %j beside a month or a day.`, hint);
  if (!SAME[0].some(has) || !(has('j') || (hasMonth && has('d')))) {
    throw bad(`"${format}" gives no full date.`, 'Give a year, a month and a day, or use %j for the day of the year.');
  }
  for (const [name, needed] of NEEDS) {
    if (has(name) && !has(needed)) throw bad(`"${format}" has %${name} without %${needed}.`, hint);
  }
  if ((has('M') || has('z')) && !SAME[2].some(has)) throw bad(`"${format}" has no hour.`, hint);
  return names;
}
