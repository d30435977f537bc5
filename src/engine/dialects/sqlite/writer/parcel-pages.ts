// The pages of a parcel that are not rows: those of an empty one, as SQLite writes them, and the root of a table.

import Database from 'better-sqlite3';
import { PAGE_SIZE } from './parcel-kernel.ts';

/** Columns of the tables: SQLite reads all their names, so that few are declared where few are needed. */
export const PARCEL_WIDTHS = [64, 2000] as const;
const TABLES = 31;
export const PAGES_A_TABLE = 128;

/** In the first page: how many pages the file has. */
const PAGES = 28;

interface EmptyParcel {
  readonly bytes: Buffer;
  /** Of each table t0, t1, … with columns c0, c1, … */
  readonly roots: readonly number[];
  /** Behind those that are there already. */
  readonly firstPage: number;
  /** So many bytes it may have, most of which are holes. */
  readonly size: number;
}

export function emptyParcel(width: number): EmptyParcel {
  const db = new Database(':memory:');
  try {
    db.pragma(`page_size = ${PAGE_SIZE}`);
    const columns = Array.from({ length: width }, (_, i) => `c${i}`).join(',');
    db.exec(`BEGIN; ${Array.from({ length: TABLES }, (_, i) => `CREATE TABLE t${i}(${columns});`).join('')} COMMIT`);
    const roots = db.prepare('SELECT rootpage FROM sqlite_schema ORDER BY rowid').pluck().all() as number[];
    const bytes = db.serialize();
    const pages = bytes.length / PAGE_SIZE;
    const most = pages + TABLES * PAGES_A_TABLE;
    bytes.writeUInt32BE(most, PAGES);
    return { bytes, roots, firstPage: pages + 1, size: most * PAGE_SIZE };
  } finally {
    db.close();
  }
}

const INTERIOR = 5;
const HEADER = 12;

/** Of a table whose leaves lie from page `first` on; `lasts` are the last rows of each, and there are at least two. */
export function rootPage(first: number, lasts: readonly number[]): Buffer {
  const bytes = Buffer.alloc(PAGE_SIZE);
  const cells = lasts.length - 1;
  let content = PAGE_SIZE;
  for (let i = 0; i < cells; i++) {
    const key = varint(lasts[i]!);
    content -= 4 + key.length;
    bytes.writeUInt32BE(first + i, content);
    bytes.set(key, content + 4);
    bytes.writeUInt16BE(content, HEADER + 2 * i);
  }
  bytes[0] = INTERIOR;
  bytes.writeUInt16BE(cells, 3);
  bytes.writeUInt16BE(content, 5);
  bytes.writeUInt32BE(first + cells, 8);
  return bytes;
}

function varint(number: number): number[] {
  const bytes = [number & 0x7f];
  for (let rest = number >>> 7; rest > 0; rest >>>= 7) bytes.unshift((rest & 0x7f) | 0x80);
  return bytes;
}
