// One table's plan: how it will stand in the target, how its rows are read, and the statements that build it.

import type { ChunkRange, TablePlan, TargetTable } from '../../shared/model/plan.ts';
import { planChecks } from './checks.ts';
import { chunkRanges } from './chunks.ts';
import { planColumns } from './columns.ts';
import type { Context } from './context.ts';
import { expressionsOf } from './expressions.ts';
import { reportStructure } from './findings/structure.ts';
import { planIndexes, planPrimaryKey, planUniques } from './keys.ts';
import type { Names } from './names.ts';
import type { TablePair } from './reconcile.ts';
import { planForeignKeys } from './relations.ts';
import { besidesOf } from './shapes.ts';

export type Draft = Omit<TablePlan, 'ddl'>;

/** `keyed` holds the source columns of this table that stand in keys and indexes. */
export function draftTable(
  pair: TablePair,
  pairs: readonly TablePair[],
  keyed: ReadonlySet<string>,
  names: Names,
  existing: TablePlan['existing'],
  context: Context,
): Draft {
  const { mapping, source } = pair;
  const expressions = expressionsOf(pair, context);
  const { columns, lanes, computed } = planColumns(pair, keyed, expressions, context);
  const work = { pair, columns, expressions, names, context };
  const target: TargetTable = {
    name: mapping.target,
    columns,
    primaryKey: planPrimaryKey(work),
    uniques: planUniques(work),
    indexes: planIndexes(work),
    foreignKeys: planForeignKeys(pair, pairs, names, context),
    checks: planChecks(pair, expressions, names, context),
    comment: context.targetCan.comments ? source.comment : null,
  };
  reportStructure(pair, target, context);
  const answers = context.profile[source.name] ?? {};
  const filtered = mapping.filter === undefined ? null : answers['']?.count;
  return {
    source: source.name,
    target,
    mode: mapping.mode ?? context.project.mode ?? 'create',
    filter: mapping.filter ?? null,
    errors: mapping.errors ?? context.project.errors ?? { onError: 'stop' },
    lanes,
    besides: besidesOf(pair, context),
    computed,
    key: rowKey(pair, lanes),
    chunks: chunksOf(pair, lanes, context),
    estimate: { rows: filtered == null ? source.rowEstimate : Number(filtered), bytes: source.bytes },
    existing,
    merge: null,
  };
}

/** Only what is read may cut a table: a skipped key leaves it whole. */
export function chunksOf({ source }: TablePair, lanes: TablePlan['lanes'], context: Context): ChunkRange[] {
  const ranges = chunkRanges(source, context.profile[source.name] ?? {});
  const [first] = ranges;
  const column = first?.kind === 'range' ? first.column : null;
  return column === null || lanes.some((lane) => lane.source === column) ? ranges : [{ kind: 'all' }];
}

/** The primary key, else the first unique key that is never NULL; every column of it must travel. */
export function rowKey({ source }: TablePair, lanes: TablePlan['lanes']): string[] {
  const travels = (name: string) => lanes.some((lane) => lane.source === name);
  const never = (name: string) => source.columns.some((column) => column.name === name && !column.nullable);
  const keys = [...(source.primaryKey ? [source.primaryKey] : []), ...source.uniques];
  return [...(keys.find(({ columns }) => columns.every((name) => travels(name) && never(name)))?.columns ?? [])];
}
