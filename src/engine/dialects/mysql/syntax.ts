// How MySQL and MariaDB write names, literals and the small SQL that Drover can translate.

import type { ExpressionSyntax } from '../expression.ts';
import { bracketed, type FilterSyntax } from '../filter.ts';
import type { RelationSyntax } from '../relation.ts';

export function quote(identifier: string): string {
  return `\`${identifier.replaceAll('`', '``')}\``;
}

/** A string literal for sessions without NO_BACKSLASH_ESCAPES, which is every session of Drover. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('\0', '\\0')}'`;
}

export function qualified(database: string, name: string): string {
  return `${quote(database)}.${quote(name)}`;
}

/** A filter of the user's in brackets of its own. Throws `plan.bad-filter` where it would leave them. */
export function condition(filter: string, table: string): string {
  return bracketed(filter, table, filterSyntax);
}

const filterSyntax: FilterSyntax = {
  quoted: /'(?:[^'\\]|\\[\s\S]|'')*'|"(?:[^"\\]|\\[\s\S]|"")*"|`(?:[^`]|``)*`/y,
  quotes: /['"`]/y,
  // Two minus signs are a comment only before a blank or a control character.
  lineComment: /#[^\n]*|--(?=[^!-~\u0080-\uffff]|$)[^\n]*/y,
  nestedComments: false,
  readComment: /\/\*(?:M?!|\+)/y,
};

export const relation: RelationSyntax = {
  quote,
  text: (value) => (value === null ? 'CAST(NULL AS CHAR)' : literal(value)),
  filter: filterSyntax,
  only: '',
  exact: (text) => `CAST(CONVERT(${text} USING utf8mb4) AS BINARY)`,
  wide: (integer) => `CAST(${integer} AS DECIMAL(30))`,
  beyondAscii: (text) => `${text} REGEXP '[^ -~]'`,
  onlyIf: (select, condition) => `${select} AND ${condition}`,
  inTime: null,
};

export const syntax: ExpressionSyntax = {
  quote,
  identifierQuotes: ['`'],
  backslashEscapes: true,
  concat: 'concat()',
  booleans: '1/0',
  functions: {
    abs: 'abs',
    ceil: 'ceil',
    coalesce: 'coalesce',
    concat: 'concat',
    floor: 'floor',
    greatest: 'greatest',
    least: 'least',
    length: 'char_length',
    lower: 'lower',
    ltrim: 'ltrim',
    mod: 'mod',
    nullif: 'nullif',
    octet_length: 'octet_length',
    replace: 'replace',
    round: 'round',
    rtrim: 'rtrim',
    sign: 'sign',
    substr: 'substr',
    trim: 'trim',
    upper: 'upper',
  },
  castSuffix: false,
};
