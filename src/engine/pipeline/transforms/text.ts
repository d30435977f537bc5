// Plain text: blanks, case, parts, padding. Characters are code points, as databases count them.

import { isSpace, lowerOf, upperOf } from './character-tables.ts';
import { type Characters, codesOf } from './characters.ts';
import { always, type InPlace, type Outcome, type Step } from './step.ts';

const SPACES = /\s+/g;
const SURROGATE = /[\ud800-\udfff]/;
const SPACE = 0x20;

export const trim = always((value) => value.trim(), trimInPlace);

export function trimInPlace(text: Characters): Outcome {
  const { codes } = text;
  while (text.start < text.end && isSpace(codes[text.start]!)) text.start++;
  while (text.start < text.end && isSpace(codes[text.end - 1]!)) text.end--;
  return 'done';
}

export const collapseSpaces = always(
  (value) => value.trim().replace(SPACES, ' '),
  (text) => {
    trimInPlace(text);
    const { codes, start, end } = text;
    let put = start;
    for (let at = start; at < end; at++) {
      const code = codes[at]!;
      if (!isSpace(code)) codes[put++] = code;
      else if (!isSpace(codes[at - 1]!)) codes[put++] = SPACE;
    }
    text.end = put;
    return 'done';
  },
);

export const lowerInPlace = eachBy(lowerOf);

export const lower = always((value) => value.toLowerCase(), lowerInPlace);

export const upper = always((value) => value.toUpperCase(), eachBy(upperOf));

/** Where some character has no answer, it does not matter which others had theirs: to change case twice is to do it once. */
function eachBy(other: (code: number) => number): InPlace {
  return ({ codes, start, end }) => {
    for (let at = start; at < end; at++) {
      const code = other(codes[at]!);
      if (code === 0) return 'unable';
      codes[at] = code;
    }
    return 'done';
  };
}

export const stripNul = always(
  (value) => value.replaceAll('\0', ''),
  (text) => {
    const { codes, start, end } = text;
    let put = start;
    for (let at = start; at < end; at++) if (codes[at] !== 0) codes[put++] = codes[at]!;
    text.end = put;
    return 'done';
  },
);

export function replace({ find, with: replacement }: { find: string; with: string }): Step {
  // A dollar sign means something to replaceAll.
  const literal = replacement.replaceAll('$', '$$$$');
  return always((value) => value.replaceAll(find, literal), replaceInPlace(codesOf(find), codesOf(replacement)));
}

/** Where a single character is sought and at most one put in its place, as is usual. */
function replaceInPlace(find: Uint16Array | null, replacement: Uint16Array | null): InPlace | undefined {
  if (find?.length !== 1 || !replacement || replacement.length > 1) return undefined;
  const [sought] = find;
  const [put] = replacement;
  return (text) => {
    const { codes, start, end } = text;
    let to = start;
    for (let at = start; at < end; at++) {
      const code = codes[at] === sought ? put : codes[at];
      if (code !== undefined) codes[to++] = code;
    }
    text.end = to;
    return 'done';
  };
}

export function substring({ start, length }: { start: number; length?: number | undefined }): Step {
  return always(
    (value) => {
      const characters = SURROGATE.test(value) ? Array.from(value) : value;
      const from = start < 0 ? Math.max(characters.length + start, 0) : start;
      const part = characters.slice(from, length === undefined ? undefined : from + length);
      return typeof part === 'string' ? part : part.join('');
    },
    (text) => {
      const from = start < 0 ? Math.max(text.length + start, 0) : Math.min(start, text.length);
      text.start += from;
      if (length !== undefined && length < text.length) text.end = text.start + length;
      return 'done';
    },
  );
}

export function pad(step: { side: 'left' | 'right'; length: number; with: string }): Step {
  const { side, length, with: filler } = step;
  return always((value) => {
    const missing = length - (SURROGATE.test(value) ? Array.from(value).length : value.length);
    if (missing <= 0) return value;
    return side === 'left' ? filler.repeat(missing) + value : value + filler.repeat(missing);
  });
}

export function split({ at, take }: { at: string; take: number }): Step {
  return always((value) => value.split(at).at(take) ?? null);
}
