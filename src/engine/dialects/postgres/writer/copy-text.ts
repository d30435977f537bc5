// From the fields of a row batch to COPY's text format, in buffers that go to the socket as they are.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { fieldLength, NULL_LENGTH, type RowBatch } from '../../../pipeline/batch.ts';
import type { EncodingKernel } from '../../../pipeline/encoding-kernel.ts';
import { CopyBuffer, type Place } from './copy-buffer.ts';
import { copyTextKernel } from './copy-text-kernel.ts';

const TAB = 9;
const NEWLINE = 10;
const RETURN = 13;
const BACKSLASH = 92;

const PLAIN = 0;
const TEXT = 1;
const BOOLEAN = 2;
const FLOAT = 3;
const BYTES = 4;

/** Below this many bytes a plain loop beats a call into the runtime. */
const LONG = 64;
const HEX_PIECE = 32 * 1024;
const HUGE = 1024 * 1024;

const DIGITS = Buffer.from('0123456789abcdef', 'latin1');

/** A text holds U+0000, which PostgreSQL can't store. `column` is the field's place in the row. */
export class NulCharacter extends Error {
  readonly column: number;

  constructor(column: number) {
    super('U+0000 in a text');
    this.column = column;
  }
}

export class CopyText extends CopyBuffer {
  readonly #forms: Uint8Array;
  readonly #specials = new Specials();
  readonly #kernel: EncodingKernel | null;
  /** It has the batch at hand. */
  #byKernel = false;

  /** `plain`: without the kernel, which must come to the same. */
  constructor(columns: readonly LogicalType[], head: number, bytes: Buffer, plain = false) {
    super(head, bytes);
    this.#kernel = plain ? null : copyTextKernel(columns);
    this.#forms = Uint8Array.from(columns, formOf);
  }

  /** All rows can be told so. Throws NulCharacter. */
  override rows(batch: RowBatch, place: Place, enough: number): Place {
    if (place.row === 0) this.#specials.forget();
    // A batch may come here behind its first rows.
    if (place.row === 0 || !this.#byKernel) this.#byKernel = this.#kernel?.begin(batch) ?? false;
    let next = place;
    while (next.row < batch.rows && this.length < enough) {
      const encoded = this.#byKernel
        ? this.#kernel!.encode(next.at, batch.rows - next.row, enough - this.length)
        : null;
      if (encoded && encoded.rows > 0) next = this.append(next, encoded);
      else next = { row: next.row + 1, at: this.#row(batch, next.at) };
    }
    return next;
  }

  /** Encodes the row that begins at `start` and returns where the next one does. */
  #row(batch: RowBatch, start: number): number {
    const from = batch.bytes;
    const forms = this.#forms;
    let at = start;
    let { bytes } = this;
    let to = this.length;
    for (let i = 0; i < forms.length; i++) {
      const size = fieldLength(from, at);
      at += 4;
      const room = size === NULL_LENGTH ? 8 : roomFor(forms[i]!, from, at, at + size);
      if (to + room > bytes.length) {
        this.length = to;
        this.grow(room);
        bytes = this.bytes;
      }
      if (size === NULL_LENGTH) {
        bytes[to++] = BACKSLASH;
        bytes[to++] = 78;
      } else {
        const end = at + size;
        switch (forms[i]) {
          case PLAIN:
            while (at < end) bytes[to++] = from[at++]!;
            break;
          case TEXT:
            while (at < end) {
              if (end - at > LONG) {
                const run = Math.min(end, this.#specials.next(from, at));
                if (run - at > LONG) {
                  to += from.copy(bytes, to, at, run);
                  at = run;
                  continue;
                }
              }
              const pause = Math.min(end, at + LONG);
              while (at < pause) {
                const byte = from[at++]!;
                if (byte > RETURN && byte !== BACKSLASH) bytes[to++] = byte;
                else to = escaped(byte, bytes, to, i);
              }
            }
            break;
          case BOOLEAN:
            bytes[to++] = from[at] === 0x31 ? 0x74 : 0x66;
            break;
          case FLOAT: {
            const value = from.readDoubleBE(at);
            to += bytes.write(Object.is(value, -0) ? '-0' : String(value), to, 'latin1');
            break;
          }
          default:
            bytes[to++] = BACKSLASH;
            bytes[to++] = BACKSLASH;
            bytes[to++] = 120;
            to = bytesToHex(from, at, end, bytes, to);
        }
        at = end;
      }
      bytes[to++] = TAB;
    }
    bytes[to - 1] = NEWLINE;
    this.length = to;
    return at;
  }
}

/** Every byte may need a second one, which of a huge text few do; numbers and separators stay below the rest. */
function roomFor(form: number, from: Buffer, start: number, end: number): number {
  if (form !== TEXT || end - start < HUGE) return (end - start) * 2 + 40;
  let size = end - start + 40;
  for (let at = start; at < end; at++) {
    const byte = from[at]!;
    if (byte <= RETURN || byte === BACKSLASH) size++;
  }
  return size;
}

/** Finds the next byte that needs escaping, searching a batch once for each of them. */
class Specials {
  readonly #bytes = [0, TAB, NEWLINE, RETURN, BACKSLASH];
  readonly #found = this.#bytes.map(() => -1);

  forget(): void {
    this.#found.fill(-1);
  }

  next(from: Buffer, at: number): number {
    let nearest = from.length;
    for (let i = 0; i < this.#bytes.length; i++) {
      if (this.#found[i]! < at) {
        const found = from.indexOf(this.#bytes[i]!, at);
        this.#found[i] = found < 0 ? from.length : found;
      }
      if (this.#found[i]! < nearest) nearest = this.#found[i]!;
    }
    return nearest;
  }
}

/** Returns where the digits end. */
function bytesToHex(from: Buffer, start: number, end: number, bytes: Buffer, begin: number): number {
  let to = begin;
  let at = start;
  if (end - start < LONG) {
    for (; at < end; at++) {
      const byte = from[at]!;
      bytes[to++] = DIGITS[byte >>> 4]!;
      bytes[to++] = DIGITS[byte & 15]!;
    }
    return to;
  }
  // The runtime's own encoder is quicker, in pieces that keep its string small.
  for (; at < end; at += HEX_PIECE)
    to += bytes.write(from.toString('hex', at, Math.min(end, at + HEX_PIECE)), to, 'latin1');
  return to;
}

/** A control character or a backslash in a text. */
function escaped(byte: number, bytes: Buffer, start: number, column: number): number {
  let to = start;
  switch (byte) {
    case 0:
      throw new NulCharacter(column);
    case TAB:
      bytes[to++] = BACKSLASH;
      bytes[to++] = 0x74;
      return to;
    case NEWLINE:
      bytes[to++] = BACKSLASH;
      bytes[to++] = 0x6e;
      return to;
    case RETURN:
      bytes[to++] = BACKSLASH;
      bytes[to++] = 0x72;
      return to;
    case BACKSLASH:
      bytes[to++] = BACKSLASH;
      bytes[to++] = BACKSLASH;
      return to;
    default:
      bytes[to++] = byte;
      return to;
  }
}

/** Numbers, temporal values and the like hold nothing that needs escaping. */
function formOf(logical: LogicalType): number {
  switch (logical.kind) {
    case 'boolean':
      return BOOLEAN;
    case 'float':
      return FLOAT;
    case 'binary':
      return BYTES;
    case 'integer':
    case 'decimal':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'interval':
    case 'uuid':
    case 'bit':
      return PLAIN;
    case 'text':
    case 'enum':
    case 'set':
    case 'json':
    case 'array':
    case 'geometry':
    case 'opaque':
      return TEXT;
  }
}
