// The saga's steps as a line that fills, and that runs backwards in place when steps are undone.

import type { StepName } from '../../shared/model/run.ts';
import type { Progress, StepProgress } from '../../shared/progress.ts';
import { spin } from './bar.ts';
import { width } from './text.ts';
import type { Theme } from './theme.ts';

export interface SagaOptions {
  readonly theme: Theme;
  readonly columns: number;
  /** Milliseconds since 1970; drives the spinner. */
  readonly now: number;
}

/** The saga as one line, or as many as it needs; it runs backwards in place when steps are undone. */
export function sagaLines(progress: Progress, options: SagaOptions): string[] {
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

function stepText(name: StepName, { state }: StepProgress, { theme, now }: SagaOptions): string {
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

/** While it is only planned there is nothing to undo. */
export function stoppingWords({ startedAt }: Progress): string {
  return startedAt === null ? 'Stopping: nothing was touched yet.' : 'Stopping: what was done is being undone.';
}
