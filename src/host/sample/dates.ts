// The sample's calendar, and the forms in which its dates were written down.

import type { Random } from './random.ts';

const DAY = 86_400;
/** 2018-01-01 00:00:00 UTC, in seconds. */
export const OPENED = 1_514_764_800;
/** 2020-01-01: the new shop takes orders from then on. */
export const TAKEN_FROM = 1_577_836_800;
/** 2026-06-30 00:00:00 UTC: fixed, so that the sample does not age. */
export const CLOSED = 1_782_777_600;
/** 2087-01-01: for dates that nobody will live to see pass. */
const FAR = 3_692_217_600;

export function anyTime(random: Random, from = OPENED, until = CLOSED - DAY): number {
  return random.whole(from, until);
}

export function future(random: Random): number {
  return anyTime(random, FAR, FAR + 3_650 * DAY);
}

/** Seconds since 1970 as `YYYY-MM-DD HH:MM:SS`. */
export function isoTime(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
}

/** The forms that years of imports left behind; day before month only where it can't be mistaken. */
export function dateInSomeForm(random: Random, seconds: number): string {
  const iso = isoTime(seconds);
  const [date = '', time = ''] = iso.split(' ');
  const [year = '', month = '', day = ''] = date.split('-');
  const form = random.whole(1, 100);
  if (form <= 60) return iso;
  if (form <= 75) return date;
  if (form <= 85) return `${month}/${day}/${year} ${time}`;
  if (form <= 93 && Number(day) > 12) return `${day}/${month}/${year}`;
  return `${year}${month}${day}`;
}

/** In no form, or of a day that never was. */
export const noDates: readonly string[] = [
  '',
  'unknown',
  '0000-00-00',
  '2021-02-30',
  '2022-13-01 09:00:00',
  '31/02/2021',
  '02/30/2020 08:15:00',
  '20231345',
  'Jan 5th, 2021',
  '2019-05-06T07:08:09',
];
