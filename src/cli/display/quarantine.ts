// The quarantine of a run for people: how many rows of each table, then row by row what was refused and why.

import { count, many } from '../../shared/format.ts';
import type { QuarantinedRow, QuarantinePage } from '../../shared/model/quarantine.ts';
import { shorten, visible } from './text.ts';
import type { Theme } from './theme.ts';

const LONGEST = 60;

export function quarantineLines(theme: Theme, { tables, rows }: QuarantinePage, table: string | null): string[] {
  const shown = table === null ? tables : tables.filter((each) => each.table === table);
  const total = shown.reduce((sum, each) => sum + each.rows, 0);
  if (total === 0) return ['', '  No rows are in quarantine.', ''];
  const rest = total - rows.length;
  return [
    '',
    ...shown.map(
      (each) =>
        `  ${theme.strong(visible(each.table))}  ${many(each.rows, 'row')} in quarantine${each.resolved > 0 ? `, ${count(each.resolved)} of them resolved` : ''}`,
    ),
    '',
    ...rows.flatMap((row) => rowLines(theme, row)),
    ...(rest > 0 ? [`  … and ${count(rest)} more; --json lists them all`] : []),
    '',
  ];
}

function rowLines(theme: Theme, row: QuarantinedRow): string[] {
  const { table, source, key, column, step, reason, values, resolvedBy } = row;
  const named = Object.entries(key).map(([name, value]) => `${visible(name)} ${visible(value ?? 'NULL')}`);
  const from = source === null || source === table ? '' : ` ${theme.quiet(`from ${visible(source)}`)}`;
  const value = values[column];
  const shown = value == null ? 'NULL' : shorten(visible(value), LONGEST, theme.glyph.ellipsis);
  return [
    `  ${theme.warn(theme.glyph.warning)} ${visible(table)}${from} ${theme.quiet(named.join(', '))}`,
    `      ${visible(column)}: ${shown}`,
    `      ${step === null ? '' : `${step}: `}${reason}`,
    ...(resolvedBy === null ? [] : [`      ${theme.quiet(`resolved by run ${resolvedBy}`)}`]),
  ];
}
