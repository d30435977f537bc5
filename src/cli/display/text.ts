// Text in columns: what a name looks like, how wide it is, and tables whose figures stand under each other.

import { stripVTControlCharacters } from 'node:util';
import type { Theme } from './theme.ts';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const wide =
  /^(?:\p{Emoji_Presentation}|[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6])/u;
const printableAscii = /^[\x20-\x7e]*$/;

/** Names come from databases: control characters, which could steer the terminal, are shown and not sent. */
export function visible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what this function is about
  return text.replace(/[\u0000-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g, (character) => {
    const code = character.charCodeAt(0);
    return code < 0x20 ? String.fromCharCode(0x2400 + code) : `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Columns that a terminal needs for a text; styles take none. */
export function width(text: string): number {
  const plain = stripVTControlCharacters(text);
  if (printableAscii.test(plain)) return plain.length;
  let columns = 0;
  for (const { segment } of graphemes.segment(plain)) columns += wide.test(segment) ? 2 : 1;
  return columns;
}

export function padEnd(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - width(text)));
}

export function padStart(text: string, columns: number): string {
  return ' '.repeat(Math.max(0, columns - width(text))) + text;
}

/** Cuts a text without styles to so many columns, with an ellipsis where something is lost. */
export function shorten(text: string, columns: number, ellipsis = '…'): string {
  if (width(text) <= columns) return text;
  let kept = '';
  let used = width(ellipsis);
  for (const { segment } of graphemes.segment(text)) {
    used += width(segment);
    if (used > columns) break;
    kept += segment;
  }
  return kept + ellipsis;
}

/** Breaks a text without styles into lines of at most so many columns, at blanks where there are any. */
export function wrap(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line === '') line = word;
    else if (width(line) + 1 + width(word) <= columns) line += ` ${word}`;
    else {
      lines.push(line);
      line = word;
    }
  }
  return [...lines, line];
}

export interface ColumnStyle {
  readonly title: string;
  readonly align?: 'left' | 'right';
  readonly style?: (text: string) => string;
  /** This column gives way when the table is wider than the terminal. */
  readonly elastic?: boolean;
}

/** Lines of a table: quiet titles, two blanks between columns, no rules. Cells hold no styles of their own. */
export function columns(
  theme: Theme,
  styles: readonly ColumnStyle[],
  rows: readonly (readonly string[])[],
  terminalWidth = Number.POSITIVE_INFINITY,
): string[] {
  const widths = styles.map(({ title }, i) => Math.max(width(title), ...rows.map((row) => width(row[i] ?? ''))));
  const elastic = styles.findIndex((style) => style.elastic);
  const excess = widths.reduce((sum, each) => sum + each + 2, 0) - terminalWidth;
  if (elastic >= 0 && excess > 0) widths[elastic] = Math.max(8, widths[elastic]! - excess);

  const cell = (text: string, i: number, style: (text: string) => string) => {
    const cut = shorten(text, widths[i]!, theme.glyph.ellipsis);
    const styled = cut === '' ? '' : style(cut);
    if (styles[i]!.align === 'right') return padStart(styled, widths[i]!);
    return i === styles.length - 1 ? styled : padEnd(styled, widths[i]!);
  };
  const plain = (text: string) => text;
  const title = styles.map((style, i) => cell(style.title, i, theme.quiet)).join('  ');
  const body = rows.map((row) => styles.map((style, i) => cell(row[i] ?? '', i, style.style ?? plain)).join('  '));
  return [title, ...body].map((line) => line.trimEnd());
}
