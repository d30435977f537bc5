// Rewrites the fields of a text-protocol row into the batch's form, straight from the packet.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { BatchWriter } from '../../../pipeline/batch.ts';

/** Writes exactly one field. */
export type FieldTranscoder = (bytes: Buffer, start: number, end: number, out: BatchWriter) => void;

const NULL = 0xfb;

export function fieldTranscoder(logical: LogicalType): FieldTranscoder {
  switch (logical.kind) {
    case 'float':
      return double;
    case 'bit':
      return bits(logical.length ?? 1);
    case 'uuid':
      return lowerCase;
    default:
      return copy;
  }
}

/** A row packet is its fields, each a length-encoded string; 0xfb stands for NULL. */
export function transcodeRow(bytes: Buffer, start: number, fields: readonly FieldTranscoder[], out: BatchWriter): void {
  let at = start;
  for (let i = 0; i < fields.length; i++) {
    let size = bytes[at++]!;
    if (size >= NULL) {
      if (size === NULL) {
        out.null();
        continue;
      }
      if (size === 0xfc) {
        size = bytes[at]! | (bytes[at + 1]! << 8);
        at += 2;
      } else if (size === 0xfd) {
        size = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16);
        at += 3;
      } else {
        size = bytes.readUInt32LE(at);
        at += 8;
      }
    }
    fields[i]!(bytes, at, at + size, out);
    at += size;
  }
}

const copy: FieldTranscoder = (bytes, start, end, out) => out.field(bytes, start, end);

const double: FieldTranscoder = (bytes, start, end, out) => out.double(Number(bytes.toString('latin1', start, end)));

const lowerCase: FieldTranscoder = (bytes, start, end, out) =>
  out.text(bytes.toString('latin1', start, end).toLowerCase());

/** BIT comes as bytes, highest first, padded with zero bits in front. */
function bits(length: number): FieldTranscoder {
  const text = Buffer.allocUnsafe(length);
  return (bytes, _start, end, out) => {
    for (let bit = 0; bit < length; bit++) {
      text[length - 1 - bit] = 0x30 | ((bytes[end - 1 - (bit >> 3)]! >> (bit & 7)) & 1);
    }
    out.field(text, 0, length);
  };
}
