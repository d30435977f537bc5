// A column's profile for people: what is there, its extremes, a histogram, the most frequent values, and what to mind.

import { count, many } from '../../shared/format.ts';
import type { ColumnProfile, ProfileScope } from '../../shared/model/column-profile.ts';
import {
  bars,
  distinctWords,
  edged,
  lengthWords,
  personalWords,
  scopeWords,
  share,
  storedWords,
} from '../../shared/profile-words.ts';
import { padEnd, padStart, shorten, visible, width, wrap } from './text.ts';
import type { Theme } from './theme.ts';

const WIDEST = 110;
const BAR = 16;
const VALUE = 40;

export function profileHead(theme: Theme, table: string, scope: ProfileScope): string[] {
  return ['', `  ${theme.strong(visible(table))}  ${theme.quiet(scopeWords(scope))}`];
}

export function profileLines(theme: Theme, profile: ColumnProfile, columns: number): string[] {
  const room = Math.min(columns, WIDEST) - 4;
  return [
    '',
    `  ${theme.strong(visible(profile.column))}  ${theme.quiet(visible(profile.native) || 'no type')}${marks(theme, profile)}`,
    ...factLines(theme, profile, room),
    ...findingLines(theme, profile, room),
    ...histogramLines(theme, profile),
    ...besideEachOther(topLines(theme, profile), patternLines(theme, profile), room),
    ...suggestionLines(theme, profile),
    ...(profile.late.length > 0
      ? [`    ${theme.warn(theme.glyph.warning)} not found in time: ${profile.late.join(', ')}`]
      : []),
  ];
}

function marks(theme: Theme, { personal }: ColumnProfile): string {
  return personalWords(personal)
    .map((words) => `  ${theme.note(theme.glyph.note)} ${words}`)
    .join('');
}

function factLines(theme: Theme, profile: ColumnProfile, room: number): string[] {
  const { scope, nulls, min, max, lengths, stored } = profile;
  const facts = [
    nulls === 0 ? 'no NULLs' : `${share(nulls, scope.rows)} NULL (${count(nulls)})`,
    distinctWords(profile),
    ...(lengths === null ? [] : [lengthWords(lengths)]),
    ...(stored.length > 0 ? [storedWords(stored)] : []),
  ];
  const separator = ` ${theme.glyph.waiting} `;
  const extremes =
    min === null || max === null || min === max
      ? []
      : [
          `    ${theme.quiet('from')} ${shortened(theme, min, room / 2 - 8)} ${theme.quiet('to')} ${shortened(theme, max, room / 2 - 8)}`,
        ];
  return [...wrap(facts.join(separator), room).map((line) => `    ${line}`), ...extremes];
}

function findingLines(theme: Theme, { findings }: ColumnProfile, room: number): string[] {
  return findings.flatMap(({ message }) =>
    wrap(visible(message), room - 2).map((line, i) => `    ${i === 0 ? theme.warn(theme.glyph.warning) : ' '} ${line}`),
  );
}

const STEPS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/** One line, an eighth of its height the finest step; where eighths can't be drawn, nothing. */
function histogramLines(theme: Theme, { histogram }: ColumnProfile): string[] {
  if (!histogram || histogram.buckets.length < 3 || theme.glyph.ellipsis !== '…') return [];
  const { buckets, outside } = histogram;
  const most = Math.max(...buckets.map(({ rows }) => rows));
  const drawn = buckets
    .map(({ rows }) => (rows === 0 ? ' ' : STEPS[Math.ceil((rows / most) * STEPS.length) - 1]!))
    .join('');
  const ends = [buckets[0]!.from, buckets.at(-1)!.to] as const;
  const other = outside > 0 ? `  ${theme.quiet(`${count(outside)} outside`)}` : '';
  return [`    ${theme.quiet(ends[0])} ${theme.accent(drawn)} ${theme.quiet(ends[1])}${other}`];
}

function topLines(theme: Theme, profile: ColumnProfile): string[] {
  const { top, unique } = profile;
  // A list of values that come once each says nothing.
  if (top.length === 0 || unique) return [];
  const shown = bars(profile).slice(0, 5);
  const values = shown.map(({ value, cut }) =>
    shortened(theme, cut ? `${value}${theme.glyph.ellipsis}` : value, VALUE),
  );
  const widest = Math.max(...values.map(width));
  const figures = shown.map(({ rows }) => count(rows));
  const longest = Math.max(...figures.map((figure) => figure.length));
  const title = theme.quiet('most frequent');
  const lines = shown.map(({ fraction }, i) => {
    const full = Math.max(1, Math.round(fraction * BAR));
    const bar = `${theme.accent(theme.glyph.full.repeat(full))}${' '.repeat(BAR - full)}`;
    return `${padEnd(values[i]!, widest)}  ${bar} ${padStart(figures[i]!, longest)}`;
  });
  return [title, ...lines];
}

function patternLines(theme: Theme, { patterns }: ColumnProfile): string[] {
  if (!patterns || patterns.found.length === 0) return [];
  const shown = patterns.found.slice(0, 5);
  const widest = Math.max(...shown.map(({ pattern }) => width(visible(pattern))));
  const title = theme.quiet(`patterns of ${many(patterns.values, 'value')}`);
  const lines = shown.map(
    ({ pattern, values }) =>
      `${theme.quiet(padEnd(visible(pattern === '' ? '(empty)' : pattern), widest))}  ${padStart(share(values, patterns.values), 7)}`,
  );
  return [title, ...lines];
}

/** Where both fit, else below each other. */
function besideEachOther(left: readonly string[], right: readonly string[], room: number): string[] {
  const widest = Math.max(0, ...left.map(width));
  const needed = widest + 4 + Math.max(0, ...right.map(width));
  if (left.length === 0 || right.length === 0 || needed > room) return [...left, ...right].map((line) => `    ${line}`);
  return Array.from({ length: Math.max(left.length, right.length) }, (_, i) =>
    `    ${padEnd(left[i] ?? '', widest)}    ${right[i] ?? ''}`.trimEnd(),
  );
}

function suggestionLines(theme: Theme, { suggestions }: ColumnProfile): string[] {
  return suggestions
    .slice(0, 1)
    .flatMap(({ title, steps, note }) => [
      `    ${theme.glyph.arrow} ${title}: ${theme.accent(JSON.stringify(steps))}`,
      ...(note === null ? [] : [`      ${theme.quiet(note)}`]),
    ]);
}

function shortened(theme: Theme, text: string, room: number): string {
  return text === ''
    ? theme.quiet('(empty)')
    : shorten(visible(edged(text)), Math.max(8, Math.floor(room)), theme.glyph.ellipsis);
}
