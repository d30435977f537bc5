// What a mapping reads of the source, by the source's own names.

import type { TableMapping } from './model/mapping.ts';

/** The table or view; null where a SELECT is read in its place. */
export function tableRead({ source, table, query }: TableMapping): string | null {
  return query === undefined ? (table ?? source) : null;
}
