// Cuts an SQL expression into words, names, literals and operators.

import type { ExpressionSyntax } from './expression-syntax.ts';

export interface Token {
  readonly kind: 'word' | 'quoted' | 'string' | 'number' | 'operator';
  /** Operators and words as written, words in lower case. */
  readonly text: string;
  /** Names and literals without quotes and escapes. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

const OPERATORS = ['!~~*', '!~~', '~~*', '~~', '::', '||', '<=>', '<>', '!=', '<=', '>=', '<<', '>>', '->>', '->'];
const SINGLE = '=<>+-*/%(),.[]!~&|^:@#?';

/** Null when something is not understood: a comment, an unclosed quote, a foreign kind of literal. */
export function tokenize(sql: string, syntax: ExpressionSyntax): Token[] | null {
  const tokens: Token[] = [];
  let at = 0;
  while (at < sql.length) {
    const space = /\s+/y;
    space.lastIndex = at;
    if (space.test(sql)) {
      at = space.lastIndex;
      continue;
    }
    const token = read(sql, at, syntax);
    if (!token) return null;
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function read(sql: string, at: number, syntax: ExpressionSyntax): Token | null {
  const char = sql[at]!;
  if (sql.startsWith('--', at) || sql.startsWith('/*', at)) return null;
  // Before the name of an array's element type, `[` is no quote: only a family that lists it reads it as one.
  if (syntax.identifierQuotes.includes(char)) return quoted(sql, at, char === '[' ? ']' : char);
  if (char === "'" || char === '"') return string(sql, at, at, syntax.backslashEscapes);
  const prefixed = prefixedString(sql, at, syntax);
  if (prefixed !== undefined) return prefixed;
  return word(sql, at) ?? number(sql, at) ?? operator(sql, at);
}

/** E'…' of PostgreSQL, _utf8mb4'…' and N'…' of MySQL; null for x'…' and b'…', undefined for no such thing. */
function prefixedString(sql: string, at: number, syntax: ExpressionSyntax): Token | null | undefined {
  const match = /([A-Za-z]|_[a-z0-9]+)(\\?)'/y;
  match.lastIndex = at;
  const found = match.exec(sql);
  if (!found) return undefined;
  const [, prefix, escaped] = found;
  const quote = at + found[0].length - 1;
  if (prefix!.startsWith('_')) {
    if (prefix === '_binary') return null;
    return escaped ? escapedString(sql, at, quote) : string(sql, at, quote, syntax.backslashEscapes);
  }
  if (escaped) return null;
  if (prefix === 'E' || prefix === 'e') return string(sql, at, quote, true);
  return prefix === 'N' || prefix === 'n' ? string(sql, at, quote, syntax.backslashEscapes) : null;
}

/** MySQL's catalogue writes _utf8mb4\'x\' in some places. */
function escapedString(sql: string, start: number, quote: number): Token | null {
  const close = sql.indexOf("\\'", quote + 1);
  if (close < 0) return null;
  const value = sql.slice(quote + 1, close);
  return value.includes('\\') ? null : { kind: 'string', text: value, value, start, end: close + 2 };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', '0': '\0', Z: '\x1a' };

function string(sql: string, start: number, open: number, backslash: boolean): Token | null {
  const quote = sql[open]!;
  let value = '';
  for (let i = open + 1; i < sql.length; i++) {
    const char = sql[i]!;
    if (char === '\\' && backslash) {
      const next = sql[++i];
      if (next === undefined) return null;
      // In a LIKE pattern \% and \_ keep their backslash.
      value += next === '%' || next === '_' ? `\\${next}` : (ESCAPES[next] ?? next);
    } else if (char === quote) {
      if (sql[i + 1] !== quote) return { kind: 'string', text: value, value, start, end: i + 1 };
      value += sql[++i];
    } else value += char;
  }
  return null;
}

function quoted(sql: string, start: number, close: string): Token | null {
  let value = '';
  for (let i = start + 1; i < sql.length; i++) {
    const char = sql[i]!;
    if (char !== close) value += char;
    else if (sql[i + 1] === close && close !== ']') value += sql[++i];
    else return { kind: 'quoted', text: value, value, start, end: i + 1 };
  }
  return null;
}

function word(sql: string, at: number): Token | null {
  const match = /[\p{L}_][\p{L}\p{N}_$]*/uy;
  match.lastIndex = at;
  const found = match.exec(sql)?.[0];
  return found === undefined
    ? null
    : { kind: 'word', text: found.toLowerCase(), value: found, start: at, end: at + found.length };
}

function number(sql: string, at: number): Token | null {
  const match = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?(?![\p{L}_])/uy;
  match.lastIndex = at;
  const found = match.exec(sql)?.[0];
  return found === undefined ? null : { kind: 'number', text: found, value: found, start: at, end: at + found.length };
}

function operator(sql: string, at: number): Token | null {
  const text = OPERATORS.find((candidate) => sql.startsWith(candidate, at)) ?? sql[at]!;
  if (text.length === 1 && !SINGLE.includes(text)) return null;
  return { kind: 'operator', text, value: text, start: at, end: at + text.length };
}
