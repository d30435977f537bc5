// Reads a load file from left to right: words in any case, strings, patterns; blanks and comments mean nothing.

import { DroverError } from '../../../shared/errors.ts';

export interface Scanner {
  readonly at: number;
  readonly done: boolean;
  /** Line of a place, from 1; of where it stands when absent. */
  line(at?: number): number;
  /** The text from `at` up to here, on one line. */
  since(at: number): string;
  /** Takes these words if they come next, else stays. */
  words(...words: readonly string[]): boolean;
  /** Takes what the pattern matches right here; it must be sticky. */
  match(pattern: RegExp): RegExpExecArray | null;
  /** As `match`, after blanks and comments. */
  next(pattern: RegExp): RegExpExecArray | null;
  /** Takes one of these characters after blanks. */
  sign(sign: string): boolean;
  back(at: number): void;
  /** Throws `project.bad-load-file` with the line. */
  fail(expected: string): never;
}

const BLANKS = /(?:[ \t\r\n\f]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)*/y;

export function scan(text: string): Scanner {
  let at = 0;

  function skip(): void {
    BLANKS.lastIndex = at;
    at += BLANKS.exec(text)?.[0].length ?? 0;
  }

  function match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found) at = pattern.lastIndex;
    return found;
  }

  function next(pattern: RegExp): RegExpExecArray | null {
    const before = at;
    skip();
    const found = match(pattern);
    if (!found) at = before;
    return found;
  }

  const lineOf = (place: number): number => text.slice(0, place).split('\n').length;

  return {
    get at() {
      return at;
    },
    get done() {
      const before = at;
      skip();
      const ended = at >= text.length;
      at = before;
      return ended;
    },
    line(place) {
      if (place !== undefined) return lineOf(place);
      const before = at;
      skip();
      const here = at;
      at = before;
      return lineOf(here);
    },
    since: (from) => text.slice(from, at).replace(BLANKS_WITHIN, ' ').trim(),
    words(...words) {
      const before = at;
      for (const word of words) {
        const found = next(/[a-z_][a-z0-9_]*/iy);
        if (found?.[0].toLowerCase() === word.toLowerCase()) continue;
        at = before;
        return false;
      }
      return true;
    },
    match,
    next,
    sign(sign) {
      const before = at;
      skip();
      if (text[at] !== sign) {
        at = before;
        return false;
      }
      at++;
      return true;
    },
    back: (place) => {
      at = place;
    },
    fail(expected) {
      skip();
      const line = lineOf(at);
      const column = at - text.lastIndexOf('\n', at - 1);
      const found = /^\S{1,24}/.exec(text.slice(at))?.[0];
      throw new DroverError(
        'project.bad-load-file',
        `The load file can't be read at line ${line}, column ${column}: ${expected} is expected${found === undefined ? ', and the file ends' : ''}.`,
        {
          hint: 'Correct it there: pgloader --dry-run says whether it reads the file.',
          where: { side: 'project' },
        },
      );
    },
  };
}

const BLANKS_WITHIN = /(?:[ \t\r\n\f]|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/)+/g;
