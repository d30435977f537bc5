// Dates and times of day of the years 1 to 9999, as fields, as seconds since 1970, and as text.

/** Seconds since 1970-01-01 00:00:00 on the same clock, and what follows the second's point: up to 6 digits, no zeros at the end. */
export interface Moment {
  readonly seconds: number;
  readonly fraction: string;
}

export const SECONDS_PER_DAY = 86_400;
const FIRST_SECOND = -62_135_596_800;
const LAST_SECOND = 253_402_300_799;

const TIMESTAMP =
  /^(\d{4})-(\d{2})-(\d{2})(?:[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?)?$/;

export interface Timestamp extends Moment {
  /** Seconds east of UTC; null where the text does not say. */
  readonly offset: number | null;
}

/** ISO 8601, with T or a blank; undefined for days and times that do not exist. A date alone is its midnight. */
export function readTimestamp(text: string): Timestamp | undefined {
  const match = TIMESTAMP.exec(text);
  if (!match) return undefined;
  const [, year, month, day, hour = '0', minute = '0', second = '0', fraction = '', zone] = match;
  const days = daysSince1970(Number(year), Number(month), Number(day));
  const time = secondOfDay(Number(hour), Number(minute), Number(second));
  const offset = zone === undefined ? null : offsetSeconds(zone);
  if (days === undefined || time === undefined || offset === undefined) return undefined;
  return { seconds: days * SECONDS_PER_DAY + time, fraction: microseconds(fraction), offset };
}

/** YYYY-MM-DD HH:MM:SS[.ffffff]; undefined beyond the years 1 to 9999. */
export function writeTimestamp({ seconds, fraction }: Moment): string | undefined {
  if (seconds < FIRST_SECOND || seconds > LAST_SECOND) return undefined;
  const days = Math.floor(seconds / SECONDS_PER_DAY);
  const rest = seconds - days * SECONDS_PER_DAY;
  const hour = Math.floor(rest / 3600);
  const minute = Math.floor(rest / 60) % 60;
  return `${writeDays(days)} ${writeTime(hour, minute, rest % 60, fraction)}`;
}

/** undefined where there is no such day. */
export function daysSince1970(year: number, month: number, day: number): number | undefined {
  if (!isDay(year, month, day)) return undefined;
  // Howard Hinnant, days_from_civil: years begin in March, so that the leap day is the last.
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

export function isDay(year: number, month: number, day: number): boolean {
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);
}

export function daysIn(year: number, month: number): number {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

export function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

/** undefined where no clock shows it: 24:00 and leap seconds too. */
export function secondOfDay(hour: number, minute: number, second: number): number | undefined {
  return hour > 23 || minute > 59 || second > 59 ? undefined : hour * 3600 + minute * 60 + second;
}

/** Of Z, ±HH, ±HHMM or ±HH:MM; undefined beyond the 18 hours of ISO 8601. */
export function offsetSeconds(zone: string): number | undefined {
  if (zone === 'Z') return 0;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(-2)) * (zone.length > 3 ? 1 : 0);
  if (hours > 18 || minutes > 59) return undefined;
  const seconds = hours * 3600 + minutes * 60;
  return zone.startsWith('-') ? -seconds : seconds;
}

/** Six digits at most, no zeros at the end. */
export function microseconds(digits: string): string {
  let end = Math.min(digits.length, 6);
  while (end > 0 && digits.charCodeAt(end - 1) === 0x30) end--;
  return digits.slice(0, end);
}

/** The fields must be in their ranges. */
export function writeDate(year: number, month: number, day: number): string {
  return `${year < 1000 ? String(year).padStart(4, '0') : year}-${TWO_DIGITS[month]}-${TWO_DIGITS[day]}`;
}

/** The fields must be in their ranges. */
export function writeTime(hour: number, minute: number, second: number, fraction: string): string {
  const time = `${TWO_DIGITS[hour]}:${TWO_DIGITS[minute]}:${TWO_DIGITS[second]}`;
  return fraction === '' ? time : `${time}.${fraction}`;
}

const TWO_DIGITS = Array.from({ length: 60 }, (_, i) => String(i).padStart(2, '0'));

/** Howard Hinnant, civil_from_days. */
function writeDays(days: number): string {
  const { year, month, day } = dayAt(days);
  return writeDate(year, month, day);
}

export function yearAt(seconds: number): number {
  return dayAt(Math.floor(seconds / SECONDS_PER_DAY)).year;
}

function dayAt(days: number): { year: number; month: number; day: number } {
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
  };
}
