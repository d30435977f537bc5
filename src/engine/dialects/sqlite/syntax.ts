// How SQLite writes names, literals and the small SQL that Drover can translate.

import type { ExpressionSyntax } from '../expression.ts';

/** Always quoted: no name is taken for a keyword. */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A condition of the user in parentheses; the line breaks keep a comment at its end from swallowing them. */
export function condition(sql: string): string {
  return `(\n${sql}\n)`;
}

export const syntax: ExpressionSyntax = {
  quote,
  identifierQuotes: ['"', '`', '['],
  backslashEscapes: false,
  concat: '||',
  booleans: '1/0',
  functions: {
    abs: 'abs',
    ceil: 'ceil',
    coalesce: 'coalesce',
    floor: 'floor',
    length: 'length',
    lower: 'lower',
    ltrim: 'ltrim',
    nullif: 'nullif',
    replace: 'replace',
    round: 'round',
    rtrim: 'rtrim',
    substr: 'substr',
    trim: 'trim',
    upper: 'upper',
  },
  aliases: { ifnull: 'coalesce', substring: 'substr', ceiling: 'ceil' },
  castSuffix: false,
};
