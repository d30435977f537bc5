// Merging: rows of a staged table go into the one that stands there, and out again. The algorithm is one for all
// families; each gives its own words. Everything here happens within one transaction of the caller, who holds the locks.
//
// Two tables of the run remember what was done: `before` the rows that were overwritten or taken away, as they were, and
// `after` all rows that were written, as they stood then. A row of `after` without its namesake in `before` was added, a
// row of `before` without its namesake in `after` was taken away.

import type { MergeIn } from './publishing.ts';

export type Role = 'standing' | 'staged' | 'before' | 'after';

export interface MergeWords {
  quote(name: string): string;
  reference(table: string, role: Role): string;
  /** Every value of the two rows is the same to the byte, NULLs too. */
  sameRow(a: string, b: string, columns: readonly string[]): string;
  /** Rows of `table` under the alias `x`, as far as they meet the condition. */
  remove(table: string, alias: string, condition: string): string;
  /** Rows of `into` (alias t) get these columns of the row in `from` (alias s) that the condition finds. */
  update(into: string, from: string, columns: readonly string[], condition: string): string;
  /** What stands between the columns and the rows of an INSERT that gives numbers which the table would hand out. */
  readonly overriding: string;
  /** What stands after a question that must see what others have committed, whatever this transaction saw before. */
  readonly latest: string;
  /** Makes an empty table with these columns of another; `key` may become its key. */
  createFrom(made: string, like: string, columns: readonly string[], key: readonly string[]): readonly string[];
  /** Any statement; of a question its rows. Errors are the driver's own. */
  ask(sql: string): Promise<readonly Record<string, unknown>[]>;
}

type Quoting = Pick<MergeWords, 'quote'>;

/** `t."a" = s."a" AND …`: the first alias is the one whose comparison counts. */
export function match({ quote }: Quoting, a: string, b: string, key: readonly string[]): string {
  return key.map((column) => `${a}.${quote(column)} = ${b}.${quote(column)}`).join(' AND ');
}

/** In a WHERE clause of the table itself: it is in `after` under its key. */
export function isWritten(quote: MergeWords['quote'], table: string, after: string, key: readonly string[]): string {
  return `EXISTS (SELECT 1 FROM ${after} a WHERE ${match({ quote }, quote(table), 'a', key)})`;
}

/** A row of the table is, by its key, among those that `role` remembers. */
export function isIn(words: MergeWords, { table, key }: MergeIn, role: Role, alias: string): string {
  const other = `${role.slice(0, 1)}_`;
  return `EXISTS (SELECT 1 FROM ${words.reference(table, role)} ${other} WHERE ${match(words, alias, other, key)})`;
}

/** A row of the table is among those that publish takes away, or took away. */
export function isGone(words: MergeWords, merge: MergeIn, alias: string): string {
  return `${isIn(words, merge, 'before', alias)} AND NOT ${isIn(words, merge, 'after', alias)}`;
}

/** A row of the table is among those that publish added. */
export function isAdded(words: MergeWords, merge: MergeIn, alias: string): string {
  return `${isIn(words, merge, 'after', alias)} AND NOT ${isIn(words, merge, 'before', alias)}`;
}

export function names({ quote }: Quoting, columns: readonly string[], alias?: string): string {
  return columns.map((column) => (alias === undefined ? '' : `${alias}.`) + quote(column)).join(', ');
}

export async function count(words: MergeWords, from: string): Promise<number> {
  const [row] = await words.ask(`SELECT count(*) AS n FROM ${from}`);
  return Number(row?.n);
}
