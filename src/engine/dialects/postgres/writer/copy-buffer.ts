// What is to be sent of a COPY: bytes behind a reserved head, in buffers that go to the socket as they are.

import type { RowBatch } from '../../../pipeline/batch.ts';
import type { Encoded } from '../../../pipeline/encoding-kernel.ts';

/** A row of a batch: its number, and where it begins. */
export interface Place {
  readonly row: number;
  readonly at: number;
}

export const FIRST: Place = { row: 0, at: 0 };

/** The owner sends `bytes[0…length)` and calls `reset`. */
export abstract class CopyBuffer {
  bytes: Buffer;
  length: number;
  readonly #head: number;

  constructor(head: number, bytes: Buffer) {
    this.#head = head;
    this.bytes = bytes;
    this.length = head;
  }

  get empty(): boolean {
    return this.length === this.#head;
  }

  /** Goes on with another buffer, empty. */
  reset(bytes: Buffer): void {
    this.bytes = bytes;
    this.length = this.#head;
  }

  /** Encodes rows from `place` on until `length` is `enough` or none is left; returns the next that is not encoded. */
  abstract rows(batch: RowBatch, place: Place, enough: number): Place;

  /** The rows that a kernel wrote behind `place`; returns the next. */
  protected append({ row }: Place, encoded: Encoded): Place {
    const size = encoded.end - encoded.start;
    if (this.length + size > this.bytes.length) this.grow(size);
    this.length += encoded.bytes.copy(this.bytes, this.length, encoded.start, encoded.end);
    return { row: row + encoded.rows, at: encoded.next };
  }

  protected grow(room: number): void {
    const grown = Buffer.allocUnsafeSlow(Math.max(this.length + room, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}
