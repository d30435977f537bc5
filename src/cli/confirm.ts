// The question before a run: what will change, what is kept, how to undo it; the answer is the target's name.

import { DroverError } from '../shared/errors.ts';
import { estimateOf } from '../shared/feeds.ts';
import { about, many } from '../shared/format.ts';
import type { Plan, TablePlan } from '../shared/model/plan.ts';
import type { Context } from './context.ts';
import { findingLines, findingSummary } from './display/findings.ts';
import { fate } from './display/plan.ts';
import { visible, wrap } from './display/text.ts';
import type { Theme } from './display/theme.ts';

const TABLES_SHOWN = 40;

/** Throws `run.not-confirmed` unless the person types the name of the target database. */
export async function confirm({ terminal }: Context, plan: Plan, targetUrl: string): Promise<void> {
  const name = databaseName(targetUrl);
  for (const line of confirmationLines(terminal.theme, plan, name, terminal.columns)) terminal.say(line);
  const { isCancel, text } = await import('@clack/prompts');
  const answer = await text({
    message: `Type ${name} to start the migration; anything else leaves`,
    output: process.stderr,
  });
  if (isCancel(answer) || answer.trim() !== name) {
    throw new DroverError('run.not-confirmed', 'The migration was not confirmed; nothing was touched.', {
      hint: `Type ${name} when asked, or give --yes.`,
    });
  }
}

/** For where nobody can be asked. */
export function notConfirmed(): DroverError {
  return new DroverError(
    'run.not-confirmed',
    'A migration changes the target, and there is no terminal to confirm it at.',
    {
      hint: 'Look at the plan with `drover plan`, then run the same command with --yes.',
    },
  );
}

export function confirmationLines(theme: Theme, plan: Plan, name: string, columns: number): string[] {
  const width = Math.min(columns, 110) - 6;
  const replaced = plan.tables.filter(({ existing, mode, merge }) => existing && !merge && mode === 'replace');
  // What is lost from sight comes first; new tables only add.
  const merged = plan.tables.filter(({ merge }) => merge);
  const known = new Set([...replaced, ...merged]);
  const tables = [...known, ...plan.tables.filter((table) => !known.has(table))];
  const undo =
    merged.length > 0
      ? 'All tables arrive or none. Rows that are overwritten, taken away or added are remembered in the target; rolling the run back gives every table what it held before.'
      : replaced.length > 0
        ? 'All tables arrive or none. The tables replaced are kept beside the new ones; the end of the run says under which names. To undo it, drop the new tables and put the kept ones back.'
        : 'All tables arrive or none. Nothing that stands in the target now is changed; to undo it, drop the new tables.';
  return [
    '',
    `  ${theme.strong(`This will change ${name}:`)}`,
    ...tables.slice(0, TABLES_SHOWN).map((table) => tableLine(theme, table)),
    ...(tables.length > TABLES_SHOWN
      ? [`    ${theme.quiet(`and ${many(tables.length - TABLES_SHOWN, 'more new table')}`)}`]
      : []),
    ...findingLines(
      theme,
      plan.findings.filter(({ severity }) => severity === 'warning'),
      columns,
    ),
    '',
    `  ${findingSummary(plan.findings)}; drover plan shows them all`,
    ...wrap(undo, width).map((line) => `  ${line}`),
    '',
  ];
}

/** What a person calls the target: the database of the URL, or the file of SQLite. */
export function databaseName(url: string): string {
  const path = url
    .replace(/^[a-z0-9+.-]+:/i, '')
    .replace(/[?#].*$/, '')
    .replace(/^\/\/[^/]*/, '');
  const name = path.split(/[\\/]/).filter(Boolean).at(-1) ?? '';
  try {
    return decodeURIComponent(name) || 'the target';
  } catch {
    return name;
  }
}

function tableLine(theme: Theme, table: TablePlan): string {
  const replaces = table.existing !== null && (table.mode === 'replace' || table.merge?.onConflict === 'update');
  const glyph = replaces ? theme.warn(theme.glyph.warning) : theme.quiet('+');
  return `  ${glyph} ${visible(table.target.name)}: ${about(estimateOf(table).rows)} rows, ${fate(table)}`;
}
