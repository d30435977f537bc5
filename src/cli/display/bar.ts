// Things that move: bars and spinners.

import { width } from './text.ts';
import type { Theme } from './theme.ts';

/** The filled part and the rest, together so many columns wide; half a column is the finest step. */
export function progressBar(theme: Theme, fraction: number, columns: number): { full: string; empty: string } {
  const halves = Math.floor(fraction * columns * 2);
  const full = theme.glyph.full.repeat(Math.floor(halves / 2)) + (halves % 2 ? theme.glyph.half : '');
  return { full, empty: theme.glyph.empty.repeat(columns - width(full)) };
}

/** Turns ten times a second; backwards when steps are being undone. */
export function spin(theme: Theme, now: number, direction: 1 | -1 = 1): string {
  const frames = theme.glyph.spinner;
  const turn = Math.floor(now / 100) % frames.length;
  return frames[direction === 1 ? turn : frames.length - 1 - turn]!;
}
