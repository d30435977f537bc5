// The text of a field as people read it, which transforms work on.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import { BatchWriter } from './batch.ts';
import { toTextFrom } from './conversions.ts';
import { copyField } from './fields/field.ts';

/** The text is the bytes themselves. */
export function isPlainText(type: LogicalType): boolean {
  return (toTextFrom(type) ?? copyField) === copyField;
}

/** Compiled for a type: text as it is, booleans true and false, floats in their shortest form, bytes as hexadecimal digits. */
export function fieldText(type: LogicalType): (bytes: Buffer, start: number, end: number) => string {
  const convert = toTextFrom(type) ?? copyField;
  if (convert === copyField) return (bytes, start, end) => bytes.toString('utf8', start, end);
  const scratch = new BatchWriter(4096);
  return (bytes, start, end) => {
    scratch.clear();
    convert(bytes, start, end, scratch);
    return scratch.bytes.toString('utf8', 4, scratch.length);
  };
}
