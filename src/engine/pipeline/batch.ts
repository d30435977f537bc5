// The row batch: many rows in one buffer, the form in which rows travel from any reader to any loader.
//
// Rows follow each other without separator; a row is its fields in column order; a field is a
// 4-byte big-endian length and that many bytes. Length 0xFFFFFFFF is NULL (no bytes follow).
// A field's bytes depend on its logical type alone, never on the database it came from:
//
//   boolean        0 or 1
//   integer        decimal ASCII, no plus, no leading zeros
//   decimal        decimal ASCII without exponent (trailing zeros allowed), or NaN, Infinity, -Infinity
//   float          8 bytes, IEEE 754 double, big-endian (also for 32-bit floats: the exact widened value)
//   text, enum     UTF-8;  set: labels joined by commas
//   binary         the bytes
//   date           YYYY-MM-DD; more year digits where needed; " BC" behind; infinity, -infinity; 0000-00-00 as it is
//   time           [-]HH:MM:SS[.ffffff]; with zone: +HH[:MM[:SS]] behind
//   timestamp      YYYY-MM-DD HH:MM:SS[.ffffff], rules of date; with zone: the instant in UTC, no suffix
//   interval       ISO 8601 as PostgreSQL writes it (P1Y2M3DT4H5M6.7S)
//   uuid           36 characters, lower case
//   json           JSON text, UTF-8
//   bit            0s and 1s, as many as bits
//   array          PostgreSQL's array literal
//   geometry       well-known text
//   opaque         the database's own text

export const NULL_LENGTH = 0xffff_ffff;

/** `bytes` may be longer than `length` and is reused: read it before asking for the next batch. */
export interface RowBatch {
  readonly bytes: Buffer;
  readonly length: number;
  readonly rows: number;
}

/** Readers aim at this many bytes a batch; one long row may exceed it. */
export const BATCH_BYTES = 256 * 1024;

/** Most tables are small: only what is filled is worth its memory. */
const FIRST_BYTES = 8 * 1024;

const LONG_TEXT = 64 * 1024;

/** Collects rows into a batch; its buffer grows to the size of one, and beyond for a row that is longer. */
export class BatchWriter {
  bytes: Buffer;
  length = 0;
  rows = 0;
  readonly #capacity: number;

  constructor(capacity = BATCH_BYTES) {
    this.#capacity = capacity;
    this.bytes = Buffer.allocUnsafeSlow(Math.min(capacity, FIRST_BYTES));
  }

  /** Enough rows for now: hand the batch on. */
  get full(): boolean {
    return this.length >= this.#capacity;
  }

  get batch(): RowBatch {
    return this;
  }

  clear(): void {
    this.length = 0;
    this.rows = 0;
    // A giant row must not keep its memory for the rest of the table.
    if (this.bytes.length > 8 * this.#capacity) this.bytes = Buffer.allocUnsafeSlow(this.#capacity + 64 * 1024);
  }

  /** Makes room for `size` more bytes; call before writing into `bytes` directly. */
  reserve(size: number): void {
    const needed = this.length + size;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }

  null(): void {
    this.reserve(4);
    this.#uint32(NULL_LENGTH);
  }

  /** A field copied from `from[start…end)`. */
  field(from: Buffer, start: number, end: number): void {
    const size = end - start;
    this.reserve(4 + size);
    this.#uint32(size);
    this.#copy(from, start, end);
  }

  /** Fields as they stand in another batch, with their lengths. */
  bytesOf(from: Buffer, start: number, end: number): void {
    this.reserve(end - start);
    this.#copy(from, start, end);
  }

  /** A field from text: ASCII or any Unicode. */
  text(value: string): void {
    // To ask for the very number of bytes takes time, which only long ones are worth.
    this.reserve(4 + (value.length > LONG_TEXT ? Buffer.byteLength(value) : value.length * 3));
    const size = this.bytes.write(value, this.length + 4, 'utf8');
    this.#uint32(size);
    this.length += size;
  }

  /** A field whose bytes were put into `bytes`, from `length + 4` up to `end`. */
  written(end: number): void {
    this.#uint32(end - this.length - 4);
    this.length = end;
  }

  double(value: number): void {
    this.reserve(12);
    this.#uint32(8);
    this.bytes.writeDoubleBE(value, this.length);
    this.length += 8;
  }

  #copy(from: Buffer, start: number, end: number): void {
    const { bytes } = this;
    let to = this.length;
    this.length += end - start;
    // To call the runtime costs as much as so many bytes.
    if (end - start > 64) from.copy(bytes, to, start, end);
    else for (let i = start; i < end; i++) bytes[to++] = from[i]!;
  }

  #uint32(value: number): void {
    const { bytes } = this;
    let to = this.length;
    bytes[to++] = value >>> 24;
    bytes[to++] = (value >>> 16) & 0xff;
    bytes[to++] = (value >>> 8) & 0xff;
    bytes[to++] = value & 0xff;
    this.length = to;
  }
}

/** The length of the field at `at`, or NULL_LENGTH. */
export function fieldLength(bytes: Buffer, at: number): number {
  return ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}
