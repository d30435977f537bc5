// Ends for statements that look at rows, by time or on word: SQLite itself has none, and its driver hears nobody meanwhile.

import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import { isStopped, type StopFlag } from '../../support/stop-flag.ts';
import { SAMPLE_SECONDS, tooSlow } from '../sampling.ts';
import { askTexts, registerWords } from './column-words.ts';
import { IN_TIME } from './syntax.ts';

/** A condition that every row meets until time is up; then the statement ends with `inspect.too-slow`. */
export function inTime(db: Database, table: string, seconds = SAMPLE_SECONDS): string {
  const end = performance.now() + seconds * 1000;
  db.function('drover_in_time', { directOnly: true }, () => {
    if (performance.now() > end) throw tooSlow(table);
    return 1;
  });
  return IN_TIME;
}

/** The rows of a SELECT that names the condition; null where time was up. */
export function rowsWithin(db: Database, seconds: number, sql: string): (string | null)[][] | null {
  registerWords(db);
  inTime(db, 'a table', seconds);
  try {
    return askTexts(db, sql);
  } catch (thrown) {
    if (thrown instanceof DroverError && thrown.code === 'inspect.too-slow') return null;
    throw thrown;
  }
}

/** A condition that every row meets until the flag is raised; then the statement fails. */
export function untilStopped(db: Database, stop: StopFlag): string {
  db.function('drover_still_asked', { directOnly: true }, () => {
    if (isStopped(stop)) throw new Error('nobody waits for the answer');
    return 1;
  });
  return 'drover_still_asked()';
}
