// Reads from CREATE INDEX what the pragmas do not tell: expressions, the condition, and where the names stand.

import { withoutOwnName } from './own-name.ts';
import { Cursor, type Span } from './tokens.ts';

export interface ParsedIndex {
  readonly name: Span;
  readonly table: Span & { readonly value: string };
  /** Each part as it is written, without the table's name in front of columns, and without ASC or DESC. */
  readonly parts: readonly string[];
  readonly where: string | null;
}

export function parseIndex(sql: string): ParsedIndex | null {
  const cursor = new Cursor(sql);
  if (!cursor.skip('CREATE')) return null;
  cursor.skip('UNIQUE');
  if (!cursor.skip('INDEX')) return null;
  cursor.skip('IF', 'NOT', 'EXISTS');
  if (cursor.tokens[cursor.at + 1]?.text === '.') cursor.at += 2;
  const name = cursor.token;
  cursor.at++;
  if (!name || !cursor.skip('ON')) return null;
  const table = cursor.token;
  cursor.at++;
  if (!table || !cursor.is('(')) return null;
  const parts = partsIn(cursor).map((part) => withoutOwnName(part, table.value));
  const where = cursor.skip('WHERE')
    ? withoutOwnName(sql.slice(cursor.token?.start ?? sql.length).trim(), table.value)
    : null;
  return { name, table, parts, where };
}

function partsIn(cursor: Cursor): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = cursor.token!.end;
  let end = start;
  while (!cursor.done) {
    const token = cursor.token!;
    const closes = depth === 1 && cursor.is(')');
    if (closes || (depth === 1 && cursor.is(','))) {
      parts.push(cursor.sql.slice(start, end).trim());
      start = token.end;
      end = start;
      cursor.at++;
      if (closes) break;
      continue;
    }
    if (cursor.is('(')) depth++;
    if (cursor.is(')')) depth--;
    // The direction is the pragma's to tell, and always comes last.
    if (!(depth === 1 && (cursor.is('ASC') || cursor.is('DESC')))) end = token.end;
    cursor.at++;
  }
  return parts;
}
