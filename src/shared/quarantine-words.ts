// The limit of the quarantine: whether so many rows are within it, and its words, as screens and errors say them.

import { many } from './format.ts';
import type { ErrorPolicy } from './model/quarantine.ts';

/** Where neither rows nor a share is given. */
export const DEFAULT_PERCENT = 10;

/** `share` of the rows that were read, in percent. */
export function withinLimit({ rows, percent }: ErrorPolicy, refused: number, share: number): boolean {
  if (rows !== undefined && refused > rows) return false;
  return share <= (percent ?? (rows === undefined ? DEFAULT_PERCENT : 100));
}

/** "10 % of a table", "500 rows of a table". */
export function limitWords({ rows, percent }: ErrorPolicy): string {
  const share = `${percent ?? DEFAULT_PERCENT} %`;
  const words =
    rows === undefined ? share : percent === undefined ? many(rows, 'row') : `${many(rows, 'row')} or ${share}`;
  return `${words} of a table`;
}
