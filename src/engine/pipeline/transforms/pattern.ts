// Regular expressions in RE2's syntax: linear time whatever the pattern, so that no project can hang a run.

import { RE2JS } from 're2js';
import { codesOf } from './characters.ts';
import { bad, type InPlace, orElse, type Step } from './step.ts';

/** Steps that one pass of the automaton may take: the length of the text times the size of the pattern. */
const MOST_STEPS = 100_000_000;
/**
 * One search is linear, but to find all of n matches may take n searches of the whole rest: a+b|a on aaaa… No count of
 * steps tells, so the clock does; shorter texts are done before anyone could look.
 */
const UNWATCHED_LENGTH = 1_000;
const MOST_MILLISECONDS = 2_000;

const TOO_LONG = 'too long for the pattern';

export function strip({ pattern }: { pattern: string }): Step {
  return replacePattern({ pattern, with: '' });
}

export function replacePattern({ pattern, with: replacement }: { pattern: string; with: string }): Step {
  const compiled = compilePattern(pattern);
  const parts = replacementParts(replacement, compiled.groupCount());
  const literal = parts.every((part) => typeof part === 'string') ? parts.join('') : null;
  if (literal === null || !CLASS.test(pattern)) return orElse(replaceMatches(compiled, parts), 'reject', TOO_LONG);
  const isMember = membership(compiled);
  const runs = pattern.endsWith('+');
  return orElse(
    replaceClass(isMember, runs, literal),
    'reject',
    TOO_LONG,
    replaceClassInPlace(isMember, runs, codesOf(literal)),
  );
}

/** Whether some part of a text matches; one that is too long for the pattern does not. */
export function patternTest(pattern: string): (value: string) => boolean {
  const compiled = compilePattern(pattern);
  const longest = MOST_STEPS / compiled.programSize();
  return (value) => value.length <= longest && compiled.test(value);
}

function compilePattern(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern);
  } catch (error) {
    throw bad(
      `the pattern ${pattern.length > 80 ? `${pattern.slice(0, 80)}…` : pattern} can't be read.`,
      'Write it in RE2 syntax: no backreferences, no lookaround; see github.com/google/re2/wiki/Syntax.',
      error instanceof Error ? error.message : null,
    );
  }
}

/** Literal text, or the number of a group. */
type ReplacementPart = string | number;

/** $1 … $99 are groups, $0 all that matched, $$ a dollar sign. Throws `map.bad-transform`. */
function replacementParts(replacement: string, groups: number): ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  for (const [part, group] of replacement.matchAll(/\$(\d{1,2})|\$\$|[^$]+|\$/g)) {
    if (group !== undefined && Number(group) > groups) {
      throw bad(`the pattern has no group ${Number(group)}.`, 'Write $$ for a dollar sign.');
    }
    parts.push(group === undefined ? (part === '$$' ? '$' : part) : Number(group));
  }
  return parts;
}

function replaceMatches(pattern: RE2JS, parts: readonly ReplacementPart[]): (value: string) => string | undefined {
  const longest = MOST_STEPS / pattern.programSize();
  return (value) => {
    if (value.length > longest) return undefined;
    // Most values match nowhere, and to learn just that is the quickest.
    if (!pattern.test(value)) return value;
    const matcher = pattern.matcher(value);
    let result = '';
    let done = 0;
    const until = value.length > UNWATCHED_LENGTH ? performance.now() + MOST_MILLISECONDS : null;
    while (matcher.find()) {
      result += value.slice(done, matcher.start());
      for (const part of parts) result += typeof part === 'string' ? part : (matcher.group(part) ?? '');
      done = matcher.end();
      if (until !== null && performance.now() > until) return undefined;
    }
    return result + value.slice(done);
  };
}

/**
 * One character class, with + or not, such as [^A-Za-z0-9 .-]+: what most patterns are. It always matches exactly one
 * character, so a walk along the text does, without an automaton. No [[:alpha:]], no ] or - in odd places.
 */
const CLASS = /^(?:\\[dDsSwW]|\[\^?(?:[^[\]\\]|\\[dDsSwWnrt]|\\[!-/:-@[-`{-~]|\\[pP]\{\w+\})+\])\+?$/u;

/** RE2 itself says of each character whether it is in the class; the answer is kept. */
function membership(pattern: RE2JS): (code: number) => boolean {
  const known = new Uint8Array(0x10000);
  const [within, without] = [1, 2];
  return (code) => {
    if (code > 0xffff) return pattern.testExact(String.fromCodePoint(code));
    if (known[code] === 0) known[code] = pattern.testExact(String.fromCharCode(code)) ? within : without;
    return known[code] === within;
  };
}

function replaceClass(isMember: (code: number) => boolean, runs: boolean, replacement: string) {
  return (value: string): string => {
    let result = '';
    let done = 0;
    let replaced = -1;
    for (let i = 0; i < value.length; ) {
      const code = value.codePointAt(i)!;
      const width = code > 0xffff ? 2 : 1;
      if (isMember(code)) {
        const continues = runs && replaced === i;
        result += continues ? '' : value.slice(done, i) + replacement;
        done = i + width;
        replaced = done;
      }
      i += width;
    }
    return done === 0 ? value : result + value.slice(done);
  };
}

/** The same where a text can't grow by it. */
function replaceClassInPlace(
  isMember: (code: number) => boolean,
  runs: boolean,
  replacement: Uint16Array | null,
): InPlace | undefined {
  if (!replacement || replacement.length > 1) return undefined;
  const [put] = replacement;
  return (text) => {
    const { codes, start, end } = text;
    let to = start;
    let continues = false;
    for (let at = start; at < end; at++) {
      const code = codes[at]!;
      const member = isMember(code);
      if (!member) codes[to++] = code;
      else if (put !== undefined && !(runs && continues)) codes[to++] = put;
      continues = member;
    }
    text.end = to;
    return 'done';
  };
}
