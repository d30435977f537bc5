// Takes a remedy: the project with one change made, and everything else the very same objects.

import { assertNever } from './errors.ts';
import type { Change } from './model/finding.ts';
import type { ColumnMapping, Project, TableMapping } from './model/mapping.ts';
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
