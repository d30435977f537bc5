// A sign of life while something takes longer than a moment; nothing where there is no terminal.

import { createLogUpdate } from 'log-update';
import { clock } from '../../shared/format.ts';
import { spin } from './bar.ts';
import type { Theme } from './theme.ts';

const AFTER_MS = 300;
const FRAME_MS = 100;

/** Shows the words with a clock until the work is done, then leaves no trace. */
export async function whileWaiting<T>(theme: Theme, words: string, work: Promise<T>): Promise<T> {
  if (!process.stderr.isTTY || process.env.CI) return work;
  const since = Date.now();
  const update = createLogUpdate(process.stderr);
  const timer = setInterval(() => {
    const now = Date.now();
    if (now - since < AFTER_MS) return;
    update(`  ${theme.accent(spin(theme, now))} ${words} ${theme.quiet(clock((now - since) / 1000))}`);
  }, FRAME_MS);
  try {
    return await work;
  } finally {
    clearInterval(timer);
    update.clear();
    update.done();
  }
}
