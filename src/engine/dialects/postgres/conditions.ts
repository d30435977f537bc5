// What is odd about a value, as conditions: profiles and the plan's questions count by the same.

import type { LogicalType } from '../../../shared/model/logical-type.ts';

type Condition = (column: string, logical: LogicalType) => string;

export const conditions = {
  empty: (c, { kind }) => (kind === 'binary' ? `octet_length(${c}) = 0` : `${c}::text = ''`),
  /** Text can't hold U+0000; json (not jsonb) can hold its escape. */
  nulCharacters: (c) => String.raw`${c}::text ~ '(^|[^\\])(\\\\)*\\u0000'`,
  /** NaN and infinities minus themselves are NaN, in every version. */
  notFinite: (c, { kind }) =>
    kind === 'float' ? `${c} IN ('NaN', 'Infinity', '-Infinity')` : `${c}::numeric - ${c}::numeric <> 0`,
} satisfies Record<string, Condition>;
