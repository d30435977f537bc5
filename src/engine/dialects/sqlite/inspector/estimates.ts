// How many rows and bytes: counted in small files, taken from the statistics in large ones.

import { statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Breathe } from '../../../support/breath.ts';
import { quote } from '../syntax.ts';
import type { ObjectRow, TableRow } from './rows.ts';

/** Counting reads every page of the table's smallest index: at this size still well under a second. */
const COUNTED_BYTES = 256 * 1024 * 1024;

interface Stored {
  /** Of a table or an index. */
  readonly name: string;
  readonly bytes: number;
}

export function isSmall(db: Database): boolean {
  const pages = Number(db.pragma('page_count', { simple: true }));
  return pages * Number(db.pragma('page_size', { simple: true })) < COUNTED_BYTES;
}

export async function rowEstimates(
  db: Database,
  tables: readonly TableRow[],
  small: boolean,
  breathe: Breathe,
): Promise<Map<string, number>> {
  const statistics = small ? new Map<string, number>() : fromStatistics(db);
  const estimates = new Map<string, number>();
  for (const table of tables) {
    await breathe();
    const known = statistics.get(table.name.toLowerCase());
    // Only a table without rowid and without statistics must be counted whatever it takes.
    estimates.set(table.name, known ?? (small || table.wr ? count(db, table.name) : highestRowid(db, table.name)));
  }
  return estimates;
}

/** Bytes with indexes; empty where SQLite was built without dbstat, or where asking would read a large file. */
export function sizes(
  db: Database,
  objects: readonly Pick<ObjectRow, 'name' | 'tbl_name'>[],
  small: boolean,
): Map<string, number> {
  if (!small) return new Map();
  try {
    const stored = storedIn(db);
    // Joined here: as a join in SQL, sqlite_schema would be searched through for every row of dbstat.
    const tables = new Map(objects.map(({ name, tbl_name: table }) => [name, table]));
    const bytes = new Map<string, number>();
    for (const each of stored) {
      const table = tables.get(each.name) ?? each.name;
      bytes.set(table, (bytes.get(table) ?? 0) + each.bytes);
    }
    return bytes;
  } catch {
    return new Map();
  }
}

/** What was last asked for, and of which state of which file: mapping, planning and running ask in a row. */
let last: { readonly state: string; readonly stored: readonly Stored[] } | null = null;

/** It reads the whole file, unless that stands as it did a moment ago. */
function storedIn(db: Database): readonly Stored[] {
  const state = stateOf(db);
  if (state !== null && last?.state === state) return last.stored;
  const stored = db.prepare("SELECT name, pgsize AS bytes FROM dbstat('main', 1)").all() as Stored[];
  last = state === null ? null : { state, stored };
  return stored;
}

/** Null where nobody can tell: in memory, or in the midst of a transaction. */
function stateOf(db: Database): string | null {
  if (db.memory || db.inTransaction) return null;
  const parts = [db.name, `${db.name}-wal`].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return [db.name, ...parts.map((file) => (file ? `${file.ino}.${file.size}.${file.mtimeNs}` : '-'))].join(' ');
}

function fromStatistics(db: Database): Map<string, number> {
  const has = db.prepare("SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_stat1'").get();
  if (!has) return new Map();
  const rows = db.prepare('SELECT tbl, max(CAST(stat AS INTEGER)) AS rows FROM sqlite_stat1 GROUP BY tbl').all() as {
    tbl: string;
    rows: number | null;
  }[];
  return new Map(rows.map(({ tbl, rows: estimate }) => [tbl.toLowerCase(), estimate ?? 0]));
}

function count(db: Database, table: string): number {
  return Number(
    db
      .prepare(`SELECT count(*) FROM main.${quote(table)}`)
      .pluck()
      .get(),
  );
}

function highestRowid(db: Database, table: string): number {
  try {
    const highest = db
      .prepare(
        `SELECT (SELECT max(rowid) FROM main.${quote(table)}) - (SELECT min(rowid) FROM main.${quote(table)}) + 1`,
      )
      .pluck()
      .get();
    return Math.max(0, Number(highest ?? 0));
  } catch {
    // A column of that name hides the rowid, and holds anything.
    return count(db, table);
  }
}
