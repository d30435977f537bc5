// The fastest way to read rows of a file: from its pages, without SQLite in between.
//
// A value whose form needs judgement stops it at its row, which the row lane reads; what it can't make sense of ends it, and
// the group lane reads the rest, which then tells what is wrong with the file.

import type { Database } from 'better-sqlite3';
import { BATCH_BYTES, type BatchWriter } from '../../../pipeline/batch.ts';
import { physicalName } from '../names.ts';
import { GREATEST_ROWID, LEAST_ROWID, type RowidRange, type ScanPlan } from '../scan.ts';
import { formOf, leafPages } from './leaf-pages-kernel.ts';
import type { PageFile } from './page-file.ts';
import { assemble, isStrange, loadPages, type Places, placesOf, rootOf } from './page-reading.ts';
import { type Leaves, leavesOf } from './page-tree.ts';

/** What a call came to: rows were written, or there are none; one row is left to the row lane; the rest to others. */
export type PagesRead = 'rows' | 'end' | { readonly misfit: bigint } | 'strange';

/** A row in a batch: it is the last one there. */
export interface Sample {
  readonly rowid: bigint;
  /** Where its fields begin. */
  readonly start: number;
}

interface Columns extends Places {
  readonly forms: Uint8Array;
}

export class PageLane {
  readonly #file: PageFile;
  readonly #columns: Columns;
  readonly #runs: Iterator<Leaves>;
  readonly #upto: bigint;
  #from: bigint;
  #run: Leaves | null = null;
  #page = 0;
  #cell = 0;
  #sample: Sample | null = null;

  private constructor(file: PageFile, root: number, columns: Columns, { after, upto }: RowidRange) {
    this.#file = file;
    this.#columns = columns;
    this.#from = after === null ? LEAST_ROWID : after + 1n;
    this.#upto = upto ?? GREATEST_ROWID;
    const most = Math.floor(leafPages().exports.PAGES_CAPACITY / file.pageSize);
    this.#runs = leavesOf(file, root, { from: this.#from, upto: this.#upto }, most);
  }

  /** Null where the table, or a wanted form, does not allow it. */
  static open(db: Database, file: PageFile, { scan, rowid, rowids, conditions }: ScanPlan): PageLane | null {
    if (rowid === null || rowids === null || scan.order?.length || conditions.length > 0) return null;
    if (scan.columns.length > leafPages().exports.MOST_COLUMNS) return null;
    if (db.pragma('encoding', { simple: true }) !== 'UTF-8') return null;
    const name = physicalName(scan.table);
    const columns = columnsOf(db, name, scan.columns);
    if (columns === null || !file.hold()) return null;
    try {
      const root = rootOf(db, name);
      return root ? new PageLane(file, root, columns, rowids) : null;
    } finally {
      file.release();
    }
  }

  /** A row of the last call that read some pages to their end: for whoever wants to ask SQLite for the same. */
  get sample(): Sample | null {
    return this.#sample;
  }

  /** Since the first look nobody has changed the file. */
  get isUnchanged(): boolean {
    const held = this.#file.hold();
    if (held) this.#file.release();
    return held;
  }

  /** What has not been read. */
  get rest(): RowidRange {
    return { after: this.#from === LEAST_ROWID ? null : this.#from - 1n, upto: this.#upto };
  }

  /** Appends rows to `out`. */
  read(out: BatchWriter): PagesRead {
    if (!this.#file.hold()) return 'strange';
    try {
      return this.#read(out);
    } catch (error) {
      if (isStrange(error)) return 'strange';
      throw error;
    } finally {
      this.#file.release();
    }
  }

  #read(out: BatchWriter): PagesRead {
    this.#sample = null;
    this.#run ??= this.#nextRun();
    if (!this.#run) return 'end';
    const kernel = this.#loaded(this.#run);
    const { exports, bytes } = kernel;
    const { pageSize, reserved } = this.#file;
    const { pages } = this.#run;
    const { forms, stored } = this.#columns;
    const why = exports.decode(
      pages,
      pageSize,
      reserved,
      this.#page,
      this.#cell,
      this.#from,
      this.#upto,
      forms.length,
      stored,
      Math.max(1, BATCH_BYTES - out.length),
    );
    const began = out.length;
    out.bytesOf(bytes, exports.OUT, exports.OUT + exports.length);
    out.rows += exports.rows;
    this.#page = exports.page;
    this.#cell = exports.cell;
    switch (why) {
      case exports.DONE:
        if (exports.rows > 0) {
          this.#from = exports.lastRowid + 1n;
          this.#sample = { rowid: exports.lastRowid, start: began + exports.lastRow };
        }
        this.#run = null;
        return 'rows';
      case exports.FULL:
        this.#from = exports.rowid;
        return 'rows';
      case exports.MISFIT:
        return this.#leave(exports.rowid);
      case exports.OVERFLOW:
        return this.#overflowing(out);
      default:
        return 'strange';
    }
  }

  /** The row at which decoding stopped goes on in other pages. */
  #overflowing(out: BatchWriter): PagesRead {
    const { exports, bytes } = leafPages();
    const { rowid, payloadSize } = exports;
    if (!assemble(this.#file, exports, bytes) || exports.decodePayload(payloadSize) !== exports.DONE) {
      return this.#leave(rowid);
    }
    out.bytesOf(bytes, exports.OUT, exports.OUT + exports.length);
    out.rows += exports.rows;
    this.#from = rowid + 1n;
    this.#cell++;
    return 'rows';
  }

  #leave(rowid: bigint): PagesRead {
    this.#from = rowid + 1n;
    this.#cell++;
    return { misfit: rowid };
  }

  #nextRun(): Leaves | null {
    const next = this.#runs.next();
    this.#page = 0;
    this.#cell = 0;
    leafPages().owner = null;
    return next.done ? null : next.value;
  }

  /** The kernel with the pages of the run, and with what it has to know of the columns. */
  #loaded(run: Leaves): ReturnType<typeof leafPages> {
    const kernel = leafPages();
    if (kernel.owner === this) return kernel;
    const { exports, bytes } = kernel;
    loadPages(this.#file, run, bytes, exports.PAGES);
    bytes.set(this.#columns.forms, exports.FORMS);
    bytes.set(new Uint8Array(this.#columns.places.buffer), exports.PLACES);
    kernel.owner = this;
    return kernel;
  }
}

function columnsOf(db: Database, table: string, wanted: ScanPlan['scan']['columns']): Columns | null {
  const forms = wanted.map(({ native, logical }) => formOf(native, logical));
  const names = wanted.map(({ name }) => name);
  const places = forms.includes(null) ? null : placesOf(db, table, names);
  return places && { ...places, forms: Uint8Array.from(forms as number[]) };
}
