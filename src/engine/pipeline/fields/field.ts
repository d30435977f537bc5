// What a field converter is: it reads one field's bytes and writes exactly one field.

import type { BatchWriter } from '../batch.ts';

/** NULL never reaches a converter. */
export interface FieldConverter {
  /** Returns false when the target type can't hold the value; nothing is written then. */
  (bytes: Buffer, start: number, end: number, out: BatchWriter): boolean;
  /** True where the result would be the field as it is, so that nobody needs to write it. */
  readonly keeps?: Look;
}

/** A question about a field. */
export type Look = (bytes: Buffer, start: number, end: number) => boolean;

export const copyField: FieldConverter = keeping(
  () => true,
  (bytes, start, end, out) => {
    out.field(bytes, start, end);
    return true;
  },
);

export function keeping(keeps: Look, convert: FieldConverter): FieldConverter {
  return Object.assign(convert, { keeps });
}

/** A converter by way of text, for conversions that are rare or costly anyway. */
export function viaText(convert: (text: string) => string | null): FieldConverter {
  return (bytes, start, end, out) => {
    const converted = convert(bytes.toString('utf8', start, end));
    if (converted === null) return false;
    out.text(converted);
    return true;
  };
}

/** A conversion that first asks whether the target type can hold the value. */
export function guarded(holds: Look, then: FieldConverter): FieldConverter {
  const { keeps } = then;
  const convert: FieldConverter = (bytes, start, end, out) => holds(bytes, start, end) && then(bytes, start, end, out);
  return keeps
    ? keeping((bytes, start, end) => holds(bytes, start, end) && keeps(bytes, start, end), convert)
    : convert;
}

/** A conversion whose result is looked at, and taken back where it does not fit. */
export function fitting(convert: FieldConverter, fits: Look): FieldConverter {
  const { keeps } = convert;
  const converting: FieldConverter = (bytes, start, end, out) => {
    const before = out.length;
    if (!convert(bytes, start, end, out)) return false;
    if (fits(out.bytes, before + 4, out.length)) return true;
    out.length = before;
    return false;
  };
  return keeps
    ? keeping((bytes, start, end) => keeps(bytes, start, end) && fits(bytes, start, end), converting)
    : converting;
}
