// Drift for people: by side and table, what blocks first; what was, what is now, and what it means.

import { many } from '../../shared/format.ts';
import type { Difference, Drift } from '../../shared/model/drift.ts';
import { visible, wrap } from './text.ts';
import type { Theme } from './theme.ts';

export function driftLines(theme: Theme, drift: Drift, columns: number): string[] {
  const { differences, known, elsewhere } = drift;
  const unknown = known
    ? []
    : [
        '',
        `  ${theme.quiet('The project does not say what it was mapped against: only what is gone or new can be told.')}`,
      ];
  if (differences.length === 0) {
    const told = elsewhere
      ? `${theme.note(theme.glyph.note)} Tables and columns are as they were; indexes, keys, defaults or checks of the source have changed.`
      : `${theme.proved(theme.glyph.done)} Nothing has changed since it was mapped.`;
    return [...unknown, '', `  ${told}`, ''];
  }
  return [
    ...unknown,
    ...tablesOf(differences).flatMap(([title, of]) => [
      '',
      `  ${theme.strong(visible(title))}`,
      ...of.flatMap((each) => lines(theme, each, columns)),
    ]),
    '',
    `  ${many(differences.length, 'difference')}, ${many(differences.filter(({ severity }) => severity === 'blocker').length, 'of them blocks', 'of them block')}`,
    '',
  ];
}

/** In order of first appearance. */
function tablesOf(differences: readonly Difference[]): [string, Difference[]][] {
  const groups = new Map<string, Difference[]>();
  for (const each of differences) {
    const title = `${each.side} ${each.table}`;
    groups.set(title, [...(groups.get(title) ?? []), each]);
  }
  return [...groups];
}

function lines(
  theme: Theme,
  { severity, kind, column, was, now, message, candidates }: Difference,
  columns: number,
): string[] {
  const paint = { blocker: theme.block, warning: theme.warn, note: theme.note }[severity];
  const glyph = { blocker: theme.glyph.failed, warning: theme.glyph.warning, note: theme.glyph.note }[severity];
  const what = [was, now].filter((each) => each !== null).map(visible);
  const head = `    ${paint(glyph)} ${column === null ? '' : `${visible(column)} `}${kind === 'key' ? 'primary key' : kind}  ${theme.quiet(what.join(` ${theme.glyph.arrow} `))}`;
  const others = candidates.length > 1 ? ` Other new names: ${candidates.slice(1).join(', ')}.` : '';
  return [head, ...wrap(visible(message + others), Math.min(columns, 110) - 8).map((line) => `      ${line}`)];
}
