// What JavaScript knows of a character of the Basic Multilingual Plane, asked once and kept in tables.

export const LETTER = 1;
/** A mark or a digit. */
export const PART_OF_WORD = 2;
const OTHER = 3;
const [BLANK, NOT_BLANK] = [1, 2];

/** 0: nobody asked yet, or the answer is 0. */
const spaces = new Uint8Array(0x10000);
const words = new Uint8Array(0x10000);
const lowers = new Uint16Array(0x10000);
const uppers = new Uint16Array(0x10000);

/** What \s and trim() take for blank. */
export function isSpace(code: number): boolean {
  return (spaces[code] || learn(spaces, code, space)) === BLANK;
}

/** LETTER, PART_OF_WORD, or another number. */
export function wordKind(code: number): number {
  return words[code] || learn(words, code, kind);
}

/** 0 where it is not one character, or not always the same. */
export function lowerOf(code: number): number {
  return lowers[code] || learn(lowers, code, lower);
}

/** 0 where it is not one character. */
export function upperOf(code: number): number {
  return uppers[code] || learn(uppers, code, upper);
}

export function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function learn(table: Uint8Array | Uint16Array, code: number, ask: (character: string) => number): number {
  const answer = ask(String.fromCharCode(code));
  table[code] = answer;
  return answer;
}

function space(character: string): number {
  return /\s/.test(character) ? BLANK : NOT_BLANK;
}

function kind(character: string): number {
  return /\p{L}/u.test(character) ? LETTER : /[\p{M}\p{N}]/u.test(character) ? PART_OF_WORD : OTHER;
}

/** What stands around a sigma decides on its lower case, as with no other letter. */
function lower(character: string): number {
  return character === 'Σ' ? 0 : single(character.toLowerCase());
}

function upper(character: string): number {
  return single(character.toUpperCase());
}

function single(text: string): number {
  return text.length === 1 ? text.charCodeAt(0) : 0;
}
