// The fast way to read rows: SQLite writes some hundred of them as one text, and this file cuts it into fields.
//
// Every field ends with U+001F, or is U+001E alone for NULL. A value that holds one of these, and a value of an
// unexpected storage class, make one end too many: the count of ends then differs from rows × columns, and the group
// is read again by the row lane. So a wrong cut can't go unnoticed.

import { isUtf8 } from 'node:buffer';
import type { Database, Statement } from 'better-sqlite3';
import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { ReadColumn } from '../../../../shared/model/plan.ts';
import type { BatchWriter } from '../../../pipeline/batch.ts';
import { GREATEST_ROWID, LEAST_ROWID, type RowidRange, type ScanPlan } from '../scan.ts';
import { quote } from '../syntax.ts';
import { type Affinity, affinityOf } from '../type-parse.ts';
import { type Finisher, finisherFor } from './finishers.ts';

const END = 0x1f;
const NULL_END = 0x1e;
const MISFIT = "x'1f1f'";

/** Longer rows are left to the row lane, so that a group stays small in memory. */
const LONGEST_ROW = 64 * 1024;
const GROUP_BYTES = 128 * 1024;
const SMALLEST_GROUP = 16;
const FIRST_GROUP = 64;
const LARGEST_GROUP = 1024;

/** SQLite takes 1,000 arguments to a function, and its own concat() is one. */
const MAX_COLUMNS = 500;

export interface Group {
  readonly range: RowidRange;
  /** False: the group must be read by the row lane; nothing was written. */
  readonly taken: boolean;
}

/** Whether the table and the wanted forms allow it at all. */
export function groupable(db: Database, { rowid, rowids, scan }: ScanPlan): boolean {
  if (rowid === null || rowids === null || scan.order?.length || scan.columns.length > MAX_COLUMNS) return false;
  if (scan.columns.some(({ logical }) => logical.kind === 'binary')) return false;
  return db.pragma('encoding', { simple: true }) === 'UTF-8';
}

export class GroupLane {
  readonly #next: Statement;
  readonly #upto: bigint;
  readonly #parameters: readonly bigint[];
  readonly #finishers: readonly (Finisher | null)[];
  readonly #columns: number;
  #from: bigint;
  #size = FIRST_GROUP;

  /** Of the rowids of the range. */
  constructor(db: Database, { scan, from, rowid, conditions, parameters }: ScanPlan, { after, upto }: RowidRange) {
    const row = `concat(${scan.columns.map(fieldSql).join(', ')})`;
    // More ends than the row has columns: one too few might make up for one too many elsewhere.
    const tooLong = `x'${'1f'.repeat(scan.columns.length + 1)}'`;
    const where = [`${rowid} >= ?`, `${rowid} <= ?`, ...conditions].join(' AND ');
    this.#next = db
      .prepare(
        `SELECT max(k), count(*), CAST(group_concat(iif(octet_length(r) < ${LONGEST_ROW}, r, ${tooLong}), '') AS BLOB)
         FROM (SELECT ${rowid} AS k, ${row} AS r FROM ${from} WHERE ${where} ORDER BY ${rowid} LIMIT ?)`,
      )
      .raw()
      .safeIntegers();
    this.#parameters = parameters;
    this.#from = after === null ? LEAST_ROWID : after + 1n;
    this.#upto = upto ?? GREATEST_ROWID;
    this.#finishers = scan.columns.map((column) => finisherFor(column.logical));
    this.#columns = scan.columns.length;
  }

  /** The next group, or null behind the last. */
  read(out: BatchWriter): Group | null {
    const from = this.#from;
    if (from > this.#upto) return null;
    const [last, count, bytes] = this.#next.get(from, this.#upto, ...this.#parameters, BigInt(this.#size)) as [
      bigint | null,
      bigint,
      Buffer | null,
    ];
    if (last === null || bytes === null) return null;
    this.#from = last + 1n;
    const taken = this.#cut(bytes, Number(count), out);
    // What was refused may have been long: its bytes are not among these.
    if (!taken) this.#size = Math.min(this.#size, FIRST_GROUP);
    else if (bytes.length > 2 * GROUP_BYTES) this.#size = Math.max(SMALLEST_GROUP, this.#size >> 1);
    else if (bytes.length < GROUP_BYTES / 2) this.#size = Math.min(LARGEST_GROUP, this.#size << 1);
    return { range: { after: from === LEAST_ROWID ? null : from - 1n, upto: last }, taken };
  }

  /** What no group has been read of yet. */
  get rest(): RowidRange {
    return { after: this.#from === LEAST_ROWID ? null : this.#from - 1n, upto: this.#upto };
  }

  #cut(from: Buffer, rows: number, out: BatchWriter): boolean {
    const fields = rows * this.#columns;
    const began = out.length;
    // A field takes its bytes, a length in front, or 8 bytes for a float of one digit.
    out.reserve(from.length + fields * 12);
    const to = out.bytes;
    const end = from.length;
    let at = 0;
    let write = began;
    let column = 0;
    let seen = 0;
    while (at < end) {
      if (seen === fields) return false;
      const start = write + 4;
      let put = start;
      let byte = from[at++]!;
      while ((byte | 1) !== END) {
        to[put++] = byte;
        byte = from[at++]!;
      }
      if (byte === NULL_END) {
        for (; write < start; write++) to[write] = 0xff;
      } else {
        const finish = this.#finishers[column]!;
        if (finish) {
          put = finish(to, start, put);
          if (put < 0) return false;
        }
        const size = put - start;
        to[write] = size >>> 24;
        to[write + 1] = (size >>> 16) & 0xff;
        to[write + 2] = (size >>> 8) & 0xff;
        to[write + 3] = size & 0xff;
        write = put;
      }
      seen++;
      if (++column === this.#columns) column = 0;
    }
    if (seen !== fields || !isUtf8(from)) return false;
    out.length = write;
    out.rows += rows;
    return true;
  }
}

function fieldSql({ name, native, logical }: ReadColumn): string {
  const c = quote(name);
  return `CASE WHEN ${expected(c, logical, affinityOf(native))} THEN ${c} || ${endOf(c, logical)} WHEN ${c} IS NULL THEN x'1e' ELSE ${MISFIT} END`;
}

/** SQLite may write more digits of a real than the shortest that mean the same double, so decimals carry a mark. */
function endOf(c: string, { kind }: LogicalType): string {
  return kind === 'decimal' ? `iif(typeof(${c}) = 'real', x'721f', x'741f')` : "x'1f'";
}

/**
 * The storage class in which the value, as SQLite itself writes it, is the batch's form or near to it. NULL < numbers <
 * texts < blobs: to compare costs a fifth of asking typeof(). The plus takes the affinity away, and with it any change
 * of the value before it is compared. What else a value must be, its finisher sees.
 */
function expected(c: string, { kind }: LogicalType, affinity: Affinity): string {
  const value = `+${c} COLLATE BINARY`;
  switch (kind) {
    case 'boolean':
    case 'integer':
      return `${value} < ''`;
    case 'float':
      return `typeof(${c}) = 'real'`;
    case 'decimal':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'uuid':
      return `${value} < x''`;
    default:
      // Numbers become texts when they are stored in such a column.
      return affinity === 'text' ? `${value} < x''` : `${value} >= '' AND ${value} < x''`;
  }
}
