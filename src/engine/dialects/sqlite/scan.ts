// What a scan needs to know of its table, and the conditions of its range and filter.

import type { Database } from 'better-sqlite3';
import type { Scan } from '../reading.ts';
import type { TableName } from '../session.ts';
import { inTime } from './deadline.ts';
import { physicalName } from './names.ts';
import { condition, quote } from './syntax.ts';

export const LEAST_ROWID = -(2n ** 63n);
export const GREATEST_ROWID = 2n ** 63n - 1n;

/** Above `after`, up to and including `upto`; null is unbounded. */
export interface RowidRange {
  readonly after: bigint | null;
  readonly upto: bigint | null;
}

export interface ScanPlan {
  readonly scan: Scan;
  /** `main."orders"`. */
  readonly from: string;
  /** The name under which the rowid can be asked for; null where there is none. */
  readonly rowid: string | null;
  /** The range is one of rowids: bounds for paging. Null where another column bounds it. */
  readonly rowids: RowidRange | null;
  /** Filter, and a range that is not one of rowids. */
  readonly conditions: readonly string[];
  readonly parameters: readonly bigint[];
}

export function planScan(db: Database, scan: Scan): ScanPlan {
  const name = physicalName(scan.table);
  const rowid = scan.table.query === undefined ? rowidName(db, name) : null;
  const conditions = scan.filter === null ? [] : [condition(scan.filter, scan.table.name)];
  if (scan.filter !== null && scan.glance) conditions.unshift(inTime(db, scan.table.name));
  const parameters: bigint[] = [];
  const { range } = scan;
  const from = reference(scan.table);
  if (range.kind === 'all') {
    return { scan, from, rowid, rowids: { after: null, upto: null }, conditions, parameters };
  }
  const after = range.after === null ? null : BigInt(range.after);
  const upto = range.upto === null ? null : BigInt(range.upto);
  if (rowid !== null && isAlias(db, name, range.column)) {
    return { scan, from, rowid, rowids: { after, upto }, conditions, parameters };
  }
  const column = quote(range.column);
  if (after !== null) {
    conditions.push(`${column} > ?`);
    parameters.push(after);
  }
  if (upto !== null) {
    // SQLite lets NULL into keys; it belongs to the first chunk.
    conditions.push(after === null ? `(${column} <= ? OR ${column} IS NULL)` : `${column} <= ?`);
    parameters.push(upto);
  }
  return { scan, from, rowid, rowids: null, conditions, parameters };
}

/** `main."orders"`, or a SELECT in its place. */
export function reference(table: TableName): string {
  return table.query === undefined ? `main.${quote(physicalName(table))}` : `(${table.query}) AS ${quote(table.name)}`;
}

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

function isAlias(db: Database, table: string, column: string): boolean {
  const keys = db.prepare('SELECT name, type FROM pragma_table_info(?) WHERE pk > 0').all(table) as {
    name: string;
    type: string;
  }[];
  const [key] = keys;
  if (keys.length !== 1 || key!.type.toUpperCase() !== 'INTEGER') return false;
  const indexed = db.prepare("SELECT 1 FROM pragma_index_list(?) WHERE origin = 'pk'").get(table);
  return indexed === undefined && key!.name.toLowerCase() === column.toLowerCase();
}
