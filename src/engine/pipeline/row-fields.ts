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

  /** Whether the field is this text, to the byte. */
  holds(position: number, text: Characters): boolean {
    const end = this.#ends[position]!;
    return end < 0 ? text.isNull : text.isWritten(this.#bytes, this.#starts[position]!, end);
  }

  /** Neighbours as they stand, from one field up to another, which is among them. */
  copy(first: number, last: number, out: BatchWriter): void {
    const end = this.#ends[last]!;
    // A length stands in front of each field; behind that of NULL there is nothing.
    out.bytesOf(this.#bytes, this.#starts[first]! - 4, end < 0 ? this.#starts[last]! : end);
  }
}
