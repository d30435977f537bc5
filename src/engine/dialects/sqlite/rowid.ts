// Rowids: the numbers of a table's rows, under which name they can be asked for, and which column they are.

import type { Database } from 'better-sqlite3';
import { quote } from './syntax.ts';

/**
 * The name under which a table's rowid can be asked for; null where there is none, as in views and WITHOUT ROWID tables.
 * SQLite says which a table is only by going through all of them.
 */
export function rowidName(db: Database, table: string): string | null {
  const columns = db.prepare('SELECT lower(name) FROM pragma_table_xinfo(?)').pluck().all(table) as string[];
  const name = ['rowid', '_rowid_', 'oid'].find((each) => !columns.includes(each));
  return name !== undefined && isTaken(db, `SELECT ${name} FROM main.${quote(table)}`) ? name : null;
}

function isTaken(db: Database, sql: string): boolean {
  try {
    db.prepare(sql);
    return true;
  } catch {
    return false;
  }
}

/** The column that is the rowid itself: always an integer, and stored nowhere else. Null where there is none. */
export function rowidAlias(db: Database, table: string): string | null {
  const keys = db.prepare('SELECT name, type FROM pragma_table_info(?) WHERE pk > 0').all(table) as {
    name: string;
    type: string;
  }[];
  const [key] = keys;
  if (keys.length !== 1 || key!.type.toUpperCase() !== 'INTEGER') return null;
  // INTEGER PRIMARY KEY DESC is none: such a key has an index of its own. So has that of a table without rowids.
  const indexed = db.prepare("SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'").get(table);
  return indexed === undefined ? key!.name : null;
}
