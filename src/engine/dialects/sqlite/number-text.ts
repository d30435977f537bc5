// Numbers as plain decimal text, however SQLite stores them.

import { plainDecimal } from '../../support/decimal.ts';

/** Null for what is no finite number. A double gives the shortest digits that read back as itself. */
export function plainNumber(value: unknown): string | null {
  if (typeof value === 'bigint') return String(value);
  if (typeof value === 'number') {
    const text = String(value);
    return text.includes('e') || !Number.isFinite(value) ? plainDecimal(text) : text;
  }
  return typeof value === 'string' ? plainDecimal(value) : null;
}
