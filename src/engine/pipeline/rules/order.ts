// Which of two values comes first, by what their type means.

import type { LogicalType } from '../../../shared/model/logical-type.ts';
import { compareDecimals } from '../../support/decimal.ts';
import { exactDecimal } from '../transforms/decimals.ts';

export interface Comparer {
  /** Negative, zero or positive. */
  readonly order: (a: string, b: string) => number;
  /** Whether a person's bound is of that kind. */
  readonly understands: (bound: string) => boolean;
}

export function comparer({ kind }: LogicalType): Comparer {
  switch (kind) {
    case 'integer':
    case 'decimal':
    case 'float':
      return { order: compareNumbers, understands: isNumber };
    case 'date':
    case 'timestamp':
      return { order: compareMoments, understands: (bound) => /^\d{4,}-\d\d-\d\d/.test(bound) };
    default:
      // A text that holds numbers is compared as such when both are; everything else by code units.
      return {
        order: (a, b) => (isNumber(a) && isNumber(b) ? compareNumbers(a, b) : compareTexts(a, b)),
        understands: () => true,
      };
  }
}

function isNumber(text: string): boolean {
  return exactDecimal(text) !== undefined;
}

/** NaN and infinities as databases order them: above all numbers, or below. */
function compareNumbers(a: string, b: string): number {
  const [left, right] = [exactDecimal(a), exactDecimal(b)];
  if (left !== undefined && right !== undefined) return compareDecimals(left, right);
  return rank(a, left) - rank(b, right);
}

function rank(text: string, finite: string | undefined): number {
  if (finite !== undefined) return 0;
  return text.startsWith('-') ? -1 : 1;
}

/** Years of more than four digits, and those before Christ, don't order as texts do. */
function compareMoments(a: string, b: string): number {
  return yearOf(a) - yearOf(b) || compareTexts(withoutYear(a), withoutYear(b));
}

function yearOf(moment: string): number {
  if (moment === 'infinity') return Number.MAX_SAFE_INTEGER;
  if (moment === '-infinity') return Number.MIN_SAFE_INTEGER;
  const year = Number(/^\d+/.exec(moment)?.[0] ?? 0);
  return moment.endsWith(' BC') ? -year : year;
}

function withoutYear(moment: string): string {
  return moment.replace(/^\d+/, '');
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
