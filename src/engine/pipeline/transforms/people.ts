// Telephone numbers and e-mail addresses.

import { createRequire } from 'node:module';
import type * as Phones from 'libphonenumber-js/min';
import type { Transform } from '../../../shared/model/transform.ts';
import { bad, orElse, type Step } from './step.ts';

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
  if (format === 'us') return orElse(formatUs, onFailure, 'a telephone number of fewer than 10 digits');
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
  );
}

/** x@y.z: something, one @, a domain with a dot that is not at its ends, and no blanks. */
export function isAddress(text: string): boolean {
  const at = text.indexOf('@');
  const dot = text.indexOf('.', at + 2);
  if (at < 1 || dot < 0 || text.charCodeAt(at + 1) === DOT || text.charCodeAt(text.length - 1) === DOT) return false;
  return text.indexOf('@', at + 1) < 0 && !SPACE.test(text);
}

const DOT = 0x2e;
