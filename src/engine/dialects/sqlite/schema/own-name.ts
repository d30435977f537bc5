// A table's own name in its expressions, as in CHECK (t.a > 0): SQLite takes it nowhere else in the text of a table or an
// index, and no longer takes it once the table is called otherwise.

import { type Span, tokenize } from './tokens.ts';

/** Where the name and its dot stand. */
export function ownNames(sql: string, table: string): Span[] {
  const tokens = tokenize(sql);
  const name = table.toLowerCase();
  return tokens.flatMap((token, i) => {
    const next = tokens[i + 1];
    const isOwn = token.kind === 'name' && token.value.toLowerCase() === name;
    return isOwn && next?.text === '.' && tokens[i - 1]?.text !== '.' ? [{ start: token.start, end: next.end }] : [];
  });
}

export function withoutOwnName(sql: string, table: string): string {
  let result = '';
  let at = 0;
  for (const { start, end } of ownNames(sql, table)) {
    result += sql.slice(at, start);
    at = end + /^\s*/.exec(sql.slice(end))![0].length;
  }
  return result + sql.slice(at);
}
