// Masks: enough of a value to recognise its kind, not enough to know it.

import { createHmac } from 'node:crypto';
import type { Transform } from '../../../shared/model/transform.ts';
import { hiddenDigits, type Noise } from './mask-digits.ts';
import { always, type Step } from './step.ts';

/** Without a salt stars hide; with one, what hides is derived from the value, so that equal values stay equal. */
export function mask({ kind }: Extract<Transform, { do: 'mask' }>, salt: string | null): Step {
  const noise = salt === null ? null : noiseFrom(salt);
  switch (kind) {
    case 'email':
      return always((value) => maskEmail(value, noise));
    case 'phone':
      return always((value) => maskDigits(value, 2, noise));
    case 'card':
      return always((value) => maskDigits(value, 4, noise));
    case 'name':
      return always((value) => maskName(value, noise));
    case 'all':
      return always((value) => maskAll(value, noise));
  }
}

function noiseFrom(salt: string): Noise {
  return (text) => createHmac('sha256', salt).update(text, 'utf8').digest('hex');
}

/** 64 bits: among a million values two get the same mask once in 37 million tables. */
const HEX_DIGITS = 16;

function maskAll(value: string, noise: Noise | null): string {
  if (value === '') return '';
  return noise === null ? '*'.repeat(Array.from(value).length) : noise(value).slice(0, HEX_DIGITS);
}

/** john@mail.example.com → j***@***.com. The stars don't tell how long it was. */
function maskEmail(value: string, noise: Noise | null): string {
  const at = value.indexOf('@');
  const dot = value.lastIndexOf('.');
  if (at < 1 || dot < at) return maskAll(value, noise);
  const [first = ''] = value;
  const last = value.slice(dot);
  if (noise === null) return `${first}***@***${last}`;
  const hidden = noise(value);
  return `${first}${hidden.slice(0, HEX_DIGITS)}@${hidden.slice(HEX_DIGITS, HEX_DIGITS + 8)}${last}`;
}

const NAME = /^[\p{L}\p{M}\s.,'’-]+$/u;
const WORD = /[\p{L}\p{M}'’]+/gu;

/** John Doe → J*** D**. */
function maskName(value: string, noise: Noise | null): string {
  const words = NAME.test(value) ? value.match(WORD) : null;
  if (words === null) return maskAll(value, noise);
  if (noise === null) return value.replace(WORD, starredWord);
  const hidden = noise(value);
  const each = Math.max(Math.ceil(HEX_DIGITS / words.length), 1);
  let result = '';
  for (let i = 0; i < words.length; i++) {
    result += (i === 0 ? '' : ' ') + initial(words[i]!) + hidden.slice(i * each, (i + 1) * each);
  }
  return result;
}

function starredWord(word: string): string {
  const [first = '', ...others] = word;
  return first + '*'.repeat(others.length);
}

function initial(word: string): string {
  return String.fromCodePoint(word.codePointAt(0)!);
}

const NUMBER = /^[\d\s+().\-/]+$/;
const NOT_DIGITS = /\D+/g;

/** The last digits stay, unless they are half the number; blanks, brackets and signs stay where they are. */
function maskDigits(value: string, keep: number, noise: Noise | null): string {
  if (!NUMBER.test(value)) return maskAll(value, noise);
  const digits = value.replace(NOT_DIGITS, '');
  const secret = digits.length >= 2 * keep ? digits.length - keep : digits.length;
  const kept = digits.slice(secret);
  const shown = (noise === null ? '*'.repeat(secret) : hiddenDigits(digits.slice(0, secret), kept, noise)) + kept;
  let result = '';
  let place = 0;
  for (const character of value) result += isDigit(character) ? shown.charAt(place++) : character;
  return result;
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}
