// Compares decimal numbers as text, exactly: no float in between.

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
