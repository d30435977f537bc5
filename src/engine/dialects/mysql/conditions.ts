// What is odd about a value, as conditions: profiles and the plan's questions count by the same.

import type { LogicalType } from '../../../shared/model/logical-type.ts';

type Condition = (column: string, logical: LogicalType) => string;

export const conditions = {
  /** Compared as text, blanks would be empty too. */
  empty: (c) => `OCTET_LENGTH(${c}) = 0`,
  nulCharacters: (c, { kind }) => (kind === 'json' ? `LOCATE('\\\\u0000', ${unicode(c)}) > 0` : zeroByte(unicode(c))),
  zeroDates: (c) => `YEAR(${c}) = 0 OR MONTH(${c}) = 0 OR DAYOFMONTH(${c}) = 0`,
} satisfies Record<string, Condition>;

/** A text whatever its character set. */
export function unicode(column: string): string {
  return `CONVERT(${column} USING utf8mb4)`;
}

/** U+0000 in a text of which no other character has a byte of zero. */
export function zeroByte(text: string): string {
  return `LOCATE(CHAR(0), CAST(${text} AS BINARY)) > 0`;
}
