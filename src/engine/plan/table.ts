// One table's plan: how it will stand in the target, how its rows are read, and the statements that build it.

import type { TableMode } from '../../shared/model/mapping.ts';
import type { ChunkRange, Feed, TablePlan, TargetTable } from '../../shared/model/plan.ts';
import { planChecks } from './checks.ts';
import { chunkRanges } from './chunks.ts';
import { planColumns } from './columns.ts';
import type { Context } from './context.ts';
import { numbersRows, outerFilter, tablesRead } from './derived.ts';
import { expressionsOf } from './expressions.ts';
import { reportStructure } from './findings/structure.ts';
import { withKeptComments } from './kept-comments.ts';
import { planIndexes, planPrimaryKey, planUniques } from './keys.ts';
import { planLookups } from './lookups.ts';
import type { Names } from './names.ts';
import { countedRows, errorsOf } from './pairs.ts';
import type { TablePair } from './reconcile.ts';
import { planForeignKeys } from './relations.ts';
import { planRules } from './rules.ts';
import { besidesOf } from './shapes.ts';

/** What one table's mapping decides; how it hangs together with the others is told by the plan as a whole. */
export type Draft = Omit<TablePlan, 'ddl' | 'standsOn'>;

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
  const made: TargetTable = {
    name: mapping.target,
    columns,
    primaryKey: planPrimaryKey(work),
    uniques: planUniques(work),
    indexes: planIndexes(work),
    foreignKeys: planForeignKeys(pair, pairs, names, context),
    checks: planChecks(pair, expressions, names, context),
    comment: context.targetCan.comments ? source.comment : null,
  };
  const target = withKeptComments(made, context);
  reportStructure(pair, target, context);
  return {
    ...readingOf(pair, pairs, lanes, rowKey(pair, lanes), context),
    computed,
    feeds: [],
    target,
    mode: modeOf(pair, context),
    existing,
    merge: null,
  };
}

/** How rows are read and what they go through, wherever they go. */
export function readingOf(
  pair: TablePair,
  pairs: readonly TablePair[],
  lanes: TablePlan['lanes'],
  key: readonly string[],
  context: Context,
): Omit<Feed, 'computed'> {
  const { mapping, source } = pair;
  const { project } = context;
  const errors = errorsOf(mapping, project);
  return {
    source: source.name,
    ...(source.query === undefined ? {} : { query: source.query }),
    reads: tablesRead(mapping, context.source),
    filter: outerFilter(mapping),
    errors,
    batchSize: mapping.batchSize ?? null,
    lanes,
    besides: besidesOf(pair, lanes, context),
    lookups: planLookups(pair, pairs, context),
    rules: planRules(pair, lanes, key, errors, context),
    key: [...key],
    chunks: chunksOf(pair, lanes, context),
    estimate: { rows: countedRows(source, context.profile) ?? source.rowEstimate, bytes: source.bytes },
  };
}

export function modeOf({ mapping }: TablePair, { project }: Context): TableMode {
  return mapping.mode ?? project.mode ?? 'create';
}

/** Only what is read may cut a table: a skipped key leaves it whole. */
function chunksOf({ source, mapping }: TablePair, lanes: TablePlan['lanes'], context: Context): ChunkRange[] {
  if (numbersRows(mapping) || mapping.rules?.some(({ rule }) => rule === 'unique')) return [{ kind: 'all' }];
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
