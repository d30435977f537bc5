// Makes and takes apart row batches from the description in batch.ts, without using its code.

import type { RowBatch } from '../../src/engine/pipeline/batch.ts';

/** A number stands for a float's eight bytes, a string for UTF-8. */
export type Field = string | number | Buffer | null;

export function encodeRows(rows: readonly (readonly Field[])[]): RowBatch {
  const parts = rows.flatMap((row) => row.flatMap(encodeField));
  const bytes = Buffer.concat(parts);
  return { bytes, length: bytes.length, rows: rows.length };
}

function encodeField(field: Field): Buffer[] {
  const length = Buffer.alloc(4);
  if (field === null) {
    length.fill(0xff);
    return [length];
  }
  const value = bytesOf(field);
  length.writeUInt32BE(value.length);
  return [length, value];
}

export function bytesOf(field: Exclude<Field, null>): Buffer {
  if (typeof field === 'string') return Buffer.from(field, 'utf8');
  if (Buffer.isBuffer(field)) return field;
  const value = Buffer.alloc(8);
  value.writeDoubleBE(field);
  return value;
}

/** Rows of fields as bytes; null is NULL. */
export function decodeRows(batch: RowBatch, columns: number): (Buffer | null)[][] {
  const rows: (Buffer | null)[][] = [];
  let at = 0;
  while (at < batch.length) {
    const row: (Buffer | null)[] = [];
    for (let column = 0; column < columns; column++) {
      const length = batch.bytes.readUInt32BE(at);
      at += 4;
      if (length === 0xffffffff) {
        row.push(null);
      } else {
        row.push(Buffer.from(batch.bytes.subarray(at, at + length)));
        at += length;
      }
    }
    rows.push(row);
  }
  if (at !== batch.length || rows.length !== batch.rows) {
    throw new Error(
      `a batch of ${batch.rows} rows and ${batch.length} bytes holds ${rows.length} rows and ${at} bytes`,
    );
  }
  return rows;
}

/** A field as people compare it: floats as numbers, text as text, anything not UTF-8 as hex. */
export function show(field: Buffer | null, like: Field): string | number | null {
  if (field === null) return null;
  if (typeof like === 'number')
    return field.length === 8 ? field.readDoubleBE() : `not 8 bytes: ${field.toString('hex')}`;
  return Buffer.isBuffer(like) ? field.toString('hex') : field.toString('utf8');
}
