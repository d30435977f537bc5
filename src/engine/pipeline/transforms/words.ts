// Words: title case, slugs and article numbers.

import { LETTER, lowerOf, PART_OF_WORD, upperOf, wordKind } from './character-tables.ts';
import type { Characters } from './characters.ts';
import { always, type Outcome, type Step } from './step.ts';

const APOSTROPHE = 0x27;
const CURLY_APOSTROPHE = 0x2019;

/** A letter that no letter, mark or digit stands before, not even with an apostrophe between: o'neill is one word. */
const WORD_START = /(?<![\p{L}\p{M}\p{N}]['’]?)\p{L}/gu;

export const title = always((value) => value.toLowerCase().replace(WORD_START, beginWord), titleInPlace);

function titleInPlace({ codes, start, end }: Characters): Outcome {
  // Whether a letter here would go on with a word: one stands before it, perhaps with an apostrophe between.
  let inside = false;
  let joined = false;
  for (let at = start; at < end; at++) {
    const code = lowerOf(codes[at]!);
    const kind = wordKind(code);
    const written = kind === LETTER && !inside && !joined ? upperOf(code) : code;
    if (written === 0) return 'unable';
    codes[at] = written;
    joined = inside && (code === APOSTROPHE || code === CURLY_APOSTROPHE);
    inside = kind === LETTER || kind === PART_OF_WORD;
  }
  return 'done';
}

/** ß becomes Ss, not SS. */
function beginWord(letter: string): string {
  const [first = '', ...others] = letter.toUpperCase();
  return first + others.join('').toLowerCase();
}

const MARKS = /\p{M}+/gu;
const NOT_WORD = /[^\p{L}\p{N}]+/gu;
/** Latin letters that no decomposition takes apart. */
const UNMARKED = /[æœøßđðłþı]/g;
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ß: 'ss',
  đ: 'd',
  ð: 'd',
  ł: 'l',
  þ: 'th',
  ı: 'i',
};

/** Other scripts keep their letters: a slug of nothing would serve nobody. */
export function slug({ between = '-' }: { between?: string | undefined }): Step {
  // A dollar sign means something to replaceAll.
  const literal = between.replaceAll('$', '$$$$');
  return always((value) =>
    value
      .toLowerCase()
      .replace(UNMARKED, plainLetter)
      .normalize('NFKD')
      .replace(MARKS, '')
      .replace(NOT_WORD, ' ')
      .trim()
      .replaceAll(' ', literal)
      .normalize('NFC'),
  );
}

function plainLetter(letter: string): string {
  return PLAIN[letter] ?? letter;
}

const NOT_SKU = /[^A-Z0-9_-]+/g;

export const sku = always((value) => value.toUpperCase().replace(NOT_SKU, ''));
