// Telephone numbers and e-mail addresses.

import { createRequire } from 'node:module';
import type * as Phones from 'libphonenumber-js/min';
import type { Transform } from '../../../shared/model/transform.ts';
import { isDigit, isSpace, lowerOf } from './character-tables.ts';
import { type Characters, codesOf } from './characters.ts';
import { bad, type Outcome, orElse, type Step } from './step.ts';
import { lowerInPlace, trimInPlace } from './text.ts';

/**
 * Weighs as much as the rest of a worker, so it is loaded only where numbers are read.
 * The smallest metadata: the length and form of each country's numbers. The largest also knows which numbers are in use,
 * but numbering plans change faster than anyone updates, and a real number refused is worse than a wrong one kept.
 */
let phones: typeof Phones | undefined;

function library(): typeof Phones {
  phones ??= createRequire(import.meta.url)('libphonenumber-js/min') as typeof Phones;
  return phones;
}

type PhoneStep = Extract<Transform, { do: 'phone' }>;

export function phone({ country, format, onFailure }: PhoneStep): Step {
  if (!library().isSupportedCountry(country)) {
    throw bad(`there is no country "${country}".`, 'Give the two capital letters of ISO 3166, such as US or DK.');
  }
  if (format === 'us') {
    return orElse(formatUs, onFailure, 'a telephone number of fewer than 10 digits', formatUsInPlace);
  }
  const write = WRITERS[format];
  return orElse((value) => formatPhone(value, country, write), onFailure, `no telephone number as ${country} dials it`);
}

const WRITERS = {
  // Extensions have no place in E.164, and must not get lost.
  e164: (number: Phones.PhoneNumber) => (number.ext === undefined ? number.number : undefined),
  international: (number: Phones.PhoneNumber) => number.formatInternational(),
  national: (number: Phones.PhoneNumber) => number.formatNational(),
};

function formatPhone(
  value: string,
  country: Phones.CountryCode,
  write: (number: Phones.PhoneNumber) => string | undefined,
) {
  // Not `extract`: a number somewhere in other words is not the number.
  const number = library().parsePhoneNumberFromString(value, { defaultCountry: country, extract: false });
  return number?.isPossible() ? write(number) : undefined;
}

const NOT_DIGITS = /\D+/g;

/** By the count of digits alone, whatever stands between them. */
function formatUs(value: string): string | undefined {
  const digits = value.replace(NOT_DIGITS, '');
  if (digits.length < 10) return undefined;
  if (digits.length === 10) return inBlocks(digits);
  return digits.length === 11 && digits.startsWith('1') ? `+1 ${inBlocks(digits.slice(1))}` : digits;
}

function inBlocks(digits: string): string {
  return `(${digits.slice(0, 3)}) ${digits.slice(3, 6)}-${digits.slice(6)}`;
}

const SHORT = codesOf('(ddd) ddd-dddd')!;
const LONG = codesOf('+d (ddd) ddd-dddd')!;
const [D, ONE] = codesOf('d1')!;

/** The digits of the number at hand: the text stays as it is until it is known to be one. */
let digits = new Uint16Array(64);

function formatUsInPlace(text: Characters): Outcome {
  const { codes, start, end } = text;
  if (digits.length < end - start) digits = new Uint16Array(end - start);
  let count = 0;
  for (let at = start; at < end; at++) {
    const code = codes[at]!;
    if (isDigit(code)) digits[count++] = code;
  }
  if (count < 10) return 'refused';
  if (count === 10) spread(text, SHORT);
  else if (count === 11 && digits[0] === ONE) spread(text, LONG);
  else text.set(digits.subarray(0, count));
  return 'done';
}

/** Puts the digits where the form has a d. */
function spread(text: Characters, form: Uint16Array): void {
  const { codes } = text;
  let from = 0;
  for (let to = 0; to < form.length; to++) codes[to] = form[to] === D ? digits[from++]! : form[to]!;
  text.start = 0;
  text.end = form.length;
}

const SPACE = /\s/;

/** The shape x@y.z, in any case. */
export function looksLikeEmail(value: string): boolean {
  return isAddress(value.toLowerCase());
}

export function email({ onFailure }: Extract<Transform, { do: 'email' }>): Step {
  return orElse(
    (value) => {
      const address = value.trim().toLowerCase();
      return isAddress(address) ? address : undefined;
    },
    onFailure,
    'not an e-mail address',
    emailInPlace,
  );
}

function emailInPlace(text: Characters): Outcome {
  const { start, end } = text;
  trimInPlace(text);
  switch (addressInPlace(text)) {
    case 'small letters':
      return 'done';
    case 'capitals':
      return lowerInPlace(text);
    case 'none':
      text.start = start;
      text.end = end;
      return 'refused';
  }
}

/** x@y.z: something, one @, a domain with a dot that is not at its ends, and no blanks. */
export function isAddress(text: string): boolean {
  const at = text.indexOf('@');
  const dot = text.indexOf('.', at + 2);
  if (at < 1 || dot < 0 || text.charCodeAt(at + 1) === DOT || text.charCodeAt(text.length - 1) === DOT) return false;
  return text.indexOf('@', at + 1) < 0 && !SPACE.test(text);
}

const DOT = 0x2e;
const AT = 0x40;

/** Whether it is an address, and one with letters that have a lower case. */
function addressInPlace({ codes, start, end }: Characters): 'none' | 'small letters' | 'capitals' {
  let at = -1;
  let dot = -1;
  let hasCapitals = false;
  for (let i = start; i < end; i++) {
    const code = codes[i]!;
    if (isSpace(code) || (code === AT && at >= 0)) return 'none';
    if (lowerOf(code) !== code) hasCapitals = true;
    if (code === AT) at = i;
    else if (code === DOT && at >= 0 && i > at + 1) dot = i;
  }
  if (at <= start || dot <= 0 || codes[at + 1] === DOT || codes[end - 1] === DOT) return 'none';
  return hasCapitals ? 'capitals' : 'small letters';
}
