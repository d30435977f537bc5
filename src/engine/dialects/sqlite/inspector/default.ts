// Reads the text of a DEFAULT.

import type { ColumnDefault } from '../../../../shared/model/catalog.ts';
import type { LogicalType } from '../../../../shared/model/logical-type.ts';
import { UUID_SQL } from '../default-sql.ts';
import { tokenize } from '../schema/tokens.ts';

/** Null for DEFAULT NULL, which says nothing. */
export function parseDefault(text: string, logical: LogicalType): ColumnDefault | null {
  const sql = withoutParentheses(text.trim());
  const word = sql.toUpperCase().replaceAll(/\s/g, '');
  switch (word) {
    case 'NULL':
      return null;
    case 'TRUE':
      return { kind: 'literal', value: '1' };
    case 'FALSE':
      return { kind: 'literal', value: '0' };
    case 'CURRENT_TIMESTAMP':
    case "DATETIME('NOW')":
    case 'DATETIME()':
      return logical.kind === 'date' || logical.kind === 'time' ? { kind: 'expression', sql } : { kind: 'now' };
    case 'CURRENT_TIME':
      return logical.kind === 'time' ? { kind: 'now' } : { kind: 'expression', sql };
    case 'CURRENT_DATE':
    case "DATE('NOW')":
    case 'DATE()':
      return { kind: 'today' };
  }
  if (word === UUID_SQL.toUpperCase().replaceAll(/\s/g, '')) return { kind: 'uuid' };
  return literalIn(sql) ?? { kind: 'expression', sql };
}

function literalIn(sql: string): ColumnDefault | null {
  const tokens = tokenize(sql);
  const [first, second] = tokens;
  if (tokens.length === 1 && first) {
    if (first.kind === 'string') return { kind: 'literal', value: first.value };
    // In a DEFAULT a quoted name can only be meant as a text.
    if (first.kind === 'name') return first.quoted ? { kind: 'literal', value: first.value } : null;
    return isNumber(first.text) ? { kind: 'literal', value: plain(first.text) } : null;
  }
  if (tokens.length === 2 && first && second && /^[+-]$/.test(first.text) && isNumber(second.text)) {
    return { kind: 'literal', value: first.text === '-' ? `-${plain(second.text)}` : plain(second.text) };
  }
  return null;
}

function isNumber(text: string): boolean {
  return /^(\d+(\.\d*)?|\.\d+)$/.test(text);
}

function plain(text: string): string {
  return text.startsWith('.') ? `0${text}` : text.replace(/\.$/, '');
}

/** Only a pair that encloses everything. */
function withoutParentheses(sql: string): string {
  if (!sql.startsWith('(') || !sql.endsWith(')')) return sql;
  let depth = 0;
  for (const { text, end } of tokenize(sql)) {
    if (text === '(') depth++;
    if (text === ')') depth--;
    if (depth === 0 && end < sql.length) return sql;
  }
  return withoutParentheses(sql.slice(1, -1).trim());
}
