// One row of a batch: where its fields stand, and their texts where somebody asks for them.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import { type BatchWriter, fieldLength, NULL_LENGTH } from './batch.ts';
import { fieldText, isPlainText } from './field-text.ts';
import type { Value } from './transforms/chain.ts';
import type { Characters } from './transforms/characters.ts';

export class RowFields {
  readonly #texts: readonly ((bytes: Buffer, start: number, end: number) => string)[];
  readonly #plain: readonly boolean[];
  readonly #starts: Int32Array;
  /** −1 for NULL. */
  readonly #ends: Int32Array;
  #bytes: Buffer = Buffer.alloc(0);

  constructor(types: readonly LogicalType[]) {
    this.#texts = types.map(fieldText);
    this.#plain = types.map(isPlainText);
    this.#starts = new Int32Array(types.length);
    this.#ends = new Int32Array(types.length);
  }

  /** Returns where the next row begins. */
  moveTo(bytes: Buffer, at: number): number {
    this.#bytes = bytes;
    let next = at;
    for (let i = 0; i < this.#starts.length; i++) {
      const length = fieldLength(bytes, next);
      next += 4;
      this.#starts[i] = next;
      this.#ends[i] = length === NULL_LENGTH ? -1 : next + length;
      if (length !== NULL_LENGTH) next += length;
    }
    return next;
  }

  text(position: number): Value {
    const end = this.#ends[position]!;
    return end < 0 ? null : this.#texts[position]!(this.#bytes, this.#starts[position]!, end);
  }

  /** The same as `text`, in place; false where the text is none of such characters. */
  characters(position: number, into: Characters): boolean {
    const end = this.#ends[position]!;
    if (end < 0) into.setNull();
    else return this.#plain[position]! && into.read(this.#bytes, this.#starts[position]!, end);
    return true;
  }

  /** Whether the field written at `at` is the same. */
  isSame(position: number, { bytes, length }: BatchWriter, at: number): boolean {
    const start = this.#starts[position]!;
    const end = this.#ends[position]!;
    if (end < 0) return length === at + 4 && fieldLength(bytes, at) === NULL_LENGTH;
    if (length - at - 4 !== end - start || fieldLength(bytes, at) === NULL_LENGTH) return false;
    for (let i = start, j = at + 4; i < end; i++, j++) if (this.#bytes[i] !== bytes[j]) return false;
    return true;
  }

  /** Neighbours as they stand, from one field up to another, which is among them. */
  copy(first: number, last: number, out: BatchWriter): void {
    const end = this.#ends[last]!;
    // A length stands in front of each field; behind that of NULL there is nothing.
    out.bytesOf(this.#bytes, this.#starts[first]! - 4, end < 0 ? this.#starts[last]! : end);
  }
}
