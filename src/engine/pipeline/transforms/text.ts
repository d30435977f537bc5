// Plain text: blanks, case, parts, padding. Characters are code points, as databases count them.

import { always, type Step } from './step.ts';

const SPACES = /\s+/g;
const SURROGATE = /[\ud800-\udfff]/;

export const trim = always((value) => value.trim());

export const collapseSpaces = always((value) => value.trim().replace(SPACES, ' '));

export const lower = always((value) => value.toLowerCase());

export const upper = always((value) => value.toUpperCase());

export const stripNul = always((value) => value.replaceAll('\0', ''));

export function replace({ find, with: replacement }: { find: string; with: string }): Step {
  // A dollar sign means something to replaceAll.
  const literal = replacement.replaceAll('$', '$$$$');
  return always((value) => value.replaceAll(find, literal));
}

export function substring({ start, length }: { start: number; length?: number | undefined }): Step {
  return always((value) => {
    const characters = SURROGATE.test(value) ? Array.from(value) : value;
    const from = start < 0 ? Math.max(characters.length + start, 0) : start;
    const part = characters.slice(from, length === undefined ? undefined : from + length);
    return typeof part === 'string' ? part : part.join('');
  });
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
