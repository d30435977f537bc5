// What is odd about a value, as conditions: profiles and the plan's questions count by the same.

import type { LogicalType } from '../../../shared/model/logical-type.ts';

type Condition = (column: string, logical: LogicalType) => string;

export const conditions = {
  /** Compared as text, blanks would be empty too. */
  empty: (c) => `OCTET_LENGTH(${c}) = 0`,
  nulCharacters: (c, { kind }) =>
    kind === 'json' ? `LOCATE('\\\\u0000', ${unicode(c)}) > 0` : `LOCATE(CHAR(0), CAST(${unicode(c)} AS BINARY)) > 0`,
  zeroDates: (c) => `YEAR(${c}) = 0 OR MONTH(${c}) = 0 OR DAYOFMONTH(${c}) = 0`,
} satisfies Record<string, Condition>;

/** A text whatever its character set. */
export function unicode(column: string): string {
  return `CONVERT(${column} USING utf8mb4)`;
}
