// One line for each table of a running migration, those at work first where not all fit.

import { about, count } from '../../shared/format.ts';
import { compensating, currentStep, type Progress, type TableProgress } from '../../shared/progress.ts';
import { amountOf, fractionOf } from '../../shared/progress-figures.ts';
import { progressBar, spin } from './bar.ts';
import { padEnd, padStart, shorten, visible, width } from './text.ts';
import type { Style, Theme } from './theme.ts';

export interface TableLineOptions {
  readonly theme: Theme;
  readonly columns: number;
  /** Milliseconds since 1970; drives the spinner. */
  readonly now: number;
}

interface Widths {
  readonly name: number;
  readonly count: number;
}

const order = [
  'loading',
  'indexing',
  'verifying',
  'failed',
  'different',
  'left out',
  'loaded',
  'waiting',
  'verified',
] as const;

export function tableLines(progress: Progress, options: TableLineOptions, room: number): string[] {
  const all = [...progress.tables.values()];
  // Where all tables fit they keep their places; else those at work come first.
  const crowded = all.length > room;
  const sorted = crowded ? all.toSorted((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase)) : all;
  const shown = crowded ? sorted.slice(0, room - 1) : sorted;
  const longest = Math.max(...all.map((table) => width(visible(table.name))), 8);
  const widths = {
    name: Math.min(longest, Math.max(12, Math.floor(options.columns * 0.3))),
    count: Math.max(7, ...all.map(({ estimate, loaded }) => count(Math.max(estimate, loaded.rows)).length)),
  };
  const lines = shown.map((table) => tableLine(table, lookOf(table, progress, options), options, widths));
  if (crowded) lines.push(`  ${options.theme.quiet(restLine(sorted.slice(shown.length)))}`);
  return lines;
}

/** "and 480 more tables: 310 verified, 170 waiting" */
function restLine(rest: readonly TableProgress[]): string {
  const phases = new Map<string, number>();
  for (const { phase } of rest) phases.set(phase, (phases.get(phase) ?? 0) + 1);
  const parts = [...phases].map(([phase, tables]) => `${count(tables)} ${phase}`);
  return `and ${count(rest.length)} more ${rest.length === 1 ? 'table' : 'tables'}: ${parts.join(', ')}`;
}

function tableLine(table: TableProgress, look: Look, options: TableLineOptions, widths: Widths): string {
  const { theme, columns } = options;
  const { rows } = amountOf(table);
  const known = !['waiting', 'loading', 'failed', 'left out'].includes(table.phase);
  const total = known ? table.loaded.rows : Math.max(table.estimate, table.loaded.rows);
  const wanted = padStart(known ? count(total) : about(total), widths.count + 2);
  const done = padStart(count(rows), widths.count);
  const figures = columns >= 70 ? `${done}  of ${wanted}` : done;

  const name = padEnd(shorten(visible(table.name), widths.name, theme.glyph.ellipsis), widths.name);
  const room = columns - widths.name - width(figures) - 'verifying'.length - 12;
  const bar = progressBar(theme, fractionOf(table), Math.max(4, Math.min(40, room)));
  const paint = look.style;
  return `  ${paint(look.glyph)} ${name}  ${paint(bar.full)}${theme.quiet(bar.empty)}  ${figures}  ${paint(look.word)}`;
}

interface Look {
  readonly word: string;
  readonly glyph: string;
  readonly style: Style;
}

const pauseWords = { loading: 'loaded', indexing: 'indexed', verifying: 'compared' } as const;
const stepOf = { loading: 'load', indexing: 'index', verifying: 'verify' } as const;

function lookOf({ phase }: TableProgress, progress: Progress, { theme, now }: TableLineOptions): Look {
  switch (phase) {
    case 'waiting':
      return { word: phase, glyph: theme.glyph.waiting, style: theme.quiet };
    case 'loading':
    case 'indexing':
    case 'verifying':
      if (compensating(progress)) return { word: 'stopped', glyph: theme.glyph.waiting, style: theme.warn };
      // A table waits between the steps: nothing happens to it before the next one takes it up.
      if (currentStep(progress) !== stepOf[phase])
        return { word: pauseWords[phase], glyph: theme.glyph.waiting, style: theme.accent };
      return { word: phase, glyph: spin(theme, now), style: theme.accent };
    case 'loaded':
      return { word: phase, glyph: theme.glyph.waiting, style: theme.accent };
    case 'verified':
      return { word: phase, glyph: theme.glyph.done, style: theme.proved };
    case 'left out':
      return { word: phase, glyph: theme.glyph.warning, style: theme.warn };
    case 'different':
    case 'failed':
      return { word: phase, glyph: theme.glyph.failed, style: theme.block };
  }
}
