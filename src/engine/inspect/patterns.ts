// Patterns: what texts look like when digits become 9, letters A or a, and everything else stays.

import type { ColumnProfile } from '../../shared/model/column-profile.ts';

const SHOWN = 8;
const LONGEST = 48;
/** More different patterns than this are told by their runs instead of letter by letter. */
const MANY = 20;

const UPPER = /\p{Lu}/u;
const LETTER = /\p{L}/u;
const DIGIT = /\p{Nd}/u;

/** `2024-01-31` → `9999-99-99`, `ABC-12` → `AAA-99`; runs of more than eight are counted: `9{16}`. */
export function patternOf(value: string): string {
  let pattern = '';
  for (const { sign, length } of runs(value)) pattern += length > 8 ? `${sign}{${length}}` : sign.repeat(length);
  return cut(pattern);
}

/** The same with runs of any length as one: `Aa+ Aa+`. */
export function shapeOf(value: string): string {
  let pattern = '';
  for (const { sign, length } of runs(value))
    pattern += length > 1 && 'Aa9'.includes(sign) ? `${sign}+` : sign.repeat(length);
  return cut(pattern);
}

/** Patterns of these values with their counts, the most frequent first. */
export function patternsOf(values: readonly string[]): NonNullable<ColumnProfile['patterns']> {
  const exact = countBy(values, patternOf);
  const counts = exact.size > MANY ? countBy(values, shapeOf) : exact;
  const sorted = [...counts].sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const found = sorted.slice(0, SHOWN).map(([pattern, count]) => ({ pattern, values: count }));
  const told = found.reduce((sum, each) => sum + each.values, 0);
  return { values: values.length, found, others: values.length - told };
}

/** The ways in which these texts write dates, with their counts, the most frequent first; at least two, or none. */
export function dateForms(values: readonly string[]): readonly { readonly form: string; readonly values: number }[] {
  const counts = countBy(values, (value) => DATE_FORMS.find(([, like]) => like.test(value))?.[0] ?? '');
  const other = counts.get('') ?? 0;
  counts.delete('');
  if (counts.size < 2 || other > values.length / 5) return [];
  return [...counts].sort(([, n], [, m]) => m - n).map(([form, count]) => ({ form, values: count }));
}

/** A time of day behind it makes no other form. */
const TIME = String.raw`(?:[T ]\d{1,2}:\d{2}.*)?$`;
const DATE_FORMS: readonly (readonly [string, RegExp])[] = [
  ['YYYY-MM-DD', new RegExp(String.raw`^\d{4}-\d{1,2}-\d{1,2}${TIME}`)],
  ['YYYY/MM/DD', new RegExp(String.raw`^\d{4}/\d{1,2}/\d{1,2}${TIME}`)],
  ['YYYY.MM.DD', new RegExp(String.raw`^\d{4}\.\d{1,2}\.\d{1,2}${TIME}`)],
  ['99/99/YYYY', new RegExp(String.raw`^\d{1,2}/\d{1,2}/\d{4}${TIME}`)],
  ['99.99.YYYY', new RegExp(String.raw`^\d{1,2}\.\d{1,2}\.\d{4}${TIME}`)],
  ['99-99-YYYY', new RegExp(String.raw`^\d{1,2}-\d{1,2}-\d{4}${TIME}`)],
  ['99/99/YY', new RegExp(String.raw`^\d{1,2}/\d{1,2}/\d{2}${TIME}`)],
  ['YYYYMMDD', /^(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/],
  ['day month year in words', /^\d{1,2}[ .-]+\p{L}{3,9}[ .,-]+\d{2,4}$/u],
  ['month day, year in words', /^\p{L}{3,9} \d{1,2},? \d{4}$/u],
];

function* runs(value: string): Generator<{ readonly sign: string; readonly length: number }> {
  let sign = '';
  let length = 0;
  for (const character of value) {
    const next = signOf(character);
    if (next === sign) {
      length++;
      continue;
    }
    if (length > 0) yield { sign, length };
    sign = next;
    length = 1;
  }
  if (length > 0) yield { sign, length };
}

function signOf(character: string): string {
  if (DIGIT.test(character)) return '9';
  if (UPPER.test(character)) return 'A';
  return LETTER.test(character) ? 'a' : character;
}

function cut(pattern: string): string {
  const characters = [...pattern];
  return characters.length > LONGEST ? `${characters.slice(0, LONGEST - 1).join('')}…` : pattern;
}

function countBy(values: readonly string[], key: (value: string) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) {
    const name = key(value);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
