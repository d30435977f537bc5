// Takes a remedy: the project with one change made, and everything else the very same objects.

import { assertNever } from './errors.ts';
import type { Change } from './model/finding.ts';
import type { ColumnMapping, Project, TableMapping } from './model/mapping.ts';
import type { Rule } from './model/rule.ts';
import { withNamesCarried } from './renaming.ts';

export function applyChange(project: Project, change: Change): Project {
  switch (change.kind) {
    case 'type':
      return withColumn(project, change, { type: change.type });
    case 'null misfits':
      return withColumn(project, change, { unrepresentable: 'null' });
    case 'allow null':
      return withColumn(project, change, { nullable: true });
    case 'rename column':
      return withNamesCarried(project, withColumn(project, change, { target: change.to }));
    case 'skip column':
      return withColumn(project, change, { skip: true });
    case 'rename table':
      return withNamesCarried(
        project,
        withTable(project, change.table, (table) => changed(table, { target: change.to })),
      );
    case 'skip table':
      return withTable(project, change.table, (table) => changed(table, { skip: true }));
    case 'filter':
      return withTable(project, change.table, (table) => changed(table, { filter: narrowed(table, change.condition) }));
    case 'keep aside':
      return withTable(project, change.table, (table) => keepingAside(table, project, change.percent));
    case 'add rule':
      return withTable(project, change.table, (table) => withRule(table, change.rule));
    case 'leave out key':
      return withTable(project, change.table, (table) => withoutKey(table, change));
    case 'mode':
      return withTable(project, change.table, (table) => changed(table, { mode: change.mode }));
    case 'join':
      return withTable(project, change.table, (table) => changed(table, { joins: true }));
    case 'number from':
      return withColumn(project, change, { from: { kind: 'sequence', start: change.start } });
    default:
      return assertNever(change);
  }
}

function narrowed({ filter }: TableMapping, condition: string): string {
  if (!filter?.trim()) return condition;
  // A line break ends a comment.
  return filter.includes(condition) ? filter : `(${filter}\n) AND (${condition})`;
}

/** A table that may be left out still may be, above the limit. */
function keepingAside(table: TableMapping, { errors }: Project, percent: number): TableMapping {
  const { onError } = table.errors ?? errors ?? { onError: 'stop' };
  const next = { onError: onError === 'skip' ? onError : 'quarantine', percent } as const;
  const same = table.errors?.onError === next.onError && table.errors.percent === percent;
  return same ? table : { ...table, errors: next };
}

function withRule(table: TableMapping, rule: Rule): TableMapping {
  const rules = table.rules ?? [];
  const isThere = rules.some((each) => JSON.stringify(each) === JSON.stringify(rule));
  return isThere ? table : { ...table, rules: [...rules, rule] };
}

/** Keys that the project declares stand in place of the source's: there it is taken off their list. */
function withoutKey(table: TableMapping, { columns, to }: Extract<Change, { kind: 'leave out key' }>): TableMapping {
  const { references, without = [] } = table.keys ?? {};
  const isIt = (each: { columns: readonly string[]; table: string }) =>
    each.table === to && each.columns.join('\0') === columns.join('\0');
  if (references) {
    const rest = references.filter((each) => !isIt(each));
    return rest.length === references.length ? table : { ...table, keys: { ...table.keys, references: rest } };
  }
  if (without.some(isIt)) return table;
  return { ...table, keys: { ...table.keys, without: [...without, { columns, table: to }] } };
}

function withColumn(
  project: Project,
  { table, column }: { readonly table: string; readonly column: string },
  more: Partial<ColumnMapping>,
): Project {
  return withTable(project, table, (mapping) => {
    const columns = replaced(mapping.columns, column, (each) => changed(each, more));
    return columns === mapping.columns ? mapping : { ...mapping, columns };
  });
}

function withTable(project: Project, table: string, change: (mapping: TableMapping) => TableMapping): Project {
  const tables = replaced(project.tables, table, change);
  return tables === project.tables ? project : { ...project, tables };
}

/** The list itself when nothing in it changes. */
function replaced<N extends { readonly source: string }>(list: N[], source: string, change: (each: N) => N): N[] {
  const next = list.map((each) => (each.source === source ? change(each) : each));
  return next.every((each, i) => each === list[i]) ? list : next;
}

/** The object itself when it is so already. */
function changed<T extends object>(value: T, more: Partial<T>): T {
  const next = { ...value, ...more };
  const keys = Object.keys(more) as (keyof T)[];
  return keys.every((key) => next[key] === value[key]) ? value : next;
}
