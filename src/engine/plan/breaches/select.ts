// The rows of a table that move, as a question about its keys names them, and the answer to such a question.

import { list, many } from '../../../shared/format.ts';
import { bracketed } from '../../dialects/filter.ts';
import type { TextRows } from '../../dialects/session.ts';
import type { Context } from '../context.ts';
import { outerFilter } from '../derived.ts';
import type { ColumnPair, TablePair } from '../reconcile.ts';

/** Rows that break a key, and of the values that do the most frequent ones. */
export interface Breaches {
  readonly rows: number;
  /** How many different values break it. */
  readonly values: number;
  readonly examples: readonly { readonly value: readonly string[]; readonly rows: number }[];
}

const EXAMPLES = 5;

/** The rows that move; no table is called so by accident. */
export const MOVING = '=drover rows';

/** A SELECT of such columns of the rows that move. Throws `plan.bad-filter`. */
export function keysOf(
  columns: readonly ColumnPair[],
  { source, mapping }: TablePair,
  { sourceDialect }: Context,
  write = ({ source: { name } }: ColumnPair, _i: number): string => sourceDialect.relation.quote(name),
  more: readonly string[] = [],
): string {
  const { quote, only, filter: syntax } = sourceDialect.relation;
  const plain = `${source.kind === 'partitioned' ? '' : only}${quote(source.name)}`;
  const from = source.query === undefined ? plain : `(${source.query}) AS ${quote(source.name)}`;
  const filter = outerFilter(mapping);
  const conditions = [...(filter === null ? [] : [bracketed(filter, source.name, syntax)]), ...more];
  const where = conditions.length > 0 ? ` WHERE ${conditions.join(' AND ')}` : '';
  return `SELECT ${columns.map(write).join(', ')} FROM ${from}${where}`;
}

/** The same, where none of them is NULL; it ends with its conditions. */
export function wholeKeys(columns: readonly ColumnPair[], pair: TablePair, context: Context): string {
  const { quote, inTime } = context.sourceDialect.relation;
  const given = columns.map(({ source }) => `${quote(source.name)} IS NOT NULL`);
  return keysOf(columns, pair, context, undefined, [...given, ...(inTime === null ? [] : [inTime])]);
}

interface Grouped {
  readonly columns: readonly ColumnPair[];
  /** A SELECT of these columns. */
  readonly select: string;
  /** What groups must meet. */
  readonly having?: string;
  /** How many of `n` rows with the same values break the key. */
  readonly counted: string;
}

/** Counts rows by their values: the most frequent ones, with rows and values in all. */
export function breachSelect(
  { columns, select, having, counted }: Grouped,
  { sourceDialect, source }: Context,
): string {
  const words = columns.map((column) => sourceDialect.words(column.source, source.server));
  const shown = words.map((each, i) => `min(${each.shown}) AS s${i}`).join(', ');
  const keys = words.map(({ key }) => key).join(', ');
  const names = words.map((_, i) => `s${i}`).join(', ');
  return (
    `SELECT ${names}, n, sum(${counted}) OVER () AS r, count(*) OVER () AS v` +
    ` FROM (SELECT ${shown}, count(*) AS n FROM (${select}) AS ${sourceDialect.relation.quote(MOVING)}` +
    ` GROUP BY ${keys}${having === undefined ? '' : ` HAVING ${having}`}) AS g` +
    ` ORDER BY n DESC, ${names} LIMIT ${EXAMPLES}`
  );
}

export function breachesIn(rows: TextRows): Breaches {
  const [first] = rows;
  if (!first) return { rows: 0, values: 0, examples: [] };
  return {
    rows: Number(first.at(-2)),
    values: Number(first.at(-1)),
    examples: rows.map((row) => ({
      value: row.slice(0, -3).map((value) => value ?? ''),
      rows: Number(row.at(-3)),
    })),
  };
}

/** "99 (2 rows), (1, "a") and 3 other values". */
export function exampleWords(columns: readonly ColumnPair[], { values, examples }: Breaches): string {
  const shown = examples.map(({ value, rows }) => {
    const parts = value.map((each, i) => (columns[i]!.sourceLogical.kind === 'text' ? `"${each}"` : each));
    const words = parts.length === 1 ? parts[0]! : `(${parts.join(', ')})`;
    return rows === 1 ? words : `${words} (${many(rows, 'row')})`;
  });
  const more = values - examples.length;
  return more > 0 ? `${shown.join(', ')} and ${many(more, 'other value')}` : list(shown);
}
