// How PostgreSQL writes names, literals and the small SQL that Drover can translate.

import type { ExpressionSyntax } from '../expression.ts';

/** Always quoted: no name is folded to lower case or taken for a keyword. */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/** A string literal; standard_conforming_strings is on in every session of Drover. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

export function qualified(schema: string | null, name: string): string {
  return schema === null ? quote(name) : `${quote(schema)}.${quote(name)}`;
}

/** A condition of the user in parentheses; the line breaks keep a comment at its end from swallowing them. */
export function condition(sql: string): string {
  return `(\n${sql}\n)`;
}

export const syntax: ExpressionSyntax = {
  quote,
  identifierQuotes: ['"'],
  backslashEscapes: false,
  concat: '||',
  booleans: 'true/false',
  functions: {
    abs: 'abs',
    ceil: 'ceil',
    coalesce: 'coalesce',
    floor: 'floor',
    length: 'char_length',
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
  aliases: { btrim: 'trim', ceiling: 'ceil', character_length: 'length', length: 'length', substring: 'substr' },
  castSuffix: true,
};
