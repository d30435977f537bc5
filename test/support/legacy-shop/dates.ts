// The shop's five forms of a date.
//
//   - The whole text has the form, with two digits wherever two are shown; nothing is trimmed.
//   - The day must exist, in the years 1 to 9999; the time is of a day of 24 hours.
//   - A date without a time is its midnight. Everything is UTC.
//   - 05/03/2023 is the 5th of March: the form with the month in front has a time behind it, and this text has none.
//     So 01/15/2023 is no date. The sample has day before month only where the day is above 12.

import type { Judgement } from './judged.ts';

const forms: readonly RegExp[] = [
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d) (?<time>\d\d:\d\d:\d\d)$/,
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/,
  /^(?<month>\d\d)\/(?<day>\d\d)\/(?<year>\d{4}) (?<time>\d\d:\d\d:\d\d)$/,
  /^(?<day>\d\d)\/(?<month>\d\d)\/(?<year>\d{4})$/,
  /^(?<year>\d{4})(?<month>\d\d)(?<day>\d\d)$/,
];

/** A date that is missing is one that does not parse. Its field is at fault either way. */
export function dateOf(
  field: string,
  value: string | null | undefined,
  now: string,
  judgement: Judgement,
): string | null {
  const date = parseDate(value ?? '');
  if (date === null) judgement.fault(field, 'no date');
  else if (date > now) judgement.fault(field, 'in the future');
  return date;
}

/** As `YYYY-MM-DD HH:MM:SS`; null where no form fits. */
export function parseDate(text: string): string | null {
  for (const form of forms) {
    const { year, month, day, time = '00:00:00' } = form.exec(text)?.groups ?? {};
    if (year !== undefined && isDay(Number(year), Number(month), Number(day)) && isTime(time)) {
      return `${year}-${month}-${day} ${time}`;
    }
  }
  return null;
}

function isDay(year: number, month: number, day: number): boolean {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year >= 1 && day >= 1 && day <= (days[month - 1] ?? 0);
}

function isTime(time: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(time);
}
