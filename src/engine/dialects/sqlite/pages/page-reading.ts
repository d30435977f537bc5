// What the readers of pages have in common: where a table lies, and how its pages come into a kernel's memory.

import { readSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import type { Kernel } from '../../../support/kernel.ts';
import { rowidAlias } from '../rowid.ts';
import type { PageFile } from './page-file.ts';
import type { Leaves } from './page-tree.ts';

/** As kernels/leaf-cells.ts has them: in a form, and in place of a column's number. */
export const REAL_AFFINITY = 0x80;
const ROWID_PLACE = 0xffff;

/** What kernels/leaf-cells.ts tells. */
export interface LeafCells extends Kernel {
  readonly MOST_COLUMNS: number;
  readonly FORMS: number;
  readonly PLACES: number;
  readonly PAGES: number;
  readonly PAGES_CAPACITY: number;
  readonly PAYLOAD: number;
  readonly PAYLOAD_CAPACITY: number;
  readonly DONE: number;
  readonly OVERFLOW: number;
  readonly page: number;
  readonly cell: number;
  readonly payloadSize: number;
  readonly localAt: number;
  readonly localSize: number;
  readonly overflowPage: number;
}

/** The first page of a table's tree; null where there is none. */
export function rootOf(db: Database, table: string): number | null {
  const root = db
    .prepare("SELECT rootpage FROM sqlite_schema WHERE type = 'table' AND name = ? COLLATE NOCASE")
    .pluck()
    .get(table) as number | undefined;
  return root || null;
}

/** Where each wanted column lies among those that are stored. */
export interface Places {
  readonly places: Uint16Array;
  /** The type that each declares. */
  readonly natives: readonly string[];
  /** So many columns of a record have to be looked at. */
  readonly stored: number;
}

/** Null where one is not stored: it is computed when it is read, or is none of the table. A key that is the rowid is no value. */
export function placesOf(db: Database, table: string, wanted: readonly string[]): Places | null {
  const all = db.prepare('SELECT name, type, hidden FROM pragma_table_xinfo(?)').all(table) as {
    readonly name: string;
    readonly type: string;
    readonly hidden: number;
  }[];
  const stored = all.filter(({ hidden }) => hidden !== VIRTUAL);
  const alias = rowidAlias(db, table);
  const found = wanted.map((name) => stored.findIndex((column) => folded(column.name) === folded(name)));
  if (found.includes(-1)) return null;
  const places = found.map((place) => (stored[place]!.name === alias ? ROWID_PLACE : place));
  return {
    places: Uint16Array.from(places),
    natives: found.map((place) => stored[place]!.type),
    stored: Math.max(0, ...places.filter((place) => place !== ROWID_PLACE).map((place) => place + 1)),
  };
}

const VIRTUAL = 2;

/** As SQLite takes names for equal: of letters beyond ASCII case matters. */
function folded(name: string): string {
  return name.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Throws RangeError where the file ends before them. */
export function loadPages(file: PageFile, { first, pages }: Leaves, bytes: Buffer, at: number): void {
  const { descriptor, pageSize } = file;
  const size = pages * pageSize;
  if (readSync(descriptor, bytes, at, size, (first - 1) * pageSize) !== size) {
    throw new RangeError('The file ends before its last page.');
  }
}

/**
 * Puts together at PAYLOAD the record at which a kernel stopped because it goes on in other pages. False where it is
 * longer than the memory for it. Throws RangeError where those pages lead nowhere.
 */
export function assemble(file: PageFile, exports: LeafCells, bytes: Buffer): boolean {
  const { payloadSize, localAt, localSize, PAYLOAD } = exports;
  if (payloadSize > exports.PAYLOAD_CAPACITY) return false;
  bytes.copy(bytes, PAYLOAD, localAt, localAt + localSize);
  const { descriptor, pageSize, reserved } = file;
  const each = pageSize - reserved - 4;
  const link = Buffer.allocUnsafe(4);
  let page = exports.overflowPage;
  for (let have = localSize; have < payloadSize; have += each) {
    const position = (page - 1) * pageSize;
    const size = Math.min(each, payloadSize - have);
    if (
      page === 0 ||
      readSync(descriptor, link, 0, 4, position) !== 4 ||
      readSync(descriptor, bytes, PAYLOAD + have, size, position + 4) !== size
    ) {
      throw new RangeError('A record goes on in a page that is not there.');
    }
    page = link.readUInt32BE(0);
  }
  return true;
}

/** What is no page of this format, or lies outside of the file or of the memory: others tell what is wrong with it. */
export function isStrange(error: unknown): boolean {
  // WebAssembly reached beyond its memory, or divided by zero.
  return error instanceof RangeError || (error instanceof Error && error.name === 'RuntimeError');
}
