// Makes a kept table harmless: its own names change and its foreign keys become comments, so that nothing done to the
// new tables reaches into the backup. What was changed stays beside it in a comment, so that `attach` gives back the
// very text that stood there before.

import { quote } from '../syntax.ts';
import { parseIndex } from './index-parser.ts';
import { ownNames } from './own-name.ts';
import { parseTable } from './schema-parser.ts';
import { Cursor, type Span, tokenize } from './tokens.ts';

const OPEN = '/*drover:';
const CLOSE = '*/';

/** CREATE TABLE under another name and without foreign keys. */
export function detachTable(sql: string, name: string): string {
  const table = parseTable(sql);
  if (!table) throw new Error('not a CREATE TABLE');
  return edit(sql, [
    { ...table.name, by: quote(name) },
    ...table.foreignKeys.map(({ span }) => ({ ...span, by: '' })),
    ...ownNames(sql, table.name.value).map((span) => ({ ...span, by: '' })),
  ]);
}

/** CREATE INDEX under another name, on a table of another name. */
export function detachIndex(sql: string, name: string, table: string): string {
  const index = parseIndex(sql);
  if (!index) throw new Error('not a CREATE INDEX');
  return edit(sql, [
    { ...index.name, by: quote(name) },
    { ...index.table, by: quote(table) },
    ...ownNames(sql, index.table.value).map((span) => ({ ...span, by: '' })),
  ]);
}

/** The text as it was before `detach…`. */
export function attach(sql: string): string {
  const tokens = tokenize(sql, { comments: true });
  let result = '';
  let at = 0;
  for (const [i, token] of tokens.entries()) {
    if (token.kind !== 'comment' || !token.text.startsWith(OPEN)) continue;
    const before = tokens[i - 1];
    const replaced = token.text[OPEN.length] === '=' && before?.end === token.start ? before : token;
    result += sql.slice(at, replaced.start) + unguarded(token.text.slice(OPEN.length + 1, -CLOSE.length));
    at = token.end;
  }
  return result + sql.slice(at);
}

/** CREATE TABLE under another name; for tables that nobody needs back as they were. */
export function renameTable(sql: string, name: string): string {
  const table = parseTable(sql);
  if (!table) throw new Error('not a CREATE TABLE');
  return sql.slice(0, table.name.start) + quote(name) + sql.slice(table.name.end);
}

/** CREATE INDEX with another name, on a table of another name; for indexes that nobody needs back as they were. */
export function renameIndex(sql: string, name: string, table: string): string {
  const index = parseIndex(sql);
  if (!index) throw new Error('not a CREATE INDEX');
  const between = sql.slice(index.name.end, index.table.start);
  return sql.slice(0, index.name.start) + quote(name) + between + quote(table) + sql.slice(index.table.end);
}

/** CREATE TRIGGER on a table of another name; what it does is left as it is. */
export function retargetTrigger(sql: string, table: string): string {
  const cursor = new Cursor(sql);
  // The first ON stands in front of the table: as a name it would have to be quoted.
  while (!cursor.done && !cursor.skip('ON')) cursor.at++;
  if (cursor.tokens[cursor.at + 1]?.text === '.') cursor.at += 2;
  const { token } = cursor;
  if (!token) throw new Error('not a CREATE TRIGGER');
  return sql.slice(0, token.start) + quote(table) + sql.slice(token.end);
}

function edit(sql: string, edits: readonly (Span & { readonly by: string })[]): string {
  let result = '';
  let at = 0;
  for (const { start, end, by } of [...edits].sort((a, b) => a.start - b.start)) {
    const sign = by === '' ? '-' : '=';
    result += `${sql.slice(at, start)}${by}${OPEN}${sign}${guarded(sql.slice(start, end))}${CLOSE}`;
    at = end;
  }
  return result + sql.slice(at);
}

/** A comment must not end early because the text in it holds an end of its own. */
function guarded(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('*/', '*\\/');
}

function unguarded(text: string): string {
  return text.replaceAll(/\\([\\/])/g, '$1');
}
