// One frame of the live display: from the view model to lines that fit the terminal.

import { about, clock, count, size } from '../../shared/format.ts';
import type { StepName } from '../../shared/model/run.ts';
import {
  amountOf,
  compensating,
  currentStep,
  fractionOf,
  type Overall,
  overall,
  type Progress,
  type StepProgress,
  type TableProgress,
} from './progress.ts';
import { padEnd, padStart, shorten, visible, width } from './text.ts';
import type { Theme } from './theme.ts';

export interface FrameOptions {
  readonly theme: Theme;
  readonly columns: number;
  readonly rows: number;
  /** Milliseconds since 1970; drives the clock and the spinner. */
  readonly now: number;
  /** When the person began to wait: planning counts too. */
  readonly since: number;
  /** "shop.sqlite → PostgreSQL 18.4 shop" */
  readonly title: { readonly source: string; readonly target: string };
  /** Ctrl-C was pressed. */
  readonly cancelling: boolean;
}

export function frame(progress: Progress, options: FrameOptions): string[] {
  const head = ['', header(progress, options), '', ...totals(progress, options), ''];
  const foot = ['', ...steps(progress, options), ...messages(progress, options)];
  // The last line stays free: a terminal scrolls when it is written.
  const room = Math.max(1, options.rows - head.length - foot.length - 1);
  return [...head, ...tables(progress, options, room), ...foot];
}

function header(progress: Progress, { theme, columns, title }: FrameOptions): string {
  const run = progress.run ? `run ${progress.run}` : '';
  const room = Math.max(20, columns - 4 - width(run) - 4);
  const arrow = ` ${theme.glyph.arrow} `;
  const half = Math.floor((room - width(arrow)) / 2);
  const source = visible(title.source);
  const target = visible(title.target);
  // Each side may use what the other one leaves.
  const forSource = Math.max(half, room - width(arrow) - width(target));
  const left = shorten(source, forSource, theme.glyph.ellipsis);
  const right = shorten(target, Math.max(half, room - width(arrow) - width(left)), theme.glyph.ellipsis);
  const text = `  ${theme.strong(left)}${theme.quiet(arrow)}${theme.strong(right)}`;
  return run && columns >= 60 ? `${padEnd(text, columns - width(run) - 2)}${theme.quiet(run)}` : text;
}

function totals(progress: Progress, options: FrameOptions): string[] {
  const { theme, columns, now } = options;
  const all = overall(progress);
  const backwards = compensating(progress);
  const percent = padStart(`${Math.floor(all.fraction * 100)} %`, 5);
  const word = backwards || options.cancelling ? 'rolling back' : activityWord(progress, all);
  const state = `${percent}  ${word}`;
  const bar = progressBar(theme, all.fraction, Math.max(10, columns - 4 - width(state) - 2));
  const paint = backwards || options.cancelling ? theme.warn : theme.accent;

  // Figures are padded to the width they may reach, so that nothing beside them moves.
  const total = all.exact ? count(all.total) : about(all.total);
  const parts = [`${padStart(count(all.rows), count(all.total).length)} of ${total} rows`];
  if (all.rowsPerSecond !== null && !backwards) {
    parts.push(`${padStart(count(all.rowsPerSecond), 7)} rows/s`, `${padStart(size(all.bytesPerSecond ?? 0), 7)}/s`);
  }
  parts.push(clock((now - options.since) / 1000));
  if (all.secondsLeft !== null && !backwards) parts.push(`≈ ${clock(Math.ceil(all.secondsLeft))} left`);
  if (progress.rss !== null) parts.push(`memory ${size(progress.rss)}`);
  const figures: string[] = [];
  for (const part of parts) {
    if (width([...figures, part].join('   ')) > columns - 4) break;
    figures.push(part);
  }
  return [`  ${paint(bar.full)}${theme.quiet(bar.empty)}  ${theme.strong(state)}`, `  ${figures.join('   ')}`];
}

function activityWord(progress: Progress, all: Overall): string {
  if (progress.finished) return progress.finished.state;
  if (all.activity) return all.activity;
  const step = currentStep(progress);
  return step ? stepWords[step] : 'planning';
}

const stepWords: Record<StepName, string> = {
  preflight: 'checking',
  snapshot: 'holding a snapshot',
  stage: 'making staging tables',
  load: 'loading',
  index: 'building indexes',
  verify: 'verifying',
  publish: 'publishing',
  confirm: 'confirming',
  finish: 'tidying up',
};

function progressBar(theme: Theme, fraction: number, columns: number): { full: string; empty: string } {
  const halves = Math.floor(fraction * columns * 2);
  const full = theme.glyph.full.repeat(Math.floor(halves / 2)) + (halves % 2 ? theme.glyph.half : '');
  return { full, empty: theme.glyph.empty.repeat(columns - width(full)) };
}

const order = ['loading', 'indexing', 'verifying', 'failed', 'different', 'loaded', 'waiting', 'verified'] as const;

function tables(progress: Progress, options: FrameOptions, room: number): string[] {
  const all = [...progress.tables.values()];
  // Where all tables fit they keep their places; else those at work come first.
  const crowded = all.length > room;
  const sorted = crowded ? all.toSorted((a, b) => order.indexOf(a.phase) - order.indexOf(b.phase)) : all;
  const shown = crowded ? sorted.slice(0, room - 1) : sorted;
  const longest = Math.max(...all.map((table) => width(visible(table.name))), 8);
  const nameWidth = Math.min(longest, Math.max(12, Math.floor(options.columns * 0.3)));
  const countWidth = Math.max(7, ...all.map(({ estimate, loaded }) => count(Math.max(estimate, loaded.rows)).length));
  const lines = shown.map((table) => tableLine(table, options, nameWidth, countWidth));
  if (shown.length < sorted.length) lines.push(`  ${options.theme.quiet(restLine(sorted.slice(shown.length)))}`);
  return lines;
}

/** "and 480 more tables: 310 verified, 170 waiting" */
function restLine(rest: readonly TableProgress[]): string {
  const phases = new Map<string, number>();
  for (const { phase } of rest) phases.set(phase, (phases.get(phase) ?? 0) + 1);
  const parts = [...phases].map(([phase, tables]) => `${count(tables)} ${phase}`);
  return `and ${count(rest.length)} more ${rest.length === 1 ? 'table' : 'tables'}: ${parts.join(', ')}`;
}

function tableLine(table: TableProgress, options: FrameOptions, nameWidth: number, countWidth: number): string {
  const { theme, columns } = options;
  const { rows } = amountOf(table);
  const known = !['waiting', 'loading', 'failed'].includes(table.phase);
  const total = known ? table.loaded.rows : Math.max(table.estimate, table.loaded.rows);
  const wanted = padStart(known ? `  ${count(total)}` : about(total), countWidth + 2);
  const figures =
    columns >= 70 ? `${padStart(count(rows), countWidth)}  of ${wanted}` : padStart(count(rows), countWidth);
  const phase = padEnd(table.phase, 9);
  const glyph = phaseGlyph(table, options);
  const name = padEnd(shorten(visible(table.name), nameWidth, theme.glyph.ellipsis), nameWidth);
  const room = columns - 2 - 2 - nameWidth - 2 - 2 - width(figures) - 2 - width(phase) - 2;
  const bar = progressBar(theme, fractionOf(table), Math.max(4, Math.min(40, room)));
  const paint = phasePaint(table, theme);
  return `  ${paint(glyph)} ${name}  ${paint(bar.full)}${theme.quiet(bar.empty)}  ${figures}  ${paint(phase.trimEnd())}`;
}

function phaseGlyph(table: TableProgress, { theme, now }: FrameOptions): string {
  switch (table.phase) {
    case 'waiting':
      return theme.glyph.waiting;
    case 'loading':
    case 'indexing':
    case 'verifying':
      return spin(theme, now);
    case 'loaded':
      return theme.glyph.waiting;
    case 'verified':
      return theme.glyph.done;
    case 'different':
    case 'failed':
      return theme.glyph.failed;
  }
}

function phasePaint(table: TableProgress, theme: Theme): (text: string) => string {
  switch (table.phase) {
    case 'waiting':
      return theme.quiet;
    case 'loading':
    case 'indexing':
    case 'verifying':
    case 'loaded':
      return theme.accent;
    case 'verified':
      return theme.proved;
    case 'different':
    case 'failed':
      return theme.block;
  }
}

/** The saga as one line, or as many as it needs; it runs backwards in place when steps are undone. */
function steps(progress: Progress, options: FrameOptions): string[] {
  const lines: string[] = [];
  let line = '';
  for (const [name, step] of progress.steps) {
    const text = stepText(name, step, options);
    if (line !== '' && width(line) + 2 + width(text) > options.columns - 1) {
      lines.push(line);
      line = '';
    }
    line += `  ${text}`;
  }
  return [...lines, line];
}

function stepText(name: StepName, { state }: StepProgress, { theme, now }: FrameOptions): string {
  switch (state) {
    case 'pending':
      return theme.quiet(`${name} ${theme.glyph.waiting}`);
    case 'running':
      return `${theme.strong(name)} ${theme.accent(spin(theme, now))}`;
    case 'done':
      return `${name} ${theme.proved(theme.glyph.done)}`;
    case 'failed':
      return theme.block(`${name} ${theme.glyph.failed}`);
    case 'compensating':
      return `${theme.strong(name)} ${theme.warn(spin(theme, now, -1))}`;
    case 'compensated':
      return theme.warn(`${name} ${theme.glyph.undone}`);
    case 'not compensated':
      return theme.block(`${name} ${theme.glyph.warning}`);
  }
}

function messages(progress: Progress, options: FrameOptions): string[] {
  const { theme, columns } = options;
  const lines: string[] = [];
  const step = currentStep(progress);
  const detail = step ? progress.steps.get(step)?.detail : null;
  if (detail) lines.push(theme.quiet(shorten(visible(`${step}: ${detail}`), columns - 4, theme.glyph.ellipsis)));
  const paint = { warning: theme.warn, error: theme.block };
  for (const { level, message } of progress.log.slice(-2)) {
    const glyph = level === 'warning' ? theme.glyph.warning : theme.glyph.failed;
    lines.push(paint[level](`${glyph} ${shorten(visible(message), columns - 6, theme.glyph.ellipsis)}`));
  }
  if (progress.error) {
    lines.push(
      theme.block(
        `${theme.glyph.failed} ${shorten(visible(progress.error.message), columns - 6, theme.glyph.ellipsis)}`,
      ),
    );
  }
  if (options.cancelling && !progress.finished) {
    lines.push(
      theme.warn(shorten('Stopping: what was done is being undone. Ctrl-C again leaves it half done.', columns - 4)),
    );
  }
  return lines.length > 0 ? ['', ...lines.map((line) => `  ${line}`)] : [];
}

/** Turns ten times a second; backwards when steps are being undone. */
function spin(theme: Theme, now: number, direction: 1 | -1 = 1): string {
  const frames = theme.glyph.spinner;
  const turn = Math.floor(now / 100) % frames.length;
  return frames[direction === 1 ? turn : frames.length - 1 - turn]!;
}
