// Foreign keys that the target shall have between two tables that move, and which of them the source does not vouch for.

import type { ForeignKey } from '../../../shared/model/catalog.ts';
import type { Context } from '../context.ts';
import type { ColumnPair, TablePair } from '../reconcile.ts';

export interface Reference {
  readonly pair: TablePair;
  readonly other: TablePair;
  /** Columns of the table, and those of the other that they lead to. */
  readonly own: readonly ColumnPair[];
  readonly theirs: readonly ColumnPair[];
  /** The source's name for it; null where the project declares it. */
  readonly name: string | null;
}

/** Those of which rows may stand in the source, or move, that break them. */
export function doubtfulReferences(pairs: readonly TablePair[], context: Context): Reference[] {
  return pairs.filter(({ into }) => !into).flatMap((pair) => referencesOf(pair, pairs, context).filter(isDoubtful));

  function isDoubtful({ pair, other, name, own, theirs }: Reference): boolean {
    // After steps nobody knows the values before the run; two types are complained of elsewhere.
    const plain = own.every(({ shape, sourceLogical }, i) => {
      const there = theirs[i]!;
      return !shape && !there.shape && sourceLogical.kind === there.sourceLogical.kind;
    });
    if (!plain) return false;
    const key = pair.source.foreignKeys.find((each) => each.name === name);
    // Its rows are those of all that feed it: no single question of the source is about them.
    if (pairs.filter(({ mapping }) => mapping.target === other.mapping.target).length > 1) return false;
    const proven = context.sourceCan.provesForeignKeys && key !== undefined && key.validated !== false;
    return !proven || isCut(other);
  }
}

/** Not all rows of the table move. */
function isCut({ mapping }: TablePair): boolean {
  return Boolean(mapping.filter?.trim()) || mapping.limit !== undefined || mapping.query !== undefined;
}

function referencesOf(pair: TablePair, pairs: readonly TablePair[], context: Context): Reference[] {
  const declared = pair.mapping.keys?.references;
  if (!declared) {
    return pair.source.foreignKeys
      .flatMap((key) => referenceOf(key, pair, pairs, context) ?? [])
      .filter(({ own, other }) => !isUnwanted(own.map(targetOf), other.mapping.target, pair));
  }
  return declared.flatMap(({ columns, table, to }): Reference[] => {
    const other = pairs.find(({ mapping }) => mapping.target === table);
    const own = byTarget(columns, pair);
    const theirs = other && byTarget(to, other);
    return own && theirs && own.length === theirs.length ? [{ pair, other, own, theirs, name: null }] : [];
  });
}

/** The project says that the target shall do without this foreign key of the source. */
export function isUnwanted(columns: readonly string[], table: string, { mapping }: TablePair): boolean {
  return (mapping.keys?.without ?? []).some(
    (each) => each.table === table && each.columns.join('\0') === columns.join('\0'),
  );
}

function targetOf({ mapping }: ColumnPair): string {
  return mapping.target;
}

/** Null where the other table does not move, or a column of either is left out. */
export function referenceOf(
  key: ForeignKey,
  pair: TablePair,
  pairs: readonly TablePair[],
  { source }: Context,
): Reference | null {
  const { schema, table, columns } = key.references;
  if (schema !== null && schema !== source.schema) return null;
  const other = pairs.find((each) => each.source.name === table);
  const own = bySource(key.columns, pair);
  const theirs = other && bySource(columns, other);
  return own && theirs ? { pair, other, own, theirs, name: key.name } : null;
}

function bySource(names: readonly string[], { columns }: TablePair): ColumnPair[] | null {
  return all(names.map((name) => columns.find(({ source }) => source.name === name)));
}

function byTarget(names: readonly string[], { columns }: TablePair): ColumnPair[] | null {
  return all(names.map((name) => columns.find(({ mapping }) => mapping.target === name)));
}

function all<T>(found: readonly (T | undefined)[]): T[] | null {
  return found.every((each) => each !== undefined) ? [...(found as T[])] : null;
}
