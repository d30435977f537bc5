// What a scan needs to know of its table, and the conditions of its range and filter.

import type { Database } from 'better-sqlite3';
import type { Scan } from '../reading.ts';
import type { TableName } from '../session.ts';
import { inTime } from './deadline.ts';
import { physicalName } from './names.ts';
import { rowidAlias, rowidName } from './rowid.ts';
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
  if (rowid !== null && rowidAlias(db, name)?.toLowerCase() === range.column.toLowerCase()) {
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
