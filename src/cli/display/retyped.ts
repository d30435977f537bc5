// What changed in a mapping because it leads to another kind of database, and what the target can't take.

import { many } from '../../shared/format.ts';
import type { Retyped } from '../../shared/model/retyped.ts';
import { columns, visible } from './text.ts';
import type { Theme } from './theme.ts';

export function retypedLines(theme: Theme, { changes, misfits, idleRules }: Retyped): string[] {
  const arrow = theme.glyph.arrow;
  const rows = changes.map(({ table, column, from, to }) => [
    `    ${visible(`${table}.${column}`)}`,
    `${visible(from)} ${arrow} ${visible(to)}`,
  ]);
  return [
    ...(changes.length === 0 ? [] : ['', `  ${theme.note(`${many(changes.length, 'type')} proposed anew`)}`]),
    ...(rows.length === 0 ? [] : columns(theme, [{ title: '' }, { title: '' }], rows).slice(1)),
    ...misfits.map(
      ({ table, column, type }) =>
        `  ${theme.block(theme.glyph.failed)} ${visible(`${table}.${column}`)}: you chose ${visible(type)}, which the target does not have; it stays until you choose another`,
    ),
    ...idleRules.map(
      ({ type }) =>
        `  ${theme.warn(theme.glyph.warning)} the type rule to ${visible(type)} decides nothing: the target has no such type`,
    ),
  ];
}
