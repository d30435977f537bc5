// A quick proof that no row leads nowhere: where parents are numbered without a gap, the ends of both sides say it.

import type { Context } from '../context.ts';
import { outerFilter } from '../derived.ts';
import type { ColumnPair, TablePair } from '../reconcile.ts';
import type { Reference } from './references.ts';
import { keysOf } from './select.ts';

/**
 * Holds where there is no such proof; null where none is tried. It speaks of no row, so that a database finds out
 * once: by counting the parents, and by the ends of two indexes, instead of looking for the parent of each row.
 */
export function unlessGapless(reference: Reference, context: Context): string | null {
  const { pair, other, own, theirs } = reference;
  const [column, ...more] = own;
  const [parent] = theirs;
  if (!column || !parent || more.length > 0) return null;
  if (!isWhole(pair) || !isWhole(other) || !isUnique(parent, other)) return null;
  if (!holdsIntegers(column, pair, context) || !holdsIntegers(parent, other, context)) return null;
  const { quote, wide } = context.sourceDialect.relation;
  const ask = (what: string, of: ColumnPair, at: TablePair): string =>
    `(${keysOf([of], at, context, ({ source }) => `${what}(${quote(source.name)})`)})`;
  const [least, most] = [ask('min', parent, other), ask('max', parent, other)];
  const gapless = `${ask('count', parent, other)} = ${wide(most)} - ${wide(least)} + 1`;
  const within = `${ask('min', column, pair)} >= ${least} AND ${ask('max', column, pair)} <= ${most}`;
  // A CASE, so that nobody looks for the ends of rows in vain. Without parents there is nothing to compare with: not proved.
  return `NOT CASE WHEN ${gapless} THEN ${within} ELSE FALSE END`;
}

/** All rows of a table of the source move: of part of them the ends would have to be looked for. */
function isWhole({ source, mapping }: TablePair): boolean {
  return source.query === undefined && outerFilter(mapping) === null && mapping.limit === undefined;
}

function isUnique({ source: { name } }: ColumnPair, { source: { primaryKey, uniques } }: TablePair): boolean {
  return [...(primaryKey ? [primaryKey] : []), ...uniques].some(
    ({ columns }) => columns.length === 1 && columns[0] === name,
  );
}

/** What a column of SQLite declares binds no value: there its values must have been looked at. */
function holdsIntegers({ source, sourceLogical }: ColumnPair, { source: table }: TablePair, context: Context): boolean {
  if (sourceLogical.kind !== 'integer') return false;
  if (!context.sourceCan.dynamicTypes) return true;
  const { storageReal, storageText, storageBlob } = context.profile[table.name]?.[source.name] ?? {};
  return [storageReal, storageText, storageBlob].every((rows) => rows === '0');
}
