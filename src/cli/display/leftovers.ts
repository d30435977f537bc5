// What runs have left in a target: each with its tables, and what can be done about it.

import { counted, many, size } from '../../shared/format.ts';
import type { Leftover } from '../../shared/model/run.ts';
import { columns, visible } from './text.ts';
import type { Theme } from './theme.ts';

/** `remembered`: runs in the history of this machine. */
export function leftoverLines(
  theme: Theme,
  found: readonly Leftover[],
  remembered: ReadonlySet<string>,
  url: string,
): string[] {
  if (found.length === 0) return ['', '  No run has left anything there.', ''];
  return ['', ...found.flatMap((each) => [...linesOf(theme, each, remembered.has(each.run), url), ''])];
}

function linesOf(theme: Theme, leftover: Leftover, remembered: boolean, url: string): string[] {
  const { run, startedAt, state, epoch, inUse, tables } = leftover;
  const bytes = tables.reduce((sum, table) => sum + (table.bytes ?? 0), 0);
  const began = `${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const total = `${many(tables.length, 'table')}, ${size(bytes)}`;
  const whose = remembered ? '' : ', not in the history of this machine';
  return [
    `  ${theme.strong(run)}  ${state}, begun ${began}, epoch ${epoch}; ${total}${whose}`,
    ...columns(
      theme,
      [
        { title: '    table' },
        { title: 'is in' },
        { title: 'rows', align: 'right' },
        { title: 'size', align: 'right' },
      ],
      tables.map((table) => [
        `    ${visible(table.table)}`,
        visible(table.keptAs),
        table.rows === null ? '' : counted(table.rows, table.estimated),
        table.bytes === null ? '' : size(table.bytes),
      ]),
    ),
    `  ${theme.quiet(inUse ? 'A process is at work on it now.' : whatToDo(leftover, remembered, url))}`,
  ];
}

function whatToDo({ run, state }: Leftover, remembered: boolean, url: string): string {
  const target = remembered ? '' : ` --target ${url}`;
  switch (state) {
    case 'staged':
      return `Nothing of it is published; back to before: drover rollback ${run}${target}`;
    case 'half published':
      return remembered
        ? `Cut off while it published: drover resume ${run}, or drover rollback ${run}`
        : 'Cut off while it published: it needs its history, on the machine that ran it.';
    case 'published':
      return remembered
        ? `Published. Back to before: drover rollback ${run}; to drop the backups: drover clean ${run}`
        : `Published: to take it back needs its history. To drop the backups: drover clean ${run}${target}`;
    case 'kept aside':
      return 'Rows that somebody wrote after the run, spared by a rollback: drop them by hand once nobody needs them.';
  }
}
