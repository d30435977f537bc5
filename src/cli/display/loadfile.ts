// What was taken of a load file and what was not, line by line.

import { many } from '../../shared/format.ts';
import type { LoadNote } from '../../shared/model/loadfile.ts';
import { shorten, visible, wrap } from './text.ts';
import type { Theme } from './theme.ts';

export function loadNoteLines(theme: Theme, notes: readonly LoadNote[], columns: number): string[] {
  const width = Math.min(columns, 110);
  const marks = {
    yes: theme.proved(theme.glyph.done),
    partly: theme.warn(theme.glyph.warning),
    no: theme.block(theme.glyph.failed),
  };
  const of = (taken: LoadNote['taken']) => notes.filter((note) => note.taken === taken).length;
  return [
    '',
    ...notes.flatMap(({ line, text, taken, why }) => [
      `  ${marks[taken]} ${theme.quiet(`line ${line}`)}  ${shorten(visible(text), width - 14, theme.glyph.ellipsis)}`,
      ...wrap(visible(why), width - 8).map((each) => `      ${theme.quiet(each)}`),
    ]),
    '',
    `  ${many(of('yes'), 'thing')} taken, ${many(of('partly'), 'thing')} in part, ${many(of('no'), 'thing')} not`,
  ];
}
