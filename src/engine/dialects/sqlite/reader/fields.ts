// One stored value, whatever its storage class, as the batch's field of a logical type; refused where it would lose.

import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import type { BatchWriter } from '../../../pipeline/batch.ts';
import { dateText, timestampText } from '../iso.ts';
import { plainNumber } from '../number-text.ts';

/** What better-sqlite3 gives with safe integers: integer, real, text, blob. */
export type Stored = bigint | number | string | Buffer;

/** False when the value does not fit the type; nothing is written then. */
export type FieldWriter = (value: Stored, out: BatchWriter) => boolean;

const MAX_UNSIGNED = (1n << 64n) - 1n;
const TIME = /^(-?\d{2,}:\d\d)(:\d\d(?:\.\d+)?)?(Z|[+-]\d\d(?::\d\d){0,2})?$/;

export function fieldWriter(logical: LogicalType): FieldWriter {
  switch (logical.kind) {
    case 'boolean':
      return viaText(booleanText);
    case 'integer':
      return viaText(logical.unsigned ? unsignedText : (value) => (typeof value === 'bigint' ? String(value) : null));
    case 'decimal':
      return viaText(decimalText);
    case 'float':
      return float;
    case 'binary':
      return binary;
    case 'date':
      return viaText((value) => (typeof value === 'string' ? dateText(value) : null));
    case 'timestamp':
      return viaText((value) => (typeof value === 'string' ? timestampText(value, logical) : null));
    case 'time':
      return viaText((value) => (typeof value === 'string' ? timeText(value, logical.zone) : null));
    case 'uuid':
      return viaText(uuidText);
    case 'bit':
      return viaText((value) => (typeof value === 'string' && /^[01]*$/.test(value) ? value : null));
    case 'text':
    case 'json':
    case 'enum':
    case 'set':
    case 'interval':
    case 'geometry':
    case 'array':
    case 'opaque':
      return viaText(plain);
  }
}

export function storageOf(value: Stored): string {
  if (typeof value === 'bigint') return 'an integer';
  if (typeof value === 'number') return 'a real number';
  return typeof value === 'string' ? 'text' : 'a blob';
}

function viaText(text: (value: Stored) => string | null): FieldWriter {
  return (value, out) => {
    const result = text(value);
    if (result === null) return false;
    out.text(result);
    return true;
  };
}

function booleanText(value: Stored): string | null {
  if (value === 0n || value === 1n) return String(value);
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase();
  return word === 'true' || word === 't' ? '1' : word === 'false' || word === 'f' ? '0' : null;
}

function unsignedText(value: Stored): string | null {
  const exact =
    typeof value === 'bigint' ? value : typeof value === 'string' && /^\d+$/.test(value) ? BigInt(value) : -1n;
  return exact >= 0n && exact <= MAX_UNSIGNED ? String(exact) : null;
}

function decimalText(value: Stored): string | null {
  const word = String(value);
  if (word === 'NaN' || word === 'Infinity' || word === '-Infinity') return word;
  return plainNumber(value);
}

const float: FieldWriter = (value, out) => {
  const number = typeof value === 'bigint' ? Number(value) : value;
  if (typeof number !== 'number') return false;
  if (typeof value === 'bigint' && BigInt(number) !== value) return false;
  out.double(number);
  return true;
};

/** The scan asks for texts in such columns as bytes. */
const binary: FieldWriter = (value, out) => {
  if (!Buffer.isBuffer(value)) return false;
  out.field(value, 0, value.length);
  return true;
};

function timeText(text: string, zoned: boolean): string | null {
  const match = TIME.exec(text);
  if (!match) return null;
  const [, minutes = '', seconds = ':00', offset = ''] = match;
  if (!zoned) return offset === '' ? minutes + seconds : null;
  return `${minutes}${seconds}${offset === 'Z' || offset === '' ? '+00' : offset}`;
}

function uuidText(value: Stored): string | null {
  if (typeof value !== 'string' && !Buffer.isBuffer(value)) return null;
  const digits = Buffer.isBuffer(value) ? value.toString('hex') : value.toLowerCase().replaceAll(/[-{}]/g, '');
  if (!/^[0-9a-f]{32}$/.test(digits)) return null;
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

function plain(value: Stored): string | null {
  if (Buffer.isBuffer(value)) return null;
  return typeof value === 'number' ? (plainNumber(value) ?? String(value)) : String(value);
}
