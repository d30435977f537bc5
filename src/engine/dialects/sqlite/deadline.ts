// A limit in time for statements that look at rows: SQLite itself has none.

import type { Database } from 'better-sqlite3';
import { SAMPLE_SECONDS, tooSlow } from '../sampling.ts';

/** A condition that every row meets until time is up; then the statement ends with `inspect.too-slow`. */
export function inTime(db: Database, table: string): string {
  const end = performance.now() + SAMPLE_SECONDS * 1000;
  db.function('drover_in_time', { directOnly: true }, () => {
    if (performance.now() > end) throw tooSlow(table);
    return 1;
  });
  return 'drover_in_time()';
}
