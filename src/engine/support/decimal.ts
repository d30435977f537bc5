// Decimal numbers as text, exactly: no float in between.

/** Negative, zero or positive, as a is less than, equal to or greater than b. Plain decimals without exponent. */
export function compareDecimals(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  if (left.negative !== right.negative) return left.negative ? -1 : 1;
  const sign = left.negative ? -1 : 1;
  const whole = left.whole - right.whole;
  if (whole !== 0n) return whole > 0n ? sign : -sign;
  const width = Math.max(left.fraction.length, right.fraction.length);
  const fraction = BigInt(left.fraction.padEnd(width, '0') || 0) - BigInt(right.fraction.padEnd(width, '0') || 0);
  return fraction === 0n ? 0 : fraction > 0n ? sign : -sign;
}

function parts(value: string): { negative: boolean; whole: bigint; fraction: string } {
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?\s*$/.exec(value);
  const whole = BigInt(match?.[2] || 0);
  const fraction = match?.[3] ?? '';
  const zero = whole === 0n && /^0*$/.test(fraction);
  return { negative: match?.[1] === '-' && !zero, whole, fraction };
}

const DECIMAL = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** A number's text without exponent, plus sign or needless zeros in front; null when it is not a finite number. */
export function plainDecimal(text: string): string | null {
  const parts = DECIMAL.exec(text);
  if (!parts || (parts[2] === '' && !parts[3])) return null;
  const [, sign, whole = '', fraction = '', exponent = '0'] = parts;
  const shift = Number(exponent);
  if (Math.abs(shift) > 20_000) return null;
  const digits = whole + fraction;
  const point = whole.length + shift;
  const padded = point <= 0 ? '0'.repeat(1 - point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 1);
  const before = padded.slice(0, at).replace(/^0+(?=\d)/, '');
  const after = padded.slice(at);
  return `${sign === '-' ? '-' : ''}${before}${after === '' ? '' : `.${after}`}`;
}
