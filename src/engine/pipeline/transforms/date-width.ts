// Dates whose fields have all their digits, such as 2024-03-01 for %Y-%m-%d: most are, and one walk along them is enough.

import type { Fields } from './date-fields.ts';

/** Fills in the fields from a text that is one of the format's; false when it is none. */
export type Matcher = (codes: Uint16Array, start: number, end: number, fields: Fields) => boolean;

/**
 * As `matches`, which is asked of narrower texts alone: there a month, a day or an hour has one digit. It is `matches`
 * itself where the format has other fields than numbers of a known width.
 */
export function byWidth(format: string, matches: Matcher): Matcher {
  const places = placesOf(format);
  if (!places) return matches;
  const { width, signs, year, month, day, hour, minute, second } = places;
  const narrowest = width - (format.match(/%[mdH]/g) ?? []).length;
  return (codes, start, end, fields) => {
    if (end - start > width || end - start < narrowest) return false;
    if (end - start < width) return matches(codes, start, end, fields);
    for (let i = 0; i < signs.length; i++) {
      const { at, code } = signs[i]!;
      if (codes[start + at] !== code) return false;
    }
    const century = pairAt(codes, start + year);
    const yearOfCentury = pairAt(codes, start + year + 2);
    fields.month = pairAt(codes, start + month);
    fields.day = pairAt(codes, start + day);
    fields.hour = hour < 0 ? 0 : pairAt(codes, start + hour);
    fields.minute = minute < 0 ? 0 : pairAt(codes, start + minute);
    fields.second = second < 0 ? 0 : pairAt(codes, start + second);
    fields.year = century * 100 + yearOfCentury;
    // One that is no number has the sign bit, and gives it to all of them.
    return (century | yearOfCentury | fields.month | fields.day | fields.hour | fields.minute | fields.second) >= 0;
  };
}

const ZERO = 0x30;

/** The number that two digits make, or −1. */
function pairAt(codes: Uint16Array, at: number): number {
  const tens = codes[at]! - ZERO;
  const ones = codes[at + 1]! - ZERO;
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
}

/** Where the fields of a text begin, −1 for those that the format does not have, and the signs that must stand between. */
interface Places {
  readonly width: number;
  readonly signs: readonly { readonly at: number; readonly code: number }[];
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
}

const WIDTHS: ReadonlyMap<string, number> = new Map([
  ['%Y', 4],
  ['%m', 2],
  ['%d', 2],
  ['%H', 2],
  ['%M', 2],
  ['%S', 2],
]);

/** Null where the format has other fields, or not these three: a year, a month and a day. */
function placesOf(format: string): Places | null {
  const fields = new Map<string, number>();
  const signs: { at: number; code: number }[] = [];
  let width = 0;
  for (const part of format.match(/%.|[^%]/gs) ?? []) {
    const digits = WIDTHS.get(part);
    if (digits !== undefined) {
      fields.set(part, width);
      width += digits;
    } else if (part.length === 1 || part === '%%') {
      signs.push({ at: width, code: part.charCodeAt(part.length - 1) });
      width++;
    } else return null;
  }
  const place = (field: string) => fields.get(field) ?? -1;
  const [year, month, day] = [place('%Y'), place('%m'), place('%d')];
  if (year < 0 || month < 0 || day < 0) return null;
  return { width, signs, year, month, day, hour: place('%H'), minute: place('%M'), second: place('%S') };
}
