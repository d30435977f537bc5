// Dates whose fields have all their digits, such as 2024-03-01 for %Y-%m-%d: most are, and one walk along them is enough.

import type { Fields } from './date-fields.ts';

/** In the order in which a walk counts them. */
const FIELDS = ['%Y', '%m', '%d', '%H', '%M', '%S'] as const;
const LITERAL = FIELDS.length;
const ZERO = 0x30;

/** Fills in the fields from a text that is one of the format's; false when it is none. */
export type Matcher = (codes: Uint16Array, start: number, end: number, fields: Fields) => boolean;

/**
 * As `matches`, which is asked of narrower texts alone: there a month, a day or an hour has one digit. It is `matches`
 * itself where the format has other fields than numbers of a known width.
 */
export function byWidth(format: string, matches: Matcher): Matcher {
  const walk = walkOf(format);
  if (!walk) return matches;
  const { kinds, signs } = walk;
  const width = kinds.length;
  const narrowest = width - (format.match(/%[mdH]/g) ?? []).length;
  const values = new Int32Array(FIELDS.length);
  return (codes, start, end, fields) => {
    if (end - start > width || end - start < narrowest) return false;
    if (end - start < width) return matches(codes, start, end, fields);
    values.fill(0);
    for (let i = 0; i < width; i++) {
      const code = codes[start + i]!;
      const kind = kinds[i]!;
      if (kind === LITERAL) {
        if (code !== signs[i]) return false;
      } else {
        const digit = code - ZERO;
        if (digit < 0 || digit > 9) return false;
        values[kind] = values[kind]! * 10 + digit;
      }
    }
    fields.year = values[0]!;
    fields.month = values[1]!;
    fields.day = values[2]!;
    fields.hour = values[3]!;
    fields.minute = values[4]!;
    fields.second = values[5]!;
    return true;
  };
}

/** For each character of a text the field it belongs to, or the sign that must stand there. */
function walkOf(format: string): { kinds: Uint8Array; signs: Uint16Array } | null {
  const kinds: number[] = [];
  const signs: number[] = [];
  for (const part of format.match(/%.|[^%]/gs) ?? []) {
    const field = (FIELDS as readonly string[]).indexOf(part);
    if (field >= 0) {
      const digits = part === '%Y' ? 4 : 2;
      for (let digit = 0; digit < digits; digit++) {
        kinds.push(field);
        signs.push(0);
      }
    } else if (part.length === 1 || part === '%%') {
      kinds.push(LITERAL);
      signs.push(part.charCodeAt(part.length - 1));
    } else return null;
  }
  return { kinds: Uint8Array.from(kinds), signs: Uint16Array.from(signs) };
}
