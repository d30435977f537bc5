// A statement with rows under construction, as bytes: it grows, is sent as it is, and is used again.

import { PACKET_HEAD } from '../wire/command.ts';

const QUOTE = 0x27;
const BACKSLASH = 0x5c;
/** Of a statement's buffer, in which some thousand rows may wait. */
const FIRST_BYTES = 16 * 1024;

export class StatementBytes {
  bytes: Buffer;
  length = PACKET_HEAD;
  /** Blanks of ENUM columns among the values; see insert.ts. */
  blanks = 0;
  rows = 0;
  readonly #head: Buffer;
  readonly #behind: number;
  readonly #capacity: number;

  /** `head`: the command and what stands in front of the rows. `behind`: bytes after the last row that are not sent. */
  constructor(head: Buffer, behind: number, capacity: number) {
    this.#head = head;
    this.#behind = behind;
    this.#capacity = capacity + this.#head.length + 64 * 1024;
    // Most tables are small: it grows to its capacity.
    this.bytes = Buffer.allocUnsafeSlow(Math.min(this.#capacity, FIRST_BYTES));
    this.clear();
  }

  /** Bytes in front of the first row. */
  get headLength(): number {
    return PACKET_HEAD + this.#head.length;
  }

  clear(): void {
    // A giant row must not keep its memory for the rest of the table.
    if (this.bytes.length > 4 * this.#capacity) this.bytes = Buffer.allocUnsafeSlow(this.#capacity);
    this.length = PACKET_HEAD;
    this.blanks = 0;
    this.rows = 0;
    this.copy(this.#head, 0, this.#head.length);
  }

  /** For the wire. */
  get statement(): Buffer {
    return this.bytes.subarray(0, this.length - this.#behind);
  }

  byte(value: number): void {
    this.#reserve(1);
    this.bytes[this.length++] = value;
  }

  ascii(text: string): void {
    this.#reserve(text.length);
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  copy(from: Buffer, start: number, end: number): void {
    const size = end - start;
    this.#reserve(size);
    if (size < 32) {
      const { bytes } = this;
      let to = this.length;
      for (let i = start; i < end; i++) bytes[to++] = from[i]!;
    } else {
      from.copy(this.bytes, this.length, start, end);
    }
    this.length += size;
  }

  /** As a kernel wrote them. */
  wholeRows(from: Buffer, start: number, end: number, rows: number): void {
    this.copy(from, start, end);
    this.rows += rows;
  }

  /** A literal. The parser reads it in utf8mb4, where no longer character holds the bytes that are escaped here. */
  quoted(from: Buffer, start: number, end: number): void {
    this.#reserve((end - start) * 2 + 2);
    const { bytes } = this;
    let to = this.length;
    bytes[to++] = QUOTE;
    for (let i = start; i < end; i++) {
      const byte = from[i]!;
      if (byte === QUOTE || byte === BACKSLASH) {
        bytes[to++] = BACKSLASH;
        bytes[to++] = byte;
      } else if (byte === 0) {
        bytes[to++] = BACKSLASH;
        bytes[to++] = 0x30;
      } else {
        bytes[to++] = byte;
      }
    }
    bytes[to++] = QUOTE;
    this.length = to;
  }

  #reserve(size: number): void {
    const needed = this.length + size;
    if (needed <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}
