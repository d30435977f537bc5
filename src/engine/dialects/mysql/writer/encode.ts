// Writes fields of a batch as literals of an INSERT, byte by byte: exact for the column's type, or refused.

import type { TargetColumn } from '../../../../shared/model/plan.ts';
import type { StatementBytes } from './statement-bytes.ts';
import { writtenAs } from './written-as.ts';

/** Null when the literal was written; else why the column can't hold the value, as the end of a sentence. */
export type FieldEncoder = (bytes: Buffer, start: number, end: number, out: StatementBytes) => string | null;

const POINT = 0x2e;
const ZERO = 0x30;

/** `variant` decides the names of a few functions. */
export function fieldEncoder(column: TargetColumn, variant: 'MySQL' | 'MariaDB'): FieldEncoder {
  const written = writtenAs(column);
  switch (written.as) {
    case 'number':
      return number;
    case 'double':
      return double;
    case 'bits':
      return bits;
    case 'bytes':
      return binary(written.fixed);
    case 'moment':
      return temporal(written.digits);
    case 'label':
      return enumeration(written.labels);
    case 'labels':
      return set(written.labels);
    case 'shape':
      return geometry(written.rest, variant);
    case 'text':
      return text;
  }
}

const text: FieldEncoder = (bytes, start, end, out) => {
  out.quoted(bytes, start, end);
  return null;
};

/** Bare digits; anything else would be read as SQL. */
const number: FieldEncoder = (bytes, start, end, out) => {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    const digit = byte >= ZERO && byte <= 0x39;
    if (!digit && byte !== POINT && !(byte === 0x2d && i === start)) return 'the value is not a finite number';
  }
  if (start === end) return 'the value is not a number';
  out.copy(bytes, start, end);
  return null;
};

const bits: FieldEncoder = (bytes, start, end, out) => {
  for (let i = start; i < end; i++) if ((bytes[i]! | 1) !== 0x31) return 'the value is not made of bits';
  out.ascii("b'");
  out.copy(bytes, start, end);
  out.ascii("'");
  return null;
};

/** The shortest text that reads back as the same double, always with an exponent: without one it were a DECIMAL. */
const double: FieldEncoder = (bytes, start, _end, out) => {
  const value = bytes.readDoubleBE(start);
  if (!Number.isFinite(value)) return 'NaN and infinities do not exist in MySQL';
  const shortest = Object.is(value, -0) ? '-0' : String(value);
  out.ascii(shortest.includes('e') ? shortest : `${shortest}e0`);
  return null;
};

/** `fixed`: the column pads shorter values with zero bytes, which would change them. */
function binary(fixed: number): FieldEncoder {
  return (bytes, start, end, out) => {
    if (fixed > 0 && end - start < fixed) return 'the value is shorter than the column, which would pad it';
    out.ascii('_binary');
    out.quoted(bytes, start, end);
    return null;
  };
}

/** MySQL rounds digits beyond the column's precision and MariaDB cuts them, both without a word. */
function temporal(precision: number): FieldEncoder {
  return (bytes, start, end, out) => {
    for (let i = end - 1; i > start && end - i <= 8; i--) {
      if (bytes[i] !== POINT) continue;
      for (let digit = i + 1 + precision; digit < end; digit++) {
        if (bytes[digit] !== ZERO) return `its fraction of a second is finer than the column's ${precision} digits`;
      }
      break;
    }
    out.quoted(bytes, start, end);
    return null;
  };
}

/** A text that is no label may be read as the number of one, so labels are compared here. */
function enumeration(labels: readonly string[]): FieldEncoder {
  const known = new Set(labels);
  return (bytes, start, end, out) => {
    const label = bytes.toString('utf8', start, end);
    if (!known.has(label)) {
      if (label !== '') return 'the value is none of the labels';
      // The blank that MySQL itself stores for bad input; only a lenient session writes it again.
      out.blanks++;
    }
    out.quoted(bytes, start, end);
    return null;
  };
}

function set(labels: readonly string[]): FieldEncoder {
  const known = new Set(labels);
  return (bytes, start, end, out) => {
    if (
      start < end &&
      !bytes
        .toString('utf8', start, end)
        .split(',')
        .every((label) => known.has(label))
    ) {
      return 'the value holds something that is none of the labels';
    }
    out.quoted(bytes, start, end);
    return null;
  };
}

function geometry(rest: string, variant: 'MySQL' | 'MariaDB'): FieldEncoder {
  const srid = /\bsrid\s+(\d+)/i.exec(rest)?.[1];
  const behind = srid && variant === 'MySQL' ? `, ${srid}, 'axis-order=long-lat')` : ')';
  return wrapped('ST_GeomFromText(', text, behind);
}

function wrapped(before: string, inner: FieldEncoder, behind: string): FieldEncoder {
  return (bytes, start, end, out) => {
    out.ascii(before);
    const misfit = inner(bytes, start, end, out);
    out.ascii(behind);
    return misfit;
  };
}
