// Date formats such as %d/%m/%Y, compiled to strict readers: the whole text must match, and the day must exist.

import {
  daysIn,
  daysSince1970,
  isLeap,
  microseconds,
  offsetSeconds,
  SECONDS_PER_DAY,
  secondOfDay,
  writeDate,
  writeTime,
  writeTimestamp,
} from './calendar.ts';
import { dateFields, type FieldReader, type Fields } from './date-fields.ts';
import { bad } from './step.ts';

export interface DateFormat {
  readonly hasTime: boolean;
  /** YYYY-MM-DD, or YYYY-MM-DD HH:MM:SS[.ffffff] where the format has a time of day; undefined when the text is another. */
  readonly read: (text: string) => string | undefined;
}

/** Throws `map.bad-transform`. */
export function compileDateFormat(format: string): DateFormat {
  const names = checkedFields(format);
  const readers = dateFields(format);
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

  function read(text: string): string | undefined {
    if (!matches(readers, text, fields)) return undefined;
    if (fields.dayOfYear > 0 && !monthAndDay(fields)) return undefined;
    const { year, month, day, minute, second } = fields;
    const hour = fields.half < 0 ? fields.hour : (fields.hour % 12) + fields.half * 12;
    const days = daysSince1970(year, month, day);
    const time = secondOfDay(hour, minute, second);
    const offset = offsetSeconds(fields.zone);
    if (days === undefined || time === undefined || offset === undefined) return undefined;
    if (fields.half >= 0 && (fields.hour < 1 || fields.hour > 12)) return undefined;
    if (!hasTime) return writeDate(year, month, day);
    const fraction = microseconds(fields.fraction);
    if (offset !== 0) return writeTimestamp({ seconds: days * SECONDS_PER_DAY + time - offset, fraction });
    return `${writeDate(year, month, day)} ${writeTime(hour, minute, second, fraction)}`;
  }

  return { hasTime, read };
}

function matches(readers: readonly FieldReader[], text: string, fields: Fields): boolean {
  let at = 0;
  for (let i = 0; i < readers.length; i++) {
    at = readers[i]!(text, at, fields);
    if (at < 0) return false;
  }
  return at === text.length;
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
