// Primary keys, unique keys and indexes in the target's words.

import type { Index, IndexPart, Key } from '../../shared/model/catalog.ts';
import type { TargetTable } from '../../shared/model/plan.ts';
import { type Context, finding } from './context.ts';
import { knownColumns } from './declared.ts';
import type { Expressions } from './expressions.ts';
import type { Names } from './names.ts';
import type { TablePair } from './reconcile.ts';

/** What the keys of one table are made from. */
export interface KeyWork {
  readonly pair: TablePair;
  readonly columns: TargetTable['columns'];
  readonly expressions: Expressions;
  readonly names: Names;
  readonly context: Context;
}

export function planPrimaryKey(work: KeyWork): Key | null {
  const { pair, names } = work;
  const table = pair.mapping.target;
  const declared = pair.mapping.keys?.primary;
  if (declared)
    return { name: names.index('', `${table}_pkey`, table), columns: knownColumns(declared, pair, work.context) };
  const key = pair.source.primaryKey;
  const columns = key && renamed(key.columns, pair);
  if (!key) return null;
  if (!columns) {
    drop(work, key.name, 'primary key', 'a column of it is skipped');
    return null;
  }
  return { name: names.index(key.name, `${table}_pkey`, table), columns };
}

export function planUniques(work: KeyWork): Key[] {
  const { pair, names } = work;
  const table = pair.mapping.target;
  const declared = pair.mapping.keys?.unique;
  if (declared) {
    return declared.map((columns) => ({
      name: names.index('', `${table}_${columns.join('_')}_key`, table),
      columns: knownColumns(columns, pair, work.context),
    }));
  }
  return pair.source.uniques.flatMap((key) => {
    const columns = renamed(key.columns, pair);
    if (columns) return [{ name: names.index(key.name, `${table}_${columns.join('_')}_key`, table), columns }];
    drop(work, key.name, 'unique key', 'a column of it is skipped');
    return [];
  });
}

export function planIndexes(work: KeyWork): Index[] {
  return work.pair.source.indexes.flatMap((index) => planIndex(index, work) ?? []);
}

function planIndex(index: Index, work: KeyWork): Index | null {
  const { pair, context, names, expressions } = work;
  const can = context.targetCan;
  const reason = (why: string): null => drop(work, index.name, index.unique ? 'unique index' : 'index', why);

  const method = methodFor(index, work);
  if (method === null) return reason(`the target has no ${index.method} indexes`);
  const parts = index.parts.map((part) => planPart(part, index, work));
  if (parts.includes(null)) {
    return reason(
      index.parts.some((part) => part.expression !== null)
        ? 'it indexes an expression that the target can not take over'
        : 'a column of it is skipped',
    );
  }
  const where = index.where === null || !can.partialIndexes ? null : expressions.condition(index.where);
  if (index.where !== null && where === null) {
    // A partial index made whole would only be larger; a partial unique index made whole would refuse rows.
    if (index.unique) return reason(`it is partial (${index.where}), which the target can not take over`);
    tell(
      work,
      index.name,
      'structure.partial-index',
      `is partial in the source (${index.where}) and whole in the target`,
    );
  }
  const include = can.includeColumns ? index.include.flatMap((name) => renamed([name], pair)?.[0] ?? []) : [];
  if (include.length < index.include.length) {
    tell(work, index.name, 'structure.index-include', 'carries more columns along in the source', 'note');
  }
  if (index.nullsNotDistinct && !can.nullsNotDistinct) {
    tell(work, index.name, 'structure.nulls-not-distinct', 'allows one NULL in the source and many in the target');
  }
  const table = pair.mapping.target;
  const fallback = `${table}_${index.parts.map((part) => part.column ?? 'expr').join('_')}_idx`;
  return {
    ...index,
    name: names.index(index.name, fallback, table),
    method,
    parts: parts.filter((part) => part !== null),
    where,
    include,
    nullsNotDistinct: index.nullsNotDistinct && can.nullsNotDistinct,
  };
}

/** Methods that only speed up equality become btree; those that answer other questions are not carried. */
function methodFor(index: Index, { context }: KeyWork): string | null {
  if (context.targetCan.indexMethods.includes(index.method)) return index.method;
  return index.method === 'hash' || index.method === 'brin' ? 'btree' : null;
}

function planPart(part: IndexPart, index: Index, work: KeyWork): IndexPart | null {
  const { pair, context, expressions, columns } = work;
  const can = context.targetCan;
  const descending = part.descending && can.descendingIndexes;
  const rest = { descending, ...(context.sameFamily ? ownWords(part, index, work) : {}) };
  if (part.expression !== null) {
    const expression = can.expressionIndexes ? expressions.condition(part.expression) : null;
    return expression === null ? null : { column: null, expression, prefix: null, ...rest };
  }
  const name = part.column === null ? undefined : renamed([part.column], pair)?.[0];
  if (name === undefined) return null;
  const column = columns.find((candidate) => candidate.name === name)!;
  if (part.prefix !== null && !can.prefixIndexes) return withoutPrefix(part, name, index, work, rest);
  const needed = part.prefix ?? neededPrefix(column, index, work);
  return { column: name, expression: null, prefix: needed, ...rest };
}

/** What only the family itself understands of a part. */
function ownWords(part: IndexPart, index: Index, work: KeyWork): Partial<IndexPart> {
  const { source, target, targetDialect } = work.context;
  const { operatorClass, nulls, collation } = part;
  const carried =
    collation === undefined ? null : targetDialect.types.collationOn(collation, source.server, target.server);
  if (collation !== undefined && carried === null) {
    tell(
      work,
      index.name,
      'structure.collation',
      `compares by ${collation}, which the target may not have: its column's collation takes the place`,
      'note',
    );
  }
  return {
    ...(operatorClass === undefined ? {} : { operatorClass }),
    ...(nulls === undefined ? {} : { nulls }),
    ...(carried === null ? {} : { collation: carried }),
  };
}

/** The first n characters as an expression, so that long texts still fit and unique prefixes stay unique. */
function withoutPrefix(
  part: IndexPart,
  name: string,
  index: Index,
  work: KeyWork,
  rest: Pick<IndexPart, 'descending' | 'operatorClass' | 'nulls' | 'collation'>,
): IndexPart | null {
  const { context } = work;
  const cut = context.targetDialect.syntax.functions.substr;
  if (context.targetCan.expressionIndexes && cut !== undefined) {
    const expression = `${cut}(${context.targetDialect.ddl.quote(name)}, 1, ${part.prefix})`;
    tell(
      work,
      index.name,
      'structure.prefix-index',
      `indexes the first ${part.prefix} characters of ${name}: an expression in the target`,
      'note',
    );
    return { column: null, expression, prefix: null, ...rest };
  }
  if (index.unique) return null;
  tell(
    work,
    index.name,
    'structure.prefix-index',
    `indexes the first ${part.prefix} characters of ${name}, in the target all of them`,
  );
  return { column: name, expression: null, prefix: null, ...rest };
}

/** Long texts can't be in a key of such a target as a whole; a plain index takes their beginning. */
const PLAIN_PREFIX = 191;

function neededPrefix(column: TargetTable['columns'][number], index: Index, work: KeyWork): number | null {
  const { prefixIndexes, keyBytes } = work.context.targetCan;
  const { logical } = column;
  if (!prefixIndexes || keyBytes === null || index.unique || index.method !== 'btree') return null;
  if ((logical.kind !== 'text' && logical.kind !== 'binary') || logical.length !== null) return null;
  tell(
    work,
    index.name,
    'structure.prefix-index',
    `indexes only the first ${PLAIN_PREFIX} characters of ${column.name} in the target`,
    'note',
  );
  return PLAIN_PREFIX;
}

/** Names in the target; null when one of the columns is not carried. */
export function renamed(columns: readonly string[], pair: TablePair): string[] | null {
  const names = columns.map((name) => pair.columns.find((column) => column.source.name === name)?.mapping.target);
  return names.every((name) => name !== undefined) ? names : null;
}

function drop(work: KeyWork, name: string, what: string, why: string): null {
  const table = work.pair.source.name;
  work.context.report(
    finding(
      'warning',
      'structure.index-dropped',
      { side: 'source', table, object: name },
      `The ${what} ${name} of ${table} is not carried: ${why}.`,
      ['Create one by hand after the run, if it is needed.'],
    ),
  );
  return null;
}

function tell(work: KeyWork, name: string, code: string, what: string, severity: 'note' | 'warning' = 'warning'): void {
  const table = work.pair.source.name;
  work.context.report(
    finding(severity, code, { side: 'source', table, object: name }, `Index ${name} of ${table} ${what}.`),
  );
}
