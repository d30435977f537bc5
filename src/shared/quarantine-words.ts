// The limit of the quarantine in words, as screens and errors say it.

import { many } from './format.ts';
import type { ErrorPolicy } from './model/quarantine.ts';

/** Where neither rows nor a share is given. */
export const DEFAULT_PERCENT = 10;

/** "10 % of a table", "500 rows of a table". */
export function limitWords({ rows, percent }: ErrorPolicy): string {
  const share = `${percent ?? DEFAULT_PERCENT} %`;
  const words =
    rows === undefined ? share : percent === undefined ? many(rows, 'row') : `${many(rows, 'row')} or ${share}`;
  return `${words} of a table`;
}
