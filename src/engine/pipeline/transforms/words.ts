// Words: title case, slugs and article numbers.

import { always, type Step } from './step.ts';

const SMALL_A = 0x61;
const SMALL_Z = 0x7a;
const APOSTROPHE = 0x27;

/** A letter that no letter, mark or digit stands before, not even with an apostrophe between: o'neill is one word. */
const WORD_START = /(?<![\p{L}\p{M}\p{N}]['’]?)\p{L}/gu;

export const title = always((value) => {
  const lower = value.toLowerCase();
  let result = '';
  let done = 0;
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i);
    if (code >= 0x80) return lower.replace(WORD_START, beginWord);
    if (code < SMALL_A || code > SMALL_Z || insideWord(lower, i)) continue;
    result += lower.slice(done, i) + String.fromCharCode(code - 0x20);
    done = i + 1;
  }
  return result + lower.slice(done);
});

/** WORD_START for ASCII, where most names are. */
function insideWord(lower: string, at: number): boolean {
  const before = lower.charCodeAt(at - 1);
  return isWord(before) || (before === APOSTROPHE && isWord(lower.charCodeAt(at - 2)));
}

function isWord(code: number): boolean {
  return (code >= SMALL_A && code <= SMALL_Z) || (code >= 0x30 && code <= 0x39);
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
