// Exact least, greatest, sum and digits of numbers however they are stored; a double has its shortest digits.

import { plainNumber } from './number-text.ts';

export class DecimalFacts {
  static readonly results = {
    min: (facts: DecimalFacts) => facts.#text(facts.#min),
    max: (facts: DecimalFacts) => facts.#text(facts.#max),
    sum: (facts: DecimalFacts) => (facts.#seen ? facts.#text(facts.#sum) : null),
    maxIntegerDigits: (facts: DecimalFacts) => (facts.#seen ? String(facts.#whole) : null),
    maxScale: (facts: DecimalFacts) => (facts.#seen ? String(facts.#fraction) : null),
  };

  /** All numbers are kept as integers of this many decimal places. */
  #scale = 0;
  #min: bigint | null = null;
  #max: bigint | null = null;
  #sum = 0n;
  #whole = 0;
  #fraction = 0;
  #seen = false;

  add(value: unknown): void {
    const text = plainNumber(value);
    if (text === null) return;
    const point = text.indexOf('.');
    const digits = point < 0 ? '' : text.slice(point + 1).replace(/0+$/, '');
    const whole = point < 0 ? text : text.slice(0, point);
    if (digits.length > this.#scale) this.#widen(digits.length);
    const number = BigInt(whole + digits.padEnd(this.#scale, '0'));
    this.#seen = true;
    if (this.#min === null || number < this.#min) this.#min = number;
    if (this.#max === null || number > this.#max) this.#max = number;
    this.#sum += number;
    this.#whole = Math.max(this.#whole, whole.replace(/^-?0*/, '').length);
    this.#fraction = Math.max(this.#fraction, digits.length);
  }

  #widen(scale: number): void {
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
    const fraction = digits.slice(-this.#scale).replace(/0+$/, '');
    return `${sign}${digits.slice(0, -this.#scale)}${fraction === '' ? '' : `.${fraction}`}`;
  }
}
