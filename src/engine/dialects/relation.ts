// Relation: the SELECT that a mapping reads where it wants more or less than a table holds.

import type { RowLimit } from '../../shared/model/mapping.ts';
import { bracketed, type FilterSyntax, type UserSql } from './filter.ts';

export interface RelationSyntax {
  readonly quote: (identifier: string) => string;
  /** A text as a value of a text type. */
  readonly text: (value: string | null) => string;
  readonly filter: FilterSyntax;
  /** A table without what inherits from it: 'ONLY ' in PostgreSQL. */
  readonly only: string;
  /** A text of the table to compare by its characters, whatever its collation. */
  readonly exact: (text: string) => string;
  /** An integer as a number of which no difference is too large. */
  readonly wide: (integer: string) => string;
  /** A SELECT that ends with its conditions, with rows only where one holds that speaks of no row: it is found out once. */
  readonly onlyIf: (select: string, condition: string) => string;
  /** Met by texts of other characters than those between a blank and a tilde. */
  readonly beyondAscii: (text: string) => string;
  /** A condition that every row meets while there is time; null where the server ends a statement by itself. */
  readonly inTime: string | null;
}

export interface RelationParts {
  /** What people call it; the user's SQL may name its columns by it. */
  readonly name: string;
  readonly from: RelationSource;
  /** Columns of the table, each by name; null takes all that a query gives. */
  readonly columns: readonly string[] | null;
  readonly computed: readonly ComputedColumn[];
  /** A condition over the columns of `from`; null takes all rows. */
  readonly filter: string | null;
  /** Columns that put rows in order, for numbers and limits. */
  readonly order: readonly string[];
  readonly limit: RowLimit | null;
}

export type RelationSource =
  | { readonly kind: 'table'; readonly table: string; readonly partitioned: boolean }
  | { readonly kind: 'query'; readonly sql: string };

export type ComputedColumn =
  | { readonly kind: 'expression'; readonly name: string; readonly sql: string }
  | { readonly kind: 'constant'; readonly name: string; readonly value: string | null }
  | { readonly kind: 'sequence'; readonly name: string; readonly start: number };

/** Counts rows inside of a relation; no column of a table can be called so by accident. */
const NUMBER = '=drover row';

/** Throws `plan.bad-filter`, `map.bad-expression` and `map.bad-query` where the user's SQL would leave its brackets. */
export function relationSql(parts: RelationParts, syntax: RelationSyntax): string {
  const { quote } = syntax;
  const alias = quote(parts.name);
  const own = parts.columns?.map((column) => `${alias}.${quote(column)}`) ?? [`${alias}.*`];
  const computed = parts.computed.map((column) => `${computedSql(column, parts, syntax)} AS ${quote(column.name)}`);
  const where = parts.filter === null ? '' : ` WHERE ${inBrackets(parts.filter, 'filter', parts.name, syntax)}`;
  const columns = [...own, ...computed];
  const from = `FROM ${sourceSql(parts, syntax)}`;
  if (parts.limit === null) return `SELECT ${columns.join(', ')} ${from}${where}`;
  const numbered = `SELECT ${[...columns, `${rowNumber(parts, syntax)} AS ${quote(NUMBER)}`].join(', ')} ${from}${where}`;
  return `SELECT * FROM (${numbered}) AS ${alias} WHERE ${limitSql(parts.limit, quote(NUMBER))}`;
}

/** The user's own SQL in brackets that it can't leave. */
function inBrackets(sql: string, what: UserSql, table: string, { filter }: RelationSyntax): string {
  return bracketed(sql, table, filter, what);
}

function sourceSql({ name, from }: RelationParts, syntax: RelationSyntax): string {
  const alias = syntax.quote(name);
  if (from.kind === 'query') return `${inBrackets(from.sql, 'query', name, syntax)} AS ${alias}`;
  // A partitioned table has no rows of its own.
  return `${from.partitioned ? '' : syntax.only}${syntax.quote(from.table)} AS ${alias}`;
}

function computedSql(column: ComputedColumn, parts: RelationParts, syntax: RelationSyntax): string {
  switch (column.kind) {
    case 'expression':
      return inBrackets(column.sql, 'expression', parts.name, syntax);
    case 'constant':
      return syntax.text(column.value);
    case 'sequence':
      return `(${rowNumber(parts, syntax)} + ${column.start - 1})`;
  }
}

function rowNumber({ name, order }: RelationParts, { quote }: RelationSyntax): string {
  const by = order.map((column) => `${quote(name)}.${quote(column)}`);
  return `ROW_NUMBER() OVER (ORDER BY ${by.join(', ')})`;
}

function limitSql(limit: RowLimit, number: string): string {
  return limit.kind === 'first' ? `${number} <= ${limit.rows}` : `${number} % ${limit.nth} = 1`;
}
