// Exact least, greatest, sum and digits of numbers however they are stored; a double has its shortest digits.

import { plainNumber } from '../number-text.ts';

export interface DecimalAnswers {
  readonly min: string | null;
  readonly max: string | null;
  readonly sum: string | null;
  readonly maxIntegerDigits: string | null;
  readonly maxScale: string | null;
}

/** Numbers of so many digits are added up as doubles, exactly, and only now and then as BigInt. */
const QUICK_DIGITS = 15;
const QUICK_SUM = 2 ** 52;

export class DecimalFacts {
  /** All numbers are kept as integers of this many decimal places. */
  #scale = 0;
  #min: bigint | null = null;
  #max: bigint | null = null;
  #sum = 0n;
  /** The same, for numbers of few digits; folded into those above when the scale grows and at the end. */
  #quickMin = Number.POSITIVE_INFINITY;
  #quickMax = Number.NEGATIVE_INFINITY;
  #quickSum = 0;
  #whole = 0;
  #fraction = 0;
  #seen = false;

  add(value: unknown): void {
    const text = plainNumber(value);
    if (text === null) return;
    this.#seen = true;
    const point = text.indexOf('.');
    const whole = point < 0 ? text : text.slice(0, point);
    const digits = point < 0 ? '' : withoutZeros(text.slice(point + 1));
    if (digits.length > this.#scale) this.#widen(digits.length);
    if (digits.length > this.#fraction) this.#fraction = digits.length;
    this.#countWhole(whole);
    if (whole.length + this.#scale <= QUICK_DIGITS) this.#addQuick(Number(whole + digits.padEnd(this.#scale, '0')));
    else this.#addExact(BigInt(whole + digits.padEnd(this.#scale, '0')));
  }

  /** Takes in what was found of other numbers; their sum is lost. */
  include({ min, max, maxIntegerDigits, maxScale }: DecimalAnswers): void {
    for (const number of [min, max]) if (number !== null) this.add(number);
    this.#whole = Math.max(this.#whole, Number(maxIntegerDigits ?? 0));
    this.#fraction = Math.max(this.#fraction, Number(maxScale ?? 0));
  }

  get answers(): DecimalAnswers {
    this.#fold();
    return {
      min: this.#text(this.#min),
      max: this.#text(this.#max),
      sum: this.#seen ? this.#text(this.#sum) : null,
      maxIntegerDigits: this.#seen ? String(this.#whole) : null,
      maxScale: this.#seen ? String(this.#fraction) : null,
    };
  }

  /** Of 0.5 the whole part has no digits. */
  #countWhole(whole: string): void {
    const negative = whole.startsWith('-');
    const digits = whole.length - (negative ? 1 : 0);
    if (digits > this.#whole && !(digits === 1 && whole.endsWith('0'))) this.#whole = digits;
  }

  #addQuick(number: number): void {
    if (number < this.#quickMin) this.#quickMin = number;
    if (number > this.#quickMax) this.#quickMax = number;
    this.#quickSum += number;
    if (this.#quickSum > QUICK_SUM || this.#quickSum < -QUICK_SUM) {
      this.#sum += BigInt(this.#quickSum);
      this.#quickSum = 0;
    }
  }

  #addExact(number: bigint): void {
    if (this.#min === null || number < this.#min) this.#min = number;
    if (this.#max === null || number > this.#max) this.#max = number;
    this.#sum += number;
  }

  #fold(): void {
    if (this.#quickMin === Number.POSITIVE_INFINITY) return;
    const rest = BigInt(this.#quickSum) - BigInt(this.#quickMin) - BigInt(this.#quickMax);
    this.#addExact(BigInt(this.#quickMin));
    this.#addExact(BigInt(this.#quickMax));
    this.#sum += rest;
    this.#quickMin = Number.POSITIVE_INFINITY;
    this.#quickMax = Number.NEGATIVE_INFINITY;
    this.#quickSum = 0;
  }

  #widen(scale: number): void {
    this.#fold();
    const factor = 10n ** BigInt(scale - this.#scale);
    if (this.#min !== null) this.#min *= factor;
    if (this.#max !== null) this.#max *= factor;
    this.#sum *= factor;
    this.#scale = scale;
  }

  #text(number: bigint | null): string | null {
    if (number === null || this.#scale === 0) return number === null ? null : String(number);
    const sign = number < 0n ? '-' : '';
    const digits = String(number < 0n ? -number : number).padStart(this.#scale + 1, '0');
    const fraction = withoutZeros(digits.slice(-this.#scale));
    return `${sign}${digits.slice(0, -this.#scale)}${fraction === '' ? '' : `.${fraction}`}`;
  }
}

interface OrdinaryDecimals {
  /** The least and the greatest. */
  readonly ends: readonly unknown[];
  /** Some of them are stored as reals: those that are not whole are. */
  readonly reals: boolean;
  /** Places that the column declares. */
  readonly scale: number;
}

/** The fact about all values of a column: of those that it declares, and of `others`, where there are any. */
export function decimalAnswer(
  question: keyof DecimalAnswers,
  { ends, reals, scale }: OrdinaryDecimals,
  others: DecimalAnswers | null = null,
): string | null {
  const facts = new DecimalFacts();
  for (const value of ends) if (value !== null) facts.add(value);
  if (others !== null) facts.include(others);
  const found = facts.answers[question];
  // What lies between the least and the greatest may use all the places that the column declares.
  return question === 'maxScale' && reals && Number(found) < scale ? String(scale) : found;
}

function withoutZeros(digits: string): string {
  return digits.endsWith('0') ? digits.replace(/0+$/, '') : digits;
}
