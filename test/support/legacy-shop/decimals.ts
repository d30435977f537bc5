// Exact decimals: whole numbers with a place for the point.

export interface Decimal {
  readonly units: bigint;
  /** Digits behind the point. */
  readonly scale: number;
}

export const ZERO: Decimal = { units: 0n, scale: 0 };

/** Digits, with a sign and a point if there are; null for everything else. */
export function parseDecimal(text: string): Decimal | null {
  const [whole, minus, front = '', behind = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? [];
  if (whole === undefined) return null;
  const units = BigInt(front + behind);
  return { units: minus === '-' ? -units : units, scale: behind.length };
}

export function add(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale);
  return { units: unitsAt(a, scale) + unitsAt(b, scale), scale };
}

export function multiply(a: Decimal, b: Decimal): Decimal {
  return { units: a.units * b.units, scale: a.scale + b.scale };
}

/** Both ends included. */
export function within(value: Decimal, least: bigint, most: bigint): boolean {
  const unit = 10n ** BigInt(value.scale);
  return value.units >= least * unit && value.units <= most * unit;
}

/** Without zeros at the end, so that equal numbers are equal texts. */
export function formatDecimal({ units, scale }: Decimal): string {
  const digits = String(units < 0n ? -units : units).padStart(scale + 1, '0');
  const behind = digits.slice(digits.length - scale).replace(/0+$/, '');
  const front = digits.slice(0, digits.length - scale);
  return `${units < 0n ? '-' : ''}${front}${scale > 0 && behind !== '' ? `.${behind}` : ''}`;
}

function unitsAt({ units, scale }: Decimal, wanted: number): bigint {
  return units * 10n ** BigInt(wanted - scale);
}
