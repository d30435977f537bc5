// A preview for people: each sample row as a block, a line for each column, what changes first to be seen.

import { count, many } from '../../shared/format.ts';
import type { Preview, PreviewCell } from '../../shared/model/preview.ts';
import { padEnd, shorten, visible, width } from './text.ts';
import type { Theme } from './theme.ts';

const LONGEST = 60;

export function previewLines(
  theme: Theme,
  table: { readonly source: string; readonly target: string },
  { columns, rows, broken }: Preview,
): string[] {
  const names = Math.max(0, ...columns.map(({ target }) => width(visible(target))));
  const title = `${theme.strong(visible(table.source))} ${theme.glyph.arrow} ${theme.strong(visible(table.target))}`;
  const blocks = rows.flatMap((cells, i) => [
    `  ${theme.quiet(`row ${count(i + 1)}`)}`,
    ...cells.map((cell, column) => `    ${padEnd(visible(columns[column]!.target), names)}  ${cellText(theme, cell)}`),
    ...(broken[i] ?? []).map((rule) => `    ${theme.block(theme.glyph.failed)} breaks the rule ${visible(rule)}`),
  ]);
  const refused = columns.flatMap(({ reason }) =>
    reason === null ? [] : [`  ${theme.block(theme.glyph.failed)} ${reason}`],
  );
  return [
    '',
    `  ${title}  ${theme.quiet(`${many(rows.length, 'sample row')}; not every value was looked at`)}`,
    '',
    ...blocks,
    ...(refused.length > 0 ? ['', ...refused] : []),
    '',
  ];
}

function cellText(theme: Theme, { before, after, state }: PreviewCell): string {
  const show = (value: string | null) =>
    value === null ? theme.quiet('NULL') : shorten(visible(value), LONGEST, theme.glyph.ellipsis);
  switch (state) {
    case 'same':
      return show(before);
    case 'changed':
      return `${show(before)} ${theme.accent(theme.glyph.arrow)} ${show(after)}`;
    case 'nulled':
      return `${show(before)} ${theme.warn(`${theme.glyph.arrow} NULL`)}`;
    case 'refused':
      return `${show(before)} ${theme.block(`${theme.glyph.failed} refused`)}`;
  }
}
