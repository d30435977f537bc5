// How a failure is told: what happened, why, what to do; never a stack trace unless DROVER_DEBUG=1 asks for one.

import type { DroverErrorData } from '../shared/errors.ts';
import { visible, wrap } from './display/text.ts';
import { createTheme, type Theme } from './display/theme.ts';
import type { Terminal } from './terminal.ts';

export function tellFailure(terminal: Terminal, thrown: unknown): void {
  const error = failureData(thrown);
  terminal.record({ kind: 'error', error });
  // stdout may be a terminal where stderr is a file.
  const { isTTY, columns } = process.stderr;
  const theme = createTheme({ isTTY: isTTY === true, environment: process.env, platform: process.platform });
  for (const line of failureLines(theme, error, isTTY ? columns : 120)) process.stderr.write(`${line}\n`);
  trace(thrown);
}

/** Where it happened, for those who asked with DROVER_DEBUG=1. */
export function trace(thrown: unknown): void {
  if (process.env.DROVER_DEBUG !== '1') return;
  for (let error = thrown; error instanceof Error; error = error.cause) process.stderr.write(`${error.stack}\n`);
}

/** Anything thrown, as data. What Drover did not throw on purpose is a fault in Drover. */
export function failureData(thrown: unknown): DroverErrorData {
  if (isDroverError(thrown)) return thrown.data;
  const cause = thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
  return {
    code: 'support.internal',
    message: 'Drover met a condition that it does not know.',
    cause,
    hint: 'Set DROVER_DEBUG=1, run the command again and report what it prints.',
    where: {},
  };
}

/** A fault in how the command was written, before anything was asked of the engine. */
export function usage(message: string, hint: string): DroverErrorData {
  return { code: 'support.usage', message, cause: null, hint, where: {} };
}

/** Carries error data to the end of the command without loading the engine's models. */
export class CommandError extends Error {
  readonly data: DroverErrorData;

  constructor(data: DroverErrorData) {
    super(data.message);
    this.name = 'CommandError';
    this.data = data;
  }
}

export function failureLines(theme: Theme, error: DroverErrorData, columns: number): string[] {
  const width = Math.max(30, Math.min(columns, 110) - 10);
  const lines = wrap(visible(error.message), width).map(
    (line, i) => `  ${i ? ' ' : theme.block(theme.glyph.failed)} ${theme.strong(line)}`,
  );
  const place = whereText(error.where);
  if (place && !error.message.includes(error.where.table ?? place)) lines.push(...part(theme, 'where', place, width));
  if (error.cause) lines.push(...part(theme, 'why', error.cause, width));
  if (error.hint) lines.push(...part(theme, 'do', error.hint, width));
  if (error.command) lines.push(...part(theme, error.hint ? '' : 'do', error.command, width));
  lines.push(`    ${theme.quiet(error.code)}`);
  return lines;
}

function part(theme: Theme, label: string, text: string, columns: number): string[] {
  return wrap(visible(text), columns - 6).map((line, i) => `    ${theme.quiet((i ? '' : label).padEnd(6))}${line}`);
}

function whereText(where: DroverErrorData['where']): string {
  const name = [where.table, where.column].filter(Boolean).join('.');
  return [where.side, name].filter(Boolean).join(' ');
}

/** By shape, not by class: an error may come from another thread or bundle. */
function isDroverError(thrown: unknown): thrown is { readonly data: DroverErrorData } {
  if (!(thrown instanceof Error) || !('data' in thrown)) return false;
  const { data } = thrown;
  return typeof data === 'object' && data !== null && 'code' in data && 'message' in data && 'where' in data;
}
