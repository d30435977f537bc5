// Small things that several clauses of a load file have in common: names, strings, patterns, lists.

import type { NamePattern } from '../../../shared/model/loadfile.ts';
import type { Scanner } from './scanner.ts';

/** 'name', "name" or a bare one. */
export function name(scanner: Scanner): string | null {
  return quoted(scanner) ?? scanner.next(/[\p{L}_][\p{L}\p{N}_$%-]*/uy)?.[0] ?? null;
}

export function quoted(scanner: Scanner): string | null {
  const found = scanner.next(/'([^']*)'|"([^"]*)"/y);
  return found ? (found[1] ?? found[2] ?? '') : null;
}

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '{': '}', '<': '>', '[': ']' };

/** ~/…/, ~<…>, ~[…] and the other quotes, or a string. */
export function pattern(scanner: Scanner, plain: 'name' | 'like'): NamePattern | null {
  const opening = scanner.next(/~(['"({<[/|#])/y)?.[1];
  if (opening === undefined) {
    const text = quoted(scanner);
    return text === null ? null : { how: plain, text };
  }
  const closing = CLOSING[opening] ?? opening;
  const body = scanner.match(new RegExp(`([^\\${closing}]+)\\${closing}`, 'y'))?.[1];
  if (body === undefined) return scanner.fail('a pattern and its closing sign');
  return { how: 'regex', text: body };
}

/** One or more, separated by commas. */
export function list<T>(scanner: Scanner, one: () => T | null, what: string): T[] {
  const all: T[] = [];
  do {
    const each = one();
    if (each === null) return scanner.fail(what);
    all.push(each);
  } while (scanner.sign(','));
  return all;
}

/** (…), with what it holds. */
export function parenthesised(scanner: Scanner): string | null {
  const before = scanner.at;
  if (!scanner.sign('(')) return null;
  let depth = 1;
  while (depth > 0) {
    const piece = scanner.match(/"(?:[^"\\]|\\[\s\S])*"|#\\.|[()]|[^()"#]+|#/y)?.[0];
    if (piece === undefined) return scanner.fail('a closing bracket');
    depth += piece === '(' ? 1 : piece === ')' ? -1 : 0;
  }
  return scanner.since(before);
}
