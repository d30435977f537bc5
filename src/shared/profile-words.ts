// A column's profile in words and shares: the same in the terminal and on screens.

import { about, count, list, many } from './format.ts';
import type { ColumnProfile, PersonalMark } from './model/column-profile.ts';

/** "12 %", "< 0.1 %", "99.9 %": never 0 % of something, nor 100 % of less than all. */
export function share(part: number, whole: number): string {
  if (whole === 0 || part === 0) return '0 %';
  if (part === whole) return '100 %';
  const percent = (part / whole) * 100;
  if (percent < 0.1) return '< 0.1 %';
  if (percent > 99.9) return '> 99.9 %';
  return percent < 10 || percent > 99 ? `${percent.toFixed(1)} %` : `${Math.round(percent)} %`;
}

/** How many different values there are, and how sure that is. */
export function distinctWords({ distinct, unique, scope }: ColumnProfile): string {
  if (distinct === null) return 'how many different values: not found in time';
  if (!distinct.exact) return `${about(distinct.values)} different${unique ? ', no two alike in the sample' : ''}`;
  return unique
    ? `${many(distinct.values, 'value')}, no two alike`
    : `${count(distinct.values)} different${scope.rows === 0 ? '' : ' values'}`;
}

export function storedWords(stored: ColumnProfile['stored']): string {
  const names = { integer: 'integer', real: 'real', text: 'text', blob: 'blob' } as const;
  return stored.length === 1
    ? `all stored as ${names[stored[0]!.as]}`
    : `stored as ${list(stored.map(({ as, rows }) => `${names[as]} (${count(rows)})`))}`;
}

/** The most frequent values with a length for each, against the most frequent. */
export function bars({
  top,
}: ColumnProfile): readonly (ColumnProfile['top'][number] & { readonly fraction: number })[] {
  const most = Math.max(1, ...top.map(({ rows }) => rows));
  return top.map((each) => ({ ...each, fraction: each.rows / most }));
}

/** Blanks at the ends are seen between quotes. */
export function edged(value: string): string {
  return value === value.trim() ? value : `‘${value}’`;
}

/** "e-mail address, by name and by value: 98 % look like e-mail addresses", one for each kind. */
export function personalWords(marks: readonly PersonalMark[]): string[] {
  const kinds = Map.groupBy(marks, ({ kind }) => kind);
  return [...kinds].map(([kind, found]) => `${kind}, ${found.map(({ reason }) => reason).join(' and ')}`);
}

/** "45,231 rows, all of them looked at", or how the sample was taken. */
export function scopeWords({ rows, sampled, of, method }: ColumnProfile['scope']): string {
  return sampled
    ? `of a sample of ${many(rows, 'row')} of ${about(of)} (${method ?? ''})`
    : `${many(rows, 'row')}, all of them looked at`;
}

/** "always 2 characters", "5 to 24 characters". */
export function lengthWords({ shortest, longest, unit }: NonNullable<ColumnProfile['lengths']>): string {
  return shortest === longest ? `always ${many(longest, unit)}` : `${count(shortest)} to ${many(longest, unit)}`;
}
