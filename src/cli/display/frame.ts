// One frame of the live display: from the view model to lines that fit the terminal.

import { about, clock, count, size } from '../../shared/format.ts';
import type { StepName } from '../../shared/model/run.ts';
import { compensating, currentStep, type Progress } from '../../shared/progress.ts';
import { type Overall, overall } from '../../shared/progress-figures.ts';
import { progressBar } from './bar.ts';
import { sagaLines, stoppingWords } from './saga.ts';
import { tableLines } from './table-lines.ts';
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
  const foot = ['', ...sagaLines(progress, options), ...messages(progress, options)];
  // The last line stays free: a terminal scrolls when it is written.
  const room = Math.max(1, options.rows - head.length - foot.length - 1);
  return [...head, ...tableLines(progress, options, room), ...foot];
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
  const word = backwards || options.cancelling ? undoingWord(progress) : activityWord(progress, all);
  const state = `${percent}  ${word}`;
  const bar = progressBar(theme, all.fraction, Math.max(10, columns - 4 - width(state) - 2));
  const paint = backwards || options.cancelling ? theme.warn : theme.accent;

  // Figures are padded to the width they may reach, so that nothing beside them moves.
  const total = all.exact ? count(all.total) : about(all.total);
  const rows = `${padStart(count(all.rows), count(all.total).length)} of ${total} rows`;
  const parts = progress.tables.size > 0 ? [rows] : [];
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

/** While it is only planned there is nothing to roll back. */
function undoingWord({ startedAt }: Progress): string {
  return startedAt === null ? 'stopping' : 'rolling back';
}

function activityWord(progress: Progress, all: Overall): string {
  if (progress.finished) return progress.finished.state;
  if (progress.waiting) return 'waiting';
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
    const undoing = progress.startedAt !== null;
    const rest = undoing ? ' Ctrl-C again leaves it half done.' : '';
    lines.push(theme.warn(shorten(`${stoppingWords(progress)}${rest}`, columns - 4)));
  }
  return lines.length > 0 ? ['', ...lines.map((line) => `  ${line}`)] : [];
}
