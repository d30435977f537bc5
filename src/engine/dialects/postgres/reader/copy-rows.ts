// From COPY's text format to the fields of a row batch, byte by byte, without a string in between.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { BATCH_BYTES, type BatchWriter, NULL_LENGTH } from '../../../pipeline/batch.ts';
import type { DecodingKernel } from '../../../pipeline/decoding-kernel.ts';
import type { Taker } from '../wire/copy-out.ts';
import { copyRowsKernel } from './copy-rows-kernel.ts';

const TAB = 9;
const PLUS = 43;
const NEWLINE = 10;
const BACKSLASH = 92;
const CAPITAL_N = 78;

const TEXT = 0;
const BOOLEAN = 1;
const FLOAT64 = 2;
const FLOAT32 = 3;
const BYTES = 4;
const INSTANT = 5;

/** Escapes of COPY's text format; any other character after a backslash stands for itself. */
const ESCAPES = Uint8Array.from({ length: 256 }, (_, i) => i);
for (const [letter, code] of Object.entries({ b: 8, t: 9, n: 10, v: 11, f: 12, r: 13 })) {
  ESCAPES[letter.charCodeAt(0)] = code;
}

/** Below this many bytes a plain loop beats a call into the runtime. */
const SHORT = 48;
const HEX_PIECE = 64 * 1024;

/** Value of a hexadecimal digit. */
const NIBBLE = new Uint8Array(256);
for (let i = 0; i < 16; i++) {
  NIBBLE['0123456789abcdef'.charCodeAt(i)] = i;
  NIBBLE['0123456789ABCDEF'.charCodeAt(i)] = i;
}

/** Turns rows of COPY TO into fields of `out`. Rows may be cut anywhere between two calls. */
export class CopyRows implements Taker {
  readonly #forms: Uint8Array;
  readonly #kernel: DecodingKernel | null;
  readonly #out: BatchWriter;
  /** The beginning of a row whose end has not come yet. */
  #rest: Buffer | null = null;
  /** The next backslash at or after some place in this chunk, so that each chunk is searched once. */
  #searched: Buffer | null = null;
  #backslash = 0;

  /** `plain`: without the kernel, which must come to the same. */
  constructor(columns: readonly LogicalType[], out: BatchWriter, plain = false) {
    this.#forms = Uint8Array.from(columns, formOf);
    this.#kernel = plain ? null : copyRowsKernel(columns);
    this.#out = out;
  }

  get full(): boolean {
    return this.#out.full;
  }

  takeMessages(bytes: Buffer, start: number): number {
    if (!this.#kernel || this.#rest || start === bytes.length) return start;
    return this.#kernel.decode(bytes, start, this.#out, BATCH_BYTES - this.#out.length).at;
  }

  /** Takes `bytes[start…end)`: whole rows, but for what the next call brings. */
  take(bytes: Buffer, start: number, end: number): void {
    if (this.#rest) {
      const joined = Buffer.concat([this.#rest, bytes.subarray(start, end)]);
      this.#rest = null;
      this.take(joined, 0, joined.length);
      return;
    }
    // A newline only ever ends a row: in the data it is escaped.
    const stop = bytes[end - 1] === NEWLINE ? end : Math.max(start, bytes.lastIndexOf(NEWLINE, end - 1) + 1);
    let at = start;
    while (at < stop) at = this.#row(bytes, at, stop);
    if (stop < end) this.#rest = Buffer.from(bytes.subarray(stop, end));
  }

  /** Whether every row arrived whole. */
  get complete(): boolean {
    return this.#rest === null;
  }

  /** Returns where the next row begins. */
  #row(from: Buffer, start: number, end: number): number {
    const forms = this.#forms;
    const out = this.#out;
    // No form is longer than COPY's text but the double (8 bytes for "1"), and each field has a length in front.
    out.reserve(end - start + forms.length * 12);
    const bytes = out.bytes;
    let to = out.length;
    let at = start;
    for (let i = 0; i < forms.length; i++) {
      const lengthAt = to;
      to += 4;
      let length: number;
      if (from[at] === BACKSLASH && from[at + 1] === CAPITAL_N) {
        // Data never begins so: a backslash in it is doubled.
        at += 2;
        length = NULL_LENGTH;
      } else {
        const begin = to;
        switch (forms[i]) {
          case TEXT: {
            let byte = from[at]!;
            let patience = SHORT;
            let stop = -1;
            while (byte !== TAB && byte !== NEWLINE) {
              if (byte === BACKSLASH) {
                byte = ESCAPES[from[++at]!]!;
                patience = SHORT;
              }
              bytes[to++] = byte;
              byte = from[++at]!;
              if (--patience > 0 || byte === BACKSLASH) continue;
              // A long run without escapes: copied as a whole.
              if (stop < 0) stop = from.indexOf(i === forms.length - 1 ? NEWLINE : TAB, at);
              const run = Math.min(stop, this.#nextBackslash(from, at));
              to += from.copy(bytes, to, at, run);
              at = run;
              byte = from[at]!;
              patience = SHORT;
            }
            break;
          }
          case BOOLEAN:
            bytes[to++] = from[at] === 0x74 ? 0x31 : 0x30;
            at++;
            break;
          case BYTES:
            // \\x, then two digits for each byte.
            at += 3;
            to = hexToBytes(from, at, fieldEnd(from, at, i === forms.length - 1), bytes, to);
            at += 2 * (to - begin);
            break;
          case INSTANT:
            for (let byte = from[at]!; byte !== TAB && byte !== NEWLINE; byte = from[at]!) {
              // +00, since the session runs in UTC.
              if (byte === PLUS) at += 3;
              else {
                bytes[to++] = byte;
                at++;
              }
            }
            break;
          default: {
            const stop = fieldEnd(from, at, i === forms.length - 1);
            const value = Number(from.toString('latin1', at, stop));
            bytes.writeDoubleBE(forms[i] === FLOAT32 ? Math.fround(value) : value, to);
            to += 8;
            at = stop;
          }
        }
        length = to - begin;
      }
      bytes[lengthAt] = length >>> 24;
      bytes[lengthAt + 1] = (length >>> 16) & 0xff;
      bytes[lengthAt + 2] = (length >>> 8) & 0xff;
      bytes[lengthAt + 3] = length & 0xff;
      at++;
    }
    out.length = to;
    out.rows++;
    // A row without columns is an empty line.
    return forms.length === 0 ? at + 1 : at;
  }

  #nextBackslash(bytes: Buffer, at: number): number {
    if (this.#searched !== bytes || this.#backslash < at) {
      this.#searched = bytes;
      const found = bytes.indexOf(BACKSLASH, at);
      this.#backslash = found < 0 ? bytes.length : found;
    }
    return this.#backslash;
  }
}

/** Which of COPY's texts differ from the field's form. */
function formOf(logical: LogicalType): number {
  switch (logical.kind) {
    case 'boolean':
      return BOOLEAN;
    case 'float':
      return logical.bits === 32 ? FLOAT32 : FLOAT64;
    case 'binary':
      return BYTES;
    case 'timestamp':
      return logical.zone ? INSTANT : TEXT;
    default:
      return TEXT;
  }
}

function fieldEnd(bytes: Buffer, start: number, last: boolean): number {
  const end = last ? NEWLINE : TAB;
  for (let at = start; at < start + SHORT; at++) if (bytes[at] === end) return at;
  return bytes.indexOf(end, start);
}

/** Returns where the bytes end. */
function hexToBytes(from: Buffer, start: number, end: number, bytes: Buffer, begin: number): number {
  let to = begin;
  let at = start;
  if (end - start < SHORT) {
    for (; at < end; at += 2) bytes[to++] = (NIBBLE[from[at]!]! << 4) | NIBBLE[from[at + 1]!]!;
    return to;
  }
  // The runtime's own decoder is quicker, in pieces that keep its string small.
  for (; at < end; at += HEX_PIECE)
    to += bytes.write(from.toString('latin1', at, Math.min(end, at + HEX_PIECE)), to, 'hex');
  return to;
}
