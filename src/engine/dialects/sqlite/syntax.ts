// How SQLite writes names, literals and the small SQL that Drover can translate.

import type { ExpressionSyntax } from '../expression.ts';
import { bracketed, type FilterSyntax } from '../filter.ts';
import type { RelationSyntax } from '../relation.ts';

/** Always quoted: no name is taken for a keyword. */
export function quote(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A filter of the user's in brackets of its own. Throws `plan.bad-filter` where it would leave them. */
export function condition(filter: string, table: string): string {
  return bracketed(filter, table, filterSyntax);
}

const filterSyntax: FilterSyntax = {
  quoted: /'(?:[^']|'')*'|"(?:[^"]|"")*"|`(?:[^`]|``)*`|\[[^\]]*\]/y,
  quotes: /['"`[]/y,
  lineComment: /--[^\n]*/y,
  nestedComments: false,
  readComment: null,
};

/** The function is there for statements that have an end. */
export const IN_TIME = 'drover_in_time()';

export const relation: RelationSyntax = {
  quote,
  text: (value) => (value === null ? 'NULL' : literal(value)),
  filter: filterSyntax,
  only: '',
  exact: (text) => `${text} COLLATE BINARY`,
  // It counts on in doubles where 64 bits are too few, and no table has so many rows.
  wide: (integer) => integer,
  beyondAscii: (text) => `${text} GLOB '*[^ -~]*'`,
  // Among the conditions it would be looked at for each row.
  onlyIf: (select, condition) => `${select} LIMIT CASE WHEN ${condition} THEN -1 ELSE 0 END`,
  inTime: IN_TIME,
};

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
