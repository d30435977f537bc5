// Expressions of one table on their way to the target: which columns they may use, and what can't go along.

import type { LogicalType } from '../../shared/model/logical-type.ts';
import { type Rename, translate } from '../dialects/expression.ts';
import type { Context } from './context.ts';
import type { ColumnPair, TablePair } from './reconcile.ts';

export interface Expressions {
  /** A condition in the target's SQL, or null when it can't be carried. */
  condition(sql: string): string | null;
  /** A generated column's expression, which must give the same values to the last digit. */
  computed(sql: string, result: ColumnPair): string | null;
  /** An expression without columns: a default. */
  constant(sql: string): string | null;
}

export function expressionsOf(pair: TablePair, context: Context): Expressions {
  const { sourceDialect, targetDialect, sameFamily } = context;
  const [from, to] = [sourceDialect.syntax, targetDialect.syntax];
  const missing = missingObjects(context);

  function carry(sql: string, rename: Rename, exact = false): string | null {
    return missing(sql) ? null : translate(sql, from, to, rename, { exact });
  }

  return {
    condition: (sql) =>
      carry(
        sql,
        renamer(pair, (column) => sameFamily || comparesAlike(column, context)),
      ),
    computed: (sql, result) => {
      if (sameFamily) {
        return carry(
          sql,
          renamer(pair, () => true),
        );
      }
      return carry(
        sql,
        renamer(pair, (column) => computesAlike(column, result, context)),
        true,
      );
    },
    constant: (sql) => carry(sql, sameFamily ? () => undefined : () => null),
  };
}

/** undefined for what is no column, null for columns that are skipped or unfit. */
function renamer(pair: TablePair, usable: (column: ColumnPair) => boolean): Rename {
  const columns = new Map(pair.columns.map((column) => [column.source.name.toLowerCase(), column]));
  const all = new Set(pair.source.columns.map((column) => column.name.toLowerCase()));
  return (name) => {
    const column = columns.get(name.toLowerCase());
    // After steps the values are others than those that the expression spoke of.
    if (column) return !column.shape && usable(column) ? column.mapping.target : null;
    return all.has(name.toLowerCase()) ? null : undefined;
  };
}

type Sort = 'number' | 'boolean' | 'text' | 'time';

/** Comparisons keep their meaning only where the column keeps its sort of value. */
function comparesAlike({ source, sourceLogical, targetLogical }: ColumnPair, context: Context): boolean {
  const sort = sortOf(sourceLogical);
  if (sort === null || (source.identity && !context.targetCan.identityInExpressions)) return false;
  // A boolean that became 0 and 1 still compares with TRUE; 0 and 1 that became a boolean do not compare with 1.
  const becomes = sortOf(targetLogical);
  if (becomes !== sort && !(sort === 'boolean' && becomes === 'number')) return false;
  return context.targetCan.exactDecimals || !wide(targetLogical);
}

/** Without exact decimals, numbers beyond a double are kept as text, which compares as text. */
function wide(type: LogicalType): boolean {
  if (type.kind === 'decimal') return type.precision === null || type.precision > 15;
  return type.kind === 'integer' && type.unsigned && type.bits === 64;
}

/** Integers compute alike everywhere, decimals where they are exact, texts only among texts. */
function computesAlike(column: ColumnPair, result: ColumnPair, context: Context): boolean {
  // A generated column may not build on another one everywhere.
  if (column.source.generated || !comparesAlike(column, context)) return false;
  const [given, wanted] = [sortOf(column.sourceLogical), sortOf(result.sourceLogical)];
  if (wanted === 'text' || given === 'text') return given === wanted;
  if (given !== 'number' || wanted !== 'number') return false;
  const kinds = [column.sourceLogical.kind, result.sourceLogical.kind];
  if (kinds.includes('decimal')) return context.sourceCan.exactDecimals && context.targetCan.exactDecimals;
  return true;
}

function sortOf(type: LogicalType): Sort | null {
  switch (type.kind) {
    case 'integer':
    case 'decimal':
    case 'float':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'text':
    case 'enum':
      return 'text';
    case 'date':
    case 'timestamp':
      return 'time';
    default:
      return null;
  }
}

/** Whether the SQL calls or names something of the source that is not carried and that the target lacks. */
function missingObjects({ source, target }: Context): (sql: string) => boolean {
  const there = new Set(target.objects.map((object) => object.name));
  const names = source.objects
    .filter(({ kind, name }) => (kind === 'routine' || kind === 'type' || kind === 'sequence') && !there.has(name))
    .map(({ name }) => name.replace(/\(.*$/s, ''));
  const words = new Set(names);
  return (sql) => (sql.match(/[\p{L}_][\p{L}\p{N}_$]*/gu) ?? []).some((word) => words.has(word));
}
