// Conversions among booleans, integers, decimals, floats and bits, and to and from their texts. None of them rounds silently.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import { plainDecimal } from '../../support/decimal.ts';
import { type FieldConverter, viaText } from './field.ts';

const INTEGER = /^[+-]?\d+$/;
const TRUE_WORDS = new Set(['1', 't', 'true', 'y', 'yes', 'on']);
const FALSE_WORDS = new Set(['0', 'f', 'false', 'n', 'no', 'off']);

/** Smallest and largest value of an integer type. */
export function integerBounds(type: Extract<LogicalType, { kind: 'integer' }>): { min: bigint; max: bigint } {
  const bits = BigInt(type.bits);
  return type.unsigned
    ? { min: 0n, max: (1n << bits) - 1n }
    : { min: -(1n << (bits - 1n)), max: (1n << (bits - 1n)) - 1n };
}

/** The integer's text when it lies within the type, else null. */
export function toInteger(type: Extract<LogicalType, { kind: 'integer' }>): FieldConverter {
  const { min, max } = integerBounds(type);
  return viaText((text) => {
    const plain = plainDecimal(text.trim());
    if (plain === null) return null;
    const whole = plain.replace(/\.0*$/, '');
    if (!INTEGER.test(whole)) return null;
    const value = BigInt(whole);
    return value < min || value > max ? null : value.toString();
  });
}

export const toDecimal: FieldConverter = viaText((text) =>
  text === 'NaN' || text === 'Infinity' || text === '-Infinity' ? text : plainDecimal(text.trim()),
);

export const toBoolean: FieldConverter = viaText((text) => {
  const word = text.trim().toLowerCase();
  return TRUE_WORDS.has(word) ? '1' : FALSE_WORDS.has(word) ? '0' : null;
});

export const booleanToText: FieldConverter = viaText((text) => (text === '1' ? 'true' : 'false'));

/** From any number's text. 32-bit targets hold the nearest single, which is then the value that must arrive. */
export function toFloat(bits: 32 | 64): FieldConverter {
  return (bytes, start, end, out) => {
    const text = bytes.toString('latin1', start, end).trim();
    const value = Number(text);
    if (text === '' || (Number.isNaN(value) && text !== 'NaN')) return false;
    const held = bits === 32 ? Math.fround(value) : value;
    if (!Number.isFinite(held) && /\d/.test(text)) return false;
    out.double(held);
    return true;
  };
}

/** A number that is too large for the target is no infinity. */
export function floatToFloat(bits: 32 | 64): FieldConverter {
  return (bytes, start, _end, out) => {
    const value = bytes.readDoubleBE(start);
    const held = bits === 32 ? Math.fround(value) : value;
    if (!Number.isFinite(held) && Number.isFinite(value)) return false;
    out.double(held);
    return true;
  };
}

/** What text says of bits; how many the column takes is asked of it afterwards. */
export const toBits: FieldConverter = viaText((text) => (/^[01]*$/.test(text) ? text : null));

/** The shortest decimal text that reads back as the same double. */
export const floatToText: FieldConverter = (bytes, start, _end, out) => {
  out.text(String(bytes.readDoubleBE(start)));
  return true;
};

export const floatToDecimal: FieldConverter = (bytes, start, _end, out) => {
  const plain = plainDecimal(String(bytes.readDoubleBE(start)));
  if (plain === null) return false;
  out.text(plain);
  return true;
};

export function floatToInteger(type: Extract<LogicalType, { kind: 'integer' }>): FieldConverter {
  const { min, max } = integerBounds(type);
  return (bytes, start, _end, out) => {
    const value = bytes.readDoubleBE(start);
    if (!Number.isInteger(value)) return false;
    const exact = BigInt(value);
    if (exact < min || exact > max) return false;
    out.text(exact.toString());
    return true;
  };
}

export function bitsToInteger(type: Extract<LogicalType, { kind: 'integer' }>): FieldConverter {
  const { max } = integerBounds(type);
  return viaText((bits) => {
    const value = BigInt(`0b${bits || '0'}`);
    return value > max ? null : value.toString();
  });
}

export const bitsToBinary: FieldConverter = (bytes, start, end, out) => {
  const bits = bytes.toString('latin1', start, end);
  const packed = Buffer.alloc(Math.ceil(bits.length / 8));
  let value = BigInt(`0b${bits || '0'}`);
  for (let i = packed.length - 1; i >= 0; i--) {
    packed[i] = Number(value & 0xffn);
    value >>= 8n;
  }
  out.field(packed, 0, packed.length);
  return true;
};
