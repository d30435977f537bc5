// Reads an expression of one family into a tree of the shared part of SQL; what is outside gives null.

import { harmlessForElements, withoutCast } from './expression-cast.ts';
import type { ExpressionSyntax } from './expression-syntax.ts';
import { type Token, tokenize } from './expression-tokens.ts';
import type { Expression } from './expression-tree.ts';

export function parseExpression(sql: string, syntax: ExpressionSyntax, exact: boolean): Expression | null {
  const tokens = tokenize(sql, syntax);
  if (!tokens) return null;
  try {
    return new Parser(tokens, syntax, exact).whole();
  } catch (error) {
    if (error instanceof Outside) return null;
    throw error;
  }
}

/** The expression leaves the shared part; never leaves this file. */
class Outside extends Error {}

const RESERVED = new Set(
  'and or not in between is null like true false case when then else end cast as collate array any all escape regexp rlike similar xor div mod binary interval from for distinct glob match select exists'.split(
    ' ',
  ),
);
const COMPARISONS: Readonly<Record<string, string>> = {
  '=': '=',
  '<>': '<>',
  '!=': '<>',
  '<': '<',
  '>': '>',
  '<=': '<=',
  '>=': '>=',
};
/** Computed with small differences: rounding of floats, case of letters beyond ASCII. */
const INEXACT_CALLS = new Set(['round', 'lower', 'upper', 'floor', 'ceil']);

class Parser {
  readonly #tokens: readonly Token[];
  readonly #syntax: ExpressionSyntax;
  readonly #exact: boolean;
  readonly #portable: ReadonlyMap<string, string>;
  #at = 0;

  constructor(tokens: readonly Token[], syntax: ExpressionSyntax, exact: boolean) {
    this.#tokens = tokens;
    this.#syntax = syntax;
    this.#exact = exact;
    this.#portable = new Map([
      ...Object.entries(syntax.functions).map(([portable, name]) => [name.toLowerCase(), portable] as const),
      ...Object.entries(syntax.aliases ?? {}),
    ]);
  }

  whole(): Expression {
    const result = this.#or();
    if (this.#at < this.#tokens.length) throw new Outside();
    return result;
  }

  #or(): Expression {
    let left = this.#and();
    while (this.#take('or')) left = { kind: 'binary', operator: 'OR', left, right: this.#and() };
    return left;
  }

  #and(): Expression {
    let left = this.#not();
    while (this.#take('and')) left = { kind: 'binary', operator: 'AND', left, right: this.#not() };
    return left;
  }

  #not(): Expression {
    if (this.#take('not') || this.#take('!')) return { kind: 'not', of: this.#not() };
    return this.#predicate();
  }

  #predicate(): Expression {
    const left = this.#sum();
    const operator = COMPARISONS[this.#peek()];
    if (operator !== undefined) {
      this.#at++;
      if (this.#peek() === 'any' || this.#peek() === 'all') return this.#quantified(left, operator);
      return this.#comparison(operator, left, this.#sum());
    }
    if (this.#take('is')) return this.#is(left);
    if (this.#take('~~')) return this.#like(left, false);
    if (this.#take('!~~')) return this.#like(left, true);
    const not = this.#take('not');
    if (this.#take('in')) return this.#in(left, not);
    if (this.#take('between')) return this.#between(left, not);
    if (this.#take('like')) return this.#like(left, not);
    if (not) throw new Outside();
    return left;
  }

  #comparison(operator: string, left: Expression, right: Expression): Expression {
    // Collations decide whether 'a' = 'A', and in what order texts stand.
    if (this.#exact && (left.kind === 'string' || right.kind === 'string')) throw new Outside();
    return { kind: 'binary', operator, left, right };
  }

  #is(of: Expression): Expression {
    const not = this.#take('not');
    for (const what of ['null', 'true', 'false'] as const) if (this.#take(what)) return { kind: 'is', not, of, what };
    throw new Outside();
  }

  #in(of: Expression, not: boolean): Expression {
    this.#expect('(');
    const list = this.#list(')');
    if (this.#exact && list.some((item) => item.kind === 'string')) throw new Outside();
    return { kind: 'in', not, of, list };
  }

  #between(of: Expression, not: boolean): Expression {
    const low = this.#sum();
    this.#expect('and');
    return { kind: 'between', not, of, low, high: this.#sum() };
  }

  /** Only patterns without a backslash mean the same everywhere. */
  #like(of: Expression, not: boolean): Expression {
    const pattern = this.#sum();
    if (this.#exact || pattern.kind !== 'string' || pattern.value.includes('\\') || this.#peek() === 'escape') {
      throw new Outside();
    }
    return { kind: 'like', not, of, pattern: pattern.value };
  }

  /** PostgreSQL keeps `x IN (…)` as `x = ANY (ARRAY[…])` and NOT IN as `<> ALL`. */
  #quantified(of: Expression, operator: string): Expression {
    const all = this.#next().text === 'all';
    if (all ? operator !== '<>' : operator !== '=') throw new Outside();
    this.#expect('(');
    const list = this.#array();
    this.#expect(')');
    if (this.#exact && list.some((item) => item.kind === 'string')) throw new Outside();
    return { kind: 'in', not: all, of, list };
  }

  #array(): readonly Expression[] {
    if (this.#take('(')) {
      const inner = this.#array();
      this.#expect(')');
      this.#arrayCast();
      return inner;
    }
    this.#expect('array');
    this.#expect('[');
    const list = this.#list(']');
    this.#arrayCast();
    return list;
  }

  #arrayCast(): void {
    while (this.#take('::')) {
      const type = this.#typeName();
      this.#expect('[');
      this.#expect(']');
      if (!harmlessForElements(type)) throw new Outside();
    }
  }

  #sum(): Expression {
    let left = this.#product();
    for (;;) {
      const operator = this.#peek();
      if (operator === '+' || operator === '-') {
        this.#at++;
        left = { kind: 'binary', operator, left, right: this.#product() };
      } else if (operator === '||' && this.#syntax.concat === '||') {
        this.#at++;
        left = { kind: 'concat', parts: [left, this.#product()] };
      } else return left;
    }
  }

  /** Division is left out: MySQL divides integers into decimals, the others cut. */
  #product(): Expression {
    let left = this.#unary();
    for (;;) {
      const operator = this.#peek();
      if (operator !== '*' && operator !== '%') return left;
      this.#at++;
      left = { kind: 'binary', operator, left, right: this.#unary() };
    }
  }

  #unary(): Expression {
    if (this.#take('-')) {
      const of = this.#unary();
      return of.kind === 'number' && !of.text.startsWith('-')
        ? { kind: 'number', text: `-${of.text}` }
        : { kind: 'minus', of };
    }
    if (this.#take('+')) return this.#unary();
    return this.#casts(this.#primary());
  }

  #casts(value: Expression): Expression {
    let result = value;
    while (this.#syntax.castSuffix && this.#take('::')) result = this.#cast(result, this.#typeName());
    return result;
  }

  #cast(value: Expression, type: string): Expression {
    const bare = withoutCast(value, type);
    if (!bare) throw new Outside();
    return bare;
  }

  /** The words of a type with its length, which must not cut: a bounded type is refused by name. */
  #typeName(): string {
    const words: string[] = [];
    while (this.#tokens[this.#at]?.kind === 'word' && (words.length === 0 || !RESERVED.has(this.#peek()))) {
      words.push(this.#next().text);
    }
    if (words.length === 0) throw new Outside();
    if (this.#take('(')) {
      this.#list(')');
      words.push('(n)');
    }
    return words.join(' ');
  }

  #primary(): Expression {
    const token = this.#next();
    if (token.text === '(' && token.kind === 'operator') {
      const inner = this.#or();
      this.#expect(')');
      return inner;
    }
    if (token.kind === 'string') return { kind: 'string', value: token.value };
    if (token.kind === 'number') return { kind: 'number', text: token.text };
    if (token.kind === 'operator') throw new Outside();
    if (this.#peek() === '(') return this.#call(token.text.toLowerCase());
    if (token.kind === 'quoted') return { kind: 'column', name: token.value };
    return this.#keyword(token);
  }

  #keyword(token: Token): Expression {
    switch (token.text) {
      case 'true':
      case 'false':
        return { kind: 'boolean', value: token.text === 'true' };
      case 'null':
        return { kind: 'null' };
      case 'current_timestamp':
        return { kind: 'now' };
      case 'current_date':
        return { kind: 'today' };
      case 'case':
        return this.#case();
      default:
        if (RESERVED.has(token.text) || this.#peek() === '.') throw new Outside();
        return { kind: 'column', name: token.value };
    }
  }

  #case(): Expression {
    const subject = this.#peek() === 'when' ? null : this.#or();
    const branches: [Expression, Expression][] = [];
    while (this.#take('when')) {
      const when = this.#or();
      this.#expect('then');
      branches.push([when, this.#or()]);
    }
    const otherwise = this.#take('else') ? this.#or() : null;
    this.#expect('end');
    if (branches.length === 0) throw new Outside();
    if (this.#exact && subject) throw new Outside();
    return { kind: 'case', subject, branches, otherwise };
  }

  #call(name: string): Expression {
    this.#expect('(');
    if (name === 'cast') return this.#castCall();
    if (name === 'trim' && this.#take('both')) {
      this.#expect('from');
      return { kind: 'call', portable: 'trim', parts: this.#list(')') };
    }
    const parts = this.#list(')');
    if (name === 'now' && parts.length === 0) return { kind: 'now' };
    if ((name === 'current_timestamp' || name === 'current_date') && parts.length <= 1) {
      return { kind: name === 'current_date' ? 'today' : 'now' };
    }
    if (name === 'concat') {
      // PostgreSQL's and SQLite's concat() skip NULLs; only MySQL's is `||`.
      if (this.#syntax.concat !== 'concat()' || parts.length === 0) throw new Outside();
      return { kind: 'concat', parts };
    }
    if (name === 'if' || name === 'iif') {
      const [when, then, otherwise] = parts;
      if (!when || !then || !otherwise) throw new Outside();
      return { kind: 'case', subject: null, branches: [[when, then]], otherwise };
    }
    const portable = this.#portable.get(name);
    if (portable === undefined || (this.#exact && INEXACT_CALLS.has(portable))) throw new Outside();
    if (portable === 'substr' && !startsInside(parts)) throw new Outside();
    // trim('x' from …) and the like have more than one meaning.
    if (/trim$/.test(portable) && parts.length !== 1) throw new Outside();
    return { kind: 'call', portable, parts };
  }

  #castCall(): Expression {
    const value = this.#or();
    this.#expect('as');
    const type = this.#typeName();
    this.#expect(')');
    return this.#cast(value, type);
  }

  /** `close` ends the list; the opening bracket is taken already. */
  #list(close: string): Expression[] {
    const items: Expression[] = [];
    if (this.#take(close)) return items;
    do items.push(this.#or());
    while (this.#take(','));
    this.#expect(close);
    return items;
  }

  /** The next keyword or operator; the empty text for names in quotes, literals and the end. */
  #peek(): string {
    const token = this.#tokens[this.#at];
    return token && (token.kind === 'word' || token.kind === 'operator') ? token.text : '';
  }

  #take(text: string): boolean {
    if (this.#peek() !== text) return false;
    this.#at++;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take(text)) throw new Outside();
  }

  #next(): Token {
    const token = this.#tokens[this.#at++];
    if (!token) throw new Outside();
    return token;
  }
}

/** Positions from 1 on: zero and negative ones mean something else in every family. */
function startsInside(parts: readonly Expression[]): boolean {
  const start = parts[1];
  return parts.length >= 2 && parts.length <= 3 && start?.kind === 'number' && /^[1-9]\d*$/.test(start.text);
}
