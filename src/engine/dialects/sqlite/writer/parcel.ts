// A parcel: rows in a small file of SQLite's format, written page by page without SQLite, which takes them over from there.
//
// To bind each value takes several times as long. The file lies beside the target, has no name any more as soon as SQLite has
// opened it (where the system allows that), and goes with the process. What a column's type, constraints and indexes make of
// a value is SQLite's work as always: the tables of a parcel have neither types nor keys, and rows come in by INSERT … SELECT.

import { closeSync, ftruncateSync, openSync, rmSync, writeSync } from 'node:fs';
import { threadId } from 'node:worker_threads';
import type Database from 'better-sqlite3';
import type { RowBatch } from '../../../pipeline/batch.ts';
import { besides, parcelBeside } from '../besides.ts';
import { isBusy } from '../errors.ts';
import { quote } from '../syntax.ts';
import type { Destination } from './bound-rows.ts';
import { openParcelKernel, PAGE_SIZE, type ParcelKernel } from './parcel-kernel.ts';
import { emptyParcel, PAGES_A_TABLE, PARCEL_WIDTHS, rootPage } from './parcel-pages.ts';

const SCHEMA = 'drover_parcel';
/** In the file's first page. */
const CHANGES = 24;
const CHANGES_AGAIN = 92;

/** What became of the rows of a batch. */
export interface Packed {
  /** So many were taken, of those that were left. */
  readonly rows: number;
  /** Where the first one begins that was not. */
  readonly next: number;
  /** Nothing more goes in before the next transaction; else the next row is not for a parcel. */
  readonly full: boolean;
}

interface ParcelFile {
  readonly file: number;
  /** To be deleted at the end, where a file keeps its name while it is open. */
  readonly left: string | null;
  /** So many columns fit. */
  readonly width: number;
  readonly roots: readonly number[];
  readonly firstPage: number;
}

let files = 0;

/**
 * A transaction sees each page as it first read it. So the file has several tables, whose pages are all different: each is
 * filled once in a transaction, or before it begins.
 */
export class Parcel {
  readonly #db: Database.Database;
  readonly #file: number;
  readonly #left: string | null;
  readonly #kernel: ParcelKernel = openParcelKernel();
  readonly #roots: readonly number[];
  readonly #firstPage: number;
  readonly width: number;
  #transactions = 1;
  #destination: Destination = { into: '', columns: [] };
  /** The table that is being filled; those from `#handedOver` on, up to it, are full. */
  #table = 0;
  #handedOver = 0;
  #page = 0;
  /** Of the table: the last number of a row in each page. */
  #lasts: number[] = [];

  private constructor(db: Database.Database, { file, left, width, roots, firstPage }: ParcelFile) {
    this.#db = db;
    this.#file = file;
    this.#left = left;
    this.#roots = roots;
    this.#firstPage = firstPage;
    this.width = width;
  }

  /**
   * Outside of a transaction. Null where there can be no such file, or it can't be read beside this database. Throws SQLite's error while that is
   * locked. To be closed.
   */
  static attach(db: Database.Database, path: string, columns: number): Parcel | null {
    const width = PARCEL_WIDTHS.find((each) => columns <= each);
    if (width === undefined || columns === 0) return null;
    const name = besides(parcelBeside(path), `${threadId}-${++files}`);
    let file: number | null = null;
    try {
      file = openSync(name, 'wx', 0o600);
      const { bytes, roots, firstPage, size } = emptyParcel(width);
      writeSync(file, bytes);
      ftruncateSync(file, size);
      db.prepare(`ATTACH ? AS ${SCHEMA}`).run(name);
      db.pragma(`${SCHEMA}.cache_size = -1024`);
      db.prepare(`SELECT count(*) FROM ${SCHEMA}.sqlite_schema`).get();
      return new Parcel(db, { file, left: isDeleted(name) ? null : name, width, roots, firstPage });
    } catch (thrown) {
      if (file !== null) closeSync(file);
      rmSync(name, { force: true });
      // It may have had to look into the database beside it, which somebody writes just now.
      if (isBusy(thrown)) throw thrown;
      return null;
    }
  }

  /** Outside of a transaction. */
  detach(): void {
    this.#db.exec(`DETACH ${SCHEMA}`);
    this.close();
  }

  /** The connection is closed, or will be. */
  close(): void {
    closeSync(this.#file);
    if (this.#left !== null) rmSync(this.#left, { force: true });
  }

  /** For a transaction that has read nothing of it yet, or has not begun. `forms`: how each column is stored, as of parcel-kernel.ts. */
  begin(destination: Destination, forms: Uint8Array): void {
    this.#destination = destination;
    const { exports, bytes } = this.#kernel;
    bytes.set(forms, exports.FORMS);
    this.#table = 0;
    this.#handedOver = 0;
    this.#page = this.#firstPage;
    this.#empty();
    // By this SQLite notices that what it remembers of the pages holds no longer.
    const changes = Buffer.alloc(4);
    changes.writeUInt32BE(++this.#transactions);
    for (const position of [CHANGES, CHANGES_AGAIN]) writeSync(this.#file, changes, 0, 4, position);
  }

  /** Copies a batch. False where it is too long. */
  take({ bytes, length }: RowBatch): boolean {
    const { exports, bytes: memory } = this.#kernel;
    if (length > exports.BATCH_CAPACITY) return false;
    bytes.copy(memory, exports.BATCH, 0, length);
    return true;
  }

  /** Packs up to `most` rows of the batch that was taken last, from `start` on. */
  pack(start: number, most: number): Packed {
    const { exports } = this.#kernel;
    let rows = 0;
    let next = start;
    while (this.#table < this.#roots.length) {
      const why = exports.add(next, most - rows, this.#destination.columns.length);
      rows += exports.rows;
      next = exports.next;
      if (why !== exports.FULL) return { rows, next, full: false };
      this.#write();
      if (this.#lasts.length + exports.PAGES > PAGES_A_TABLE) this.#close();
    }
    return { rows, next, full: true };
  }

  /** Inside of the transaction: has SQLite insert what was packed, and tells of each table how many rows those were. */
  *handOver(): Generator<number> {
    this.#close();
    const { into, columns } = this.#destination;
    const selected = columns.map((_, i) => `c${i}`).join(', ');
    for (; this.#handedOver < this.#table; this.#handedOver++) {
      const from = `${SCHEMA}.t${this.#handedOver}`;
      const sql = `INSERT INTO ${into} (${columns.map(quote).join(', ')}) SELECT ${selected} FROM ${from}`;
      yield this.#db.prepare(sql).run().changes;
    }
  }

  /** What comes next goes into another table. */
  #close(): void {
    const { exports, bytes } = this.#kernel;
    exports.finish();
    if (exports.page === 0 && this.#lasts.length === 0) return;
    const root = this.#roots[this.#table]!;
    if (exports.page === 1 && this.#lasts.length === 0) {
      this.#writeAt(root, bytes.subarray(exports.OUT, exports.OUT + PAGE_SIZE));
    } else {
      this.#write();
      this.#writeAt(root, rootPage(this.#page - this.#lasts.length, this.#lasts));
    }
    this.#table++;
    this.#empty();
  }

  #empty(): void {
    this.#lasts = [];
    this.#kernel.exports.begin();
  }

  /** The pages of the kernel, one behind the other. */
  #write(): void {
    const { exports, bytes } = this.#kernel;
    const { page: pages, OUT, LASTS } = exports;
    this.#writeAt(this.#page, bytes.subarray(OUT, OUT + pages * PAGE_SIZE));
    for (let i = 0; i < pages; i++) this.#lasts.push(bytes.readUInt32LE(LASTS + 4 * i));
    this.#page += pages;
    exports.emptied();
  }

  #writeAt(page: number, bytes: Buffer): void {
    const position = (page - 1) * PAGE_SIZE;
    for (let done = 0; done < bytes.length; ) {
      done += writeSync(this.#file, bytes, done, bytes.length - done, position + done);
    }
  }
}

function isDeleted(name: string): boolean {
  try {
    rmSync(name);
    return true;
  } catch {
    return false;
  }
}
