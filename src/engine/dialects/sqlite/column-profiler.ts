// A column profile's questions in SQLite's words. The driver holds up its thread, so it is asked from a worker.

import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import type { Table } from '../../../shared/model/catalog.ts';
import {
  type ColumnProfiler,
  columnProfiler,
  firstRows,
  type ProfilerOptions,
  type Rows,
  stretches,
} from '../column-profiler.ts';
import { tooSlow } from '../sampling.ts';
import { askTexts, registerWords, wordsOf } from './column-words.ts';
import { openToRead } from './connection.ts';
import { guarded } from './errors.ts';
import { quote } from './syntax.ts';

export async function openProfiler(path: string, table: Table, options: ProfilerOptions): Promise<ColumnProfiler> {
  const db = openToRead(path, 'source');
  try {
    const watch = watchOf(db, table, options);
    const ask = async (sql: string): Promise<(string | null)[][]> =>
      guarded({ path, side: 'source', otherwise: 'inspect.failed', table: table.name }, () => {
        watch.begin();
        return askTexts(db, sql);
      });
    const from = `main.${quote(table.name)}`;
    const ends = table.withoutRowid ? null : await rowids(from, ask);
    const rows = (limit: number): Rows => {
      if (table.rowEstimate <= limit) return watched(from, watch.condition);
      return (ends && stretches('rowid', from, ends.least, ends.greatest, limit)) ?? firstRows(from, limit);
    };
    return columnProfiler({
      rows: rows(options.rows),
      few: rows,
      estimate: table.rowEstimate,
      quote,
      words: wordsOf,
      ask,
      async close() {
        db.close();
      },
    });
  } catch (error) {
    db.close();
    throw error;
  }
}

/** A subquery that SQLite flattens into the query around it: the condition is looked at with every row. */
function watched(from: string, condition: string): Rows {
  return { from: (column) => `(SELECT ${column} FROM ${from} WHERE ${condition}) AS watched`, method: null };
}

interface Watch {
  readonly condition: string;
  begin(): void;
}

/** SQLite knows no limit in time and no signal: a function that every thousandth row calls looks at both. */
function watchOf(db: Database, { name, withoutRowid }: Table, { seconds, stopped }: ProfilerOptions): Watch {
  let end = 0;
  db.function('drover_go_on', { directOnly: true }, () => {
    if (stopped()) throw new DroverError('run.cancelled', 'Nobody waits for the answer any more.');
    if (performance.now() > end) throw tooSlow(name, seconds);
    return 1;
  });
  registerWords(db);
  return {
    condition: withoutRowid ? 'drover_go_on()' : '(rowid & 1023 OR drover_go_on())',
    begin: () => {
      end = performance.now() + seconds * 1000;
    },
  };
}

async function rowids(from: string, ask: (sql: string) => Promise<(string | null)[][]>) {
  const [answer] = await ask(`SELECT (SELECT min(rowid) FROM ${from}), (SELECT max(rowid) FROM ${from})`);
  const [least, greatest] = answer ?? [];
  return least == null || greatest == null ? null : { least: BigInt(least), greatest: BigInt(greatest) };
}
