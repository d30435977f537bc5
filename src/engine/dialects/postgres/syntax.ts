// How PostgreSQL writes names, literals and the small SQL that Drover can translate.

import type { ExpressionSyntax } from '../expression.ts';
import { bracketed, type FilterSyntax } from '../filter.ts';
import type { RelationSyntax } from '../relation.ts';

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

/** A filter of the user's in brackets of its own. Throws `plan.bad-filter` where it would leave them. */
export function condition(filter: string, table: string): string {
  return bracketed(filter, table, filterSyntax);
}

const filterSyntax: FilterSyntax = {
  // E'…' may go on after a line break, with its escapes: such a text is not let in.
  quoted:
    /[eE]'(?:[^'\\]|\\[\s\S]|'')*'(?!(?:\s|--[^\n\r]*)*')|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$([A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$[\s\S]*?\$\1\$/uy,
  quotes: /[eE]?'|"|\$(?:[A-Za-z_\u0080-\u{10ffff}][\w\u0080-\u{10ffff}]*)?\$/uy,
  lineComment: /--[^\n\r]*/y,
  nestedComments: true,
  readComment: null,
};

export const relation: RelationSyntax = {
  quote,
  text: (value) => (value === null ? 'NULL::text' : `${literal(value)}::text`),
  filter: filterSyntax,
  only: 'ONLY ',
  exact: (text) => `${text}::text COLLATE "C"`,
  wide: (integer) => `${integer}::numeric`,
  beyondAscii: (text) => `${text}::text ~ '[^ -~]'`,
  onlyIf: (select, condition) => `${select} AND ${condition}`,
  inTime: null,
};

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
