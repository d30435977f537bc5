// What is known of a column of which all values are of the ordinary kind, whoever found that out.

import type { Answers, Question } from '../../../../shared/model/profile.ts';
import { decimalAnswer } from './decimal-facts.ts';

/** What one scan computes; an integer comes as a bigint. */
export type Scanned = bigint | number | string | Buffer | null;

const TOLD: ReadonlySet<Question> = new Set([
  'storageInteger',
  'storageReal',
  'storageText',
  'storageBlob',
  'notIsoTimestamp',
  'min',
  'max',
  'maxScale',
  'maxIntegerDigits',
]);

/** About a column about which nothing else is asked nobody need find out of what kind its values are. */
export function isToldByKind(question: Question): boolean {
  return TOLD.has(question);
}

export function ofIntegers(values: bigint, min: Scanned | undefined, max: Scanned | undefined): Answers {
  return { ...stored('storageInteger', values), min: text(min), max: text(max) };
}

/** No ordinary decimal of so many places is as great: a double tells all their digits. */
export function mostOfDecimals(scale: number): number {
  return Math.min(1e14, 2 ** 53 / 10 ** scale);
}

/** `integers` of them are stored as such; `ends`: the least and the greatest. */
export function ofDecimals(
  values: bigint,
  integers: bigint,
  [min, max]: readonly (Scanned | undefined)[],
  scale: number,
): Answers {
  const reals = values - integers;
  const decimals = { ends: [min ?? null, max ?? null], reals: reals > 0n, scale };
  const fact = (question: 'min' | 'max' | 'maxScale' | 'maxIntegerDigits') => decimalAnswer(question, decimals);
  return {
    ...stored('storageReal', values),
    storageReal: String(reals),
    storageInteger: String(integers),
    min: fact('min'),
    max: fact('max'),
    maxScale: fact('maxScale'),
    maxIntegerDigits: fact('maxIntegerDigits'),
    notFinite: '0',
    notANumber: '0',
  };
}

export function ofReals(values: bigint): Answers {
  return stored('storageReal', values);
}

export function ofTexts(values: bigint): Answers {
  return stored('storageText', values);
}

/** `longest`: the length of the longest one. */
export function ofMoments(values: bigint, longest: Scanned | undefined): Answers {
  return {
    ...stored('storageText', values),
    notIsoTimestamp: '0',
    zeroDates: '0',
    dateOutsideRange: '0',
    nulCharacters: '0',
    wideCharacters: '0',
    notUtf8: '0',
    maxChars: text(longest),
  };
}

function stored(as: 'storageInteger' | 'storageReal' | 'storageText', values: bigint): Answers {
  const none = { storageInteger: '0', storageReal: '0', storageText: '0', storageBlob: '0' };
  return { nonNull: String(values), ...none, [as]: String(values) };
}

function text(value: Scanned | undefined): string | null {
  return value == null ? null : String(value);
}
