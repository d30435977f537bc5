// Carries defaults, checks and generated expressions from one SQL to another, for the small part of SQL that all share.

import { parseExpression } from './expression-parse.ts';
import { renderExpression } from './expression-render.ts';
import type { ExpressionSyntax, Rename } from './expression-syntax.ts';
import { tokenize } from './expression-tokens.ts';

export type { ExpressionSyntax, Rename } from './expression-syntax.ts';

export interface TranslateOptions {
  /** The result is compared value by value (generated columns): refuse what the families compute a little differently. */
  readonly exact?: boolean;
}

/**
 * The expression in the target's SQL, or null when it holds anything outside the shared part.
 * Within one family only columns are renamed. Whether text comparison tells case apart is not looked at.
 */
export function translate(
  sql: string,
  from: ExpressionSyntax,
  to: ExpressionSyntax,
  rename: Rename,
  options: TranslateOptions = {},
): string | null {
  if (from === to) return renameColumns(sql, from, rename);
  const tree = parseExpression(sql, from, options.exact ?? false);
  return tree && renderExpression(tree, to, rename);
}

/** Leaves every character as it is, but for the names of columns. */
function renameColumns(sql: string, syntax: ExpressionSyntax, rename: Rename): string | null {
  const tokens = tokenize(sql, syntax);
  // What can't be read can't be renamed safely; it may only pass if nothing is renamed, which can't be known either.
  if (!tokens) return null;
  let result = '';
  let at = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'word' && token.kind !== 'quoted') continue;
    const next = tokens[i + 1]?.text;
    const before = tokens[i - 1]?.text;
    if (next === '(' || before === '::' || before === '.') continue;
    const name = rename(token.value);
    if (name === null) return null;
    if (name === undefined || name === token.value) continue;
    result += sql.slice(at, token.start) + syntax.quote(name);
    at = token.end;
  }
  return result + sql.slice(at);
}
