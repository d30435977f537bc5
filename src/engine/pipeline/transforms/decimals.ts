// Decimal numbers as text or as big integers with a scale; no value ever becomes a floating-point number.

import { plainDecimal } from '../../support/decimal.ts';

/** What most numbers look like already. */
const USUAL = /^-?(?:0|[1-9]\d*)(?:\.\d+)?$/;
const EXPONENT = /[eE]([+-]?\d+)\s*$/;
const MINUS_ZERO = /^-[0.]+$/;
const MOST_DIGITS = 10_000;
const LARGEST_EXPONENT = 1000;

/**
 * The number without exponent, plus sign or needless zeros in front, with its scale as written; undefined when the text
 * is no finite decimal number. Exponents beyond ±1000 are refused: nobody's data holds them, and their digits fill memory.
 */
export function exactDecimal(text: string): string | undefined {
  if (text.length > MOST_DIGITS) return undefined;
  if (!USUAL.test(text)) return unusual(text);
  return text.charCodeAt(0) === 0x2d ? withoutMinusZero(text) : text;
}

function unusual(text: string): string | undefined {
  const exponent = EXPONENT.exec(text);
  if (exponent && Math.abs(Number(exponent[1])) > LARGEST_EXPONENT) return undefined;
  const plain = plainDecimal(text.trim());
  return plain === null ? undefined : withoutMinusZero(plain);
}

function withoutMinusZero(decimal: string): string {
  return MINUS_ZERO.test(decimal) ? decimal.slice(1) : decimal;
}

/** Moves the point of a plain decimal. */
export function shifted(decimal: string, by: number): string | undefined {
  return exactDecimal(`${decimal}e${by}`);
}

/** At most that many digits behind the point, half away from zero. Fewer stay fewer. */
export function rounded(decimal: string, digits: number): string {
  const point = decimal.indexOf('.');
  if (point < 0 || decimal.length - point - 1 <= digits) return decimal;
  const { units } = scaled(decimal.slice(0, point + 1 + digits));
  const up = decimal.charCodeAt(point + 1 + digits) >= 0x35;
  const negative = decimal.startsWith('-');
  return written({ units: up ? (negative ? units - 1n : units + 1n) : units, scale: digits });
}

/** units × 10^-scale. */
export interface Scaled {
  readonly units: bigint;
  readonly scale: number;
}

export function scaled(decimal: string): Scaled {
  const point = decimal.indexOf('.');
  if (point < 0) return { units: BigInt(decimal), scale: 0 };
  const digits = decimal.slice(0, point) + decimal.slice(point + 1);
  return { units: BigInt(digits), scale: decimal.length - point - 1 };
}

export function written({ units, scale }: Scaled): string {
  const negative = units < 0n;
  const digits = (negative ? -units : units).toString().padStart(scale + 1, '0');
  const whole = digits.slice(0, digits.length - scale);
  return `${negative ? '-' : ''}${whole}${scale === 0 ? '' : `.${digits.slice(-scale)}`}`;
}

export function product(a: Scaled, b: Scaled): Scaled {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

export function total(a: Scaled, b: Scaled): Scaled {
  const scale = Math.max(a.scale, b.scale);
  return { units: at(a, scale) + at(b, scale), scale };
}

function at({ units, scale }: Scaled, wanted: number): bigint {
  return wanted === scale ? units : units * 10n ** BigInt(wanted - scale);
}
