// Foreign keys in the target's words.

import type { ForeignKey } from '../../shared/model/catalog.ts';
import type { Remedy, Severity } from '../../shared/model/finding.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { TargetTable } from '../../shared/model/plan.ts';
import { equal } from '../dialects/types.ts';
import { convertible } from '../pipeline/conversions.ts';
import { orphansOf, orphanWords } from './breaches/orphans.ts';
import { isUnwanted, referenceOf } from './breaches/references.ts';
import { VALIDATE } from './checks.ts';
import { type Context, finding } from './context.ts';
import { declaredForeignKeys } from './declared.ts';
import { existingTable } from './existing.ts';
import { renamed } from './keys.ts';
import type { Names } from './names.ts';
import type { ColumnPair, TablePair } from './reconcile.ts';

export function planForeignKeys(
  pair: TablePair,
  pairs: readonly TablePair[],
  names: Names,
  context: Context,
): TargetTable['foreignKeys'] {
  const declared = pair.mapping.keys?.references;
  if (declared) return declaredForeignKeys(declared, pair, pairs, names, context);
  return pair.source.foreignKeys.flatMap((key) => planForeignKey(key, pair, pairs, names, context) ?? []);
}

function planForeignKey(
  key: ForeignKey,
  pair: TablePair,
  pairs: readonly TablePair[],
  names: Names,
  context: Context,
): ForeignKey | null {
  const drop = (why: string): null => {
    tell('warning', 'structure.foreign-key', pair, key, `is not carried: ${why}`, context, [
      'Take the other table or column into the project, or add the foreign key by hand after the run.',
    ]);
    return null;
  };
  const columns = renamed(key.columns, pair);
  if (!columns) return drop('a column of it is skipped');
  const references = referenced(key, pairs, context);
  if (typeof references === 'string') return drop(references);
  if (isUnwanted(columns, references.table, pair)) {
    tell('note', 'structure.foreign-key', pair, key, 'is left out, as the project says', context);
    return null;
  }
  if (key.validated === false && !holds(key, pair, pairs, context)) return null;
  if (key.deferrable && !context.targetCan.deferrableForeignKeys) {
    tell(
      'warning',
      'structure.deferrable',
      pair,
      key,
      'is deferrable in the source and checked at once in the target',
      context,
    );
  }
  reportTypes(key, pair, pairs, context);
  const table = pair.mapping.target;
  const { validated: _, ...carried } = key;
  return {
    ...carried,
    name: names.constraint(key.name, `${table}_${columns.join('_')}_fkey`, table),
    columns,
    references,
    deferrable: key.deferrable && context.targetCan.deferrableForeignKeys,
  };
}

/** NOT VALID says that rows may break it; where none does, the target has it as any other. */
function holds(key: ForeignKey, pair: TablePair, pairs: readonly TablePair[], context: Context): boolean {
  const reference = referenceOf(key, pair, pairs, context);
  const orphans = reference && orphansOf(reference, context);
  if (orphans?.rows === 0) {
    const what = 'is NOT VALID in the source; all rows meet it, and it is valid in the target';
    tell('note', 'structure.not-validated', pair, key, what, context);
    return true;
  }
  const why = orphans ? `and ${orphanWords(reference, orphans)}` : 'so rows may break it';
  tell('warning', 'structure.not-validated', pair, key, `is not carried: it is NOT VALID, ${why}`, context, [VALIDATE]);
  return false;
}

/** The referenced table among those that move, or one that stands in the target already; else why there is none. */
function referenced(
  { references }: ForeignKey,
  pairs: readonly TablePair[],
  context: Context,
): ForeignKey['references'] | string {
  const { source, target, project } = context;
  if (references.schema !== null && references.schema !== source.schema) {
    return `it refers to ${references.schema}.${references.table}, outside of the source`;
  }
  const other = pairs.find((pair) => pair.source.name === references.table);
  if (other?.into) {
    const columns = renamed(references.columns, other);
    return columns
      ? { schema: target.schema ?? target.database, table: other.into.name, columns }
      : `a column of ${references.table} that it refers to is skipped`;
  }
  if (other) {
    const columns = renamed(references.columns, other);
    return columns
      ? { schema: null, table: other.mapping.target, columns }
      : `a column of ${references.table} that it refers to is skipped`;
  }
  const skipped = project.tables.find((table) => table.source === references.table);
  const standing = existingTable(skipped?.target ?? references.table, target, context);
  const columns = references.columns.map(
    (name) => skipped?.columns.find((column) => column.source === name)?.target ?? name,
  );
  const complete = standing && columns.every((name) => standing.columns.some((column) => column.name === name));
  if (!complete) return `${references.table}, to which it refers, does not move and is not in the target`;
  return { schema: target.schema ?? target.database, table: standing.name, columns };
}

function reportTypes(key: ForeignKey, pair: TablePair, pairs: readonly TablePair[], context: Context): void {
  const other = pairs.find((each) => each.source.name === key.references.table);
  for (const [i, name] of key.columns.entries()) {
    const here = pair.columns.find((column) => column.source.name === name);
    const there = other?.columns.find((column) => column.source.name === key.references.columns[i]);
    if (!here || !there || equal(here.targetLogical, there.targetLogical)) continue;
    const integers = here.targetLogical.kind === 'integer' && !context.targetCan.foreignKeysAcrossIntegers;
    const blocked = here.targetLogical.kind !== there.targetLogical.kind || (integers && other?.into != null);
    tell(
      blocked ? 'blocker' : 'warning',
      'structure.foreign-key-type',
      pair,
      key,
      `joins two types: ${here.mapping.type} and ${there.mapping.type}`,
      context,
      [
        `Give ${pair.source.name}.${name} and ${key.references.table}.${key.references.columns[i]} the same type.`,
        ...alike(here, pair, there.targetLogical, context),
        ...(other!.into ? [] : alike(there, other!, here.targetLogical, context)),
      ],
    );
  }
}

/** The type of the one end for the other, where its values can become that. */
function alike(column: ColumnPair, { source }: TablePair, wanted: LogicalType, context: Context): Remedy[] {
  const { targetDialect, target } = context;
  const facts = { answers: {}, keyed: true, identity: false };
  const type = targetDialect.types.propose(wanted, facts, target.server).native;
  const parsed = targetDialect.types.parse(type);
  const moved = column.shape?.gives ?? column.sourceLogical;
  if (!parsed || !equal(parsed, wanted) || !convertible(moved, parsed)) return [];
  const at = { table: source.name, column: column.source.name };
  return [{ text: `Make ${at.table}.${at.column} ${type}.`, change: { kind: 'type', ...at, type } }];
}

function tell(
  severity: Severity,
  code: string,
  { source }: TablePair,
  key: ForeignKey,
  what: string,
  { report }: Context,
  remedies: readonly (string | Remedy)[] = [],
): void {
  const place = { side: 'source', table: source.name, object: key.name } as const;
  report(finding(severity, code, place, `Foreign key ${key.name} of ${source.name} ${what}.`, remedies));
}
