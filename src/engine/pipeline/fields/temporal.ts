// Conversions of dates, times and intervals, and the questions whether a target can hold them.

import type { BatchWriter } from '../batch.ts';
import { type FieldConverter, keeping, viaText } from './field.ts';

const ZERO = 0x30;
const NINE = 0x39;
const DASH = 0x2d;
const ISO_DATE = /^\d{4,}-\d{2}-\d{2}$/;
const ISO_TIMESTAMP = /^(\d{4,}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?))?(Z|[+-]00(?::?00)?)?$/;
/** Years, months, weeks, days, hours, minutes, the sign of the seconds, seconds, their fraction. */
export const INTERVAL =
  /^P(?:(-?\d+)Y)?(?:(-?\d+)M)?(?:(-?\d+)W)?(?:(-?\d+)D)?(?:T(?:(-?\d+)H)?(?:(-?\d+)M)?(?:(-?)(\d+)(?:\.(\d+))?S)?)?$/;

const TIME = /^(-?)(\d{2,}):(\d{2}):(\d{2})(?:\.(\d+))?$/;

/** True for 0000-00-00 and for dates whose year, month or day is zero, with or without a time behind. */
export function isZeroDate(bytes: Buffer, start: number, end: number): boolean {
  if (end - start < 10 || bytes[start + 4] !== DASH) return false;
  const year =
    bytes[start] === ZERO && bytes[start + 1] === ZERO && bytes[start + 2] === ZERO && bytes[start + 3] === ZERO;
  const month = bytes[start + 5] === ZERO && bytes[start + 6] === ZERO;
  const day = bytes[start + 8] === ZERO && bytes[start + 9] === ZERO;
  return year || month || day;
}

/** True for infinity and -infinity. */
export function isInfiniteDate(bytes: Buffer, start: number, end: number): boolean {
  return bytes[end - 1] === 0x79 && bytes[start] !== ZERO;
}

/** The year of a date or timestamp; BC years count down from 0. */
export function yearOf(bytes: Buffer, start: number, end: number): number {
  let year = 0;
  let i = start;
  while (i < end && bytes[i] !== DASH) year = year * 10 + bytes[i++]! - ZERO;
  const beforeChrist = bytes[end - 1] === 0x43;
  return beforeChrist ? 1 - year : year;
}

export const dateToTimestamp: FieldConverter = viaText((text) => {
  if (text.endsWith('infinity')) return text;
  return text.endsWith(' BC') ? `${text.slice(0, -3)} 00:00:00 BC` : `${text} 00:00:00`;
});

/** Only midnights: a time of day would be lost. */
export const timestampToDate: FieldConverter = viaText((text) => {
  if (text.endsWith('infinity')) return text;
  const match = /^(\S+) 00:00:00(?:\.0+)?( BC)?$/.exec(text);
  return match ? match[1] + (match[2] ?? '') : null;
});

export const textToDate: FieldConverter = viaText((text) => (ISO_DATE.test(text.trim()) ? text.trim() : null));

/** ISO 8601 in UTC or without zone; another offset is refused rather than guessed. */
export const textToTimestamp: FieldConverter = keeping(
  (bytes, start, end) => end - start === USUAL.length && isUsual(bytes, start, USUAL.length),
  (bytes, start, end, out) => {
    const size = end - start;
    if (size === DATE_LENGTH && isUsual(bytes, start, size)) return writeMidnight(bytes, start, out);
    return rareTextToTimestamp(bytes, start, end, out);
  },
);

const rareTextToTimestamp = viaText((text) => {
  const match = ISO_TIMESTAMP.exec(text.trim());
  if (!match) return null;
  const time = match[2] ?? '00:00:00';
  return `${match[1]} ${time.length === 5 ? `${time}:00` : time}`;
});

/** What a batch holds, with a 0 for any digit. */
const USUAL = Buffer.from('0000-00-00 00:00:00');
const DATE_LENGTH = 10;

function isUsual(bytes: Buffer, start: number, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const byte = bytes[start + i]!;
    if (USUAL[i] === ZERO ? byte < ZERO || byte > NINE : byte !== USUAL[i]) return false;
  }
  return true;
}

function writeMidnight(bytes: Buffer, start: number, out: BatchWriter): boolean {
  out.reserve(4 + USUAL.length);
  const begin = out.length + 4;
  for (let i = 0; i < USUAL.length; i++) out.bytes[begin + i] = i < DATE_LENGTH ? bytes[start + i]! : USUAL[i]!;
  out.written(begin + USUAL.length);
  return true;
}

/** Holds for 00:00:00 up to 24:00:00. */
export function isTimeOfDay(bytes: Buffer, start: number, end: number): boolean {
  if (bytes[start] === DASH || bytes[start + 2] !== 0x3a) return false;
  const hours = (bytes[start]! - ZERO) * 10 + bytes[start + 1]! - ZERO;
  return hours < 24 || (hours === 24 && /^24:00:00(\.0+)?$/.test(bytes.toString('latin1', start, end)));
}

export const timeToInterval: FieldConverter = viaText(intervalOfTime);

/** ISO 8601, or hours, minutes and seconds; other words for it are the database's own, and refused. */
export const textToInterval: FieldConverter = viaText((text) => {
  const told = text.trim();
  return INTERVAL.test(told) && /\d/.test(told) ? told : intervalOfTime(told);
});

function intervalOfTime(text: string): string | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [, sign, hours, minutes, seconds, fraction = ''] = match;
  return `PT${sign}${Number(hours)}H${sign}${Number(minutes)}M${sign}${Number(seconds)}${fraction && `.${fraction}`}S`;
}
