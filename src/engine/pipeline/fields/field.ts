// What a field converter is: it reads one field's bytes and writes exactly one field.

import type { BatchWriter } from '../batch.ts';

/** NULL never reaches a converter. Returns false when the target type can't hold the value; nothing is written then. */
export type FieldConverter = (bytes: Buffer, start: number, end: number, out: BatchWriter) => boolean;

export const copyField: FieldConverter = (bytes, start, end, out) => {
  out.field(bytes, start, end);
  return true;
};

/** A converter by way of text, for conversions that are rare or costly anyway. */
export function viaText(convert: (text: string) => string | null): FieldConverter {
  return (bytes, start, end, out) => {
    const converted = convert(bytes.toString('utf8', start, end));
    if (converted === null) return false;
    out.text(converted);
    return true;
  };
}

/** A copy that first asks whether the target type can hold the value. */
export function guarded(
  holds: (bytes: Buffer, start: number, end: number) => boolean,
  then: FieldConverter,
): FieldConverter {
  return (bytes, start, end, out) => holds(bytes, start, end) && then(bytes, start, end, out);
}
