// What one act publishes, from the tables of a plan: which are moved, into which rows go, and in which order.

import { isReplaced } from '../../shared/merging-words.ts';
import type { Table } from '../../shared/model/catalog.ts';
import type { TablePlan } from '../../shared/model/plan.ts';
import type { MergeIn, Publication } from '../dialects/publishing.ts';

export type Published = Pick<TablePlan, 'target' | 'lanes' | 'existing' | 'merge'>;

/** Something of the target is kept: a table that was replaced, or rows that were overwritten. */
export function keepsBackup({ existing }: Pick<TablePlan, 'existing'>): boolean {
  return existing !== null;
}

/** With what refers to the tables now, where `standing` is given; else as the plan saw it. */
export function publicationOf(tables: readonly Published[], standing: readonly Table[] | null = null): Publication {
  const moves = tables
    .filter(({ merge }) => merge === null)
    .map((table) => ({ table: table.target.name, replaces: isReplaced(table) }));
  const moved = new Set(moves.map(({ table }) => table));
  const merges = parentsFirst(tables.filter(({ merge }) => merge !== null)).map((table): MergeIn => {
    const merge = table.merge!;
    const referrers = standing ? referrersOf(table.target.name, standing) : merge.referrers;
    return {
      ...merge,
      referrers: referrers.filter((each) => !moved.has(each.table)),
      table: table.target.name,
      columns: table.lanes.map((lane) => lane.target),
    };
  });
  const merged = new Set(merges.map(({ table }) => table));
  const late = tables
    .filter(({ merge }) => merge === null)
    .map(({ target }) => ({ ...target, foreignKeys: target.foreignKeys.filter((key) => isLate(key, merged)) }))
    .filter(({ foreignKeys }) => foreignKeys.length > 0);
  return { moves, merges, late };
}

/** The table without the foreign keys that hold only once rows have gone into others. */
export function withoutLateKeys(table: Published, tables: readonly Published[]): TablePlan['target'] {
  const merged = new Set(tables.filter(({ merge }) => merge !== null).map(({ target }) => target.name));
  const { target } = table;
  return { ...target, foreignKeys: target.foreignKeys.filter((key) => !isLate(key, merged)) };
}

function isLate({ references }: TablePlan['target']['foreignKeys'][number], merged: ReadonlySet<string>): boolean {
  return references.schema !== null && merged.has(references.table);
}

function referrersOf(name: string, standing: readonly Table[]): MergeIn['referrers'] {
  return standing.flatMap((table) =>
    table.foreignKeys
      .filter((key) => key.references.table === name)
      .map((key) => ({ key: key.name, table: table.name, columns: key.columns, references: key.references.columns })),
  );
}

/** In a cycle the order is as it comes. */
function parentsFirst(tables: readonly Published[]): Published[] {
  const byName = new Map(tables.map((table) => [table.target.name, table]));
  const ordered = new Set<Published>();
  const visiting = new Set<Published>();
  const visit = (table: Published): void => {
    if (ordered.has(table) || visiting.has(table)) return;
    visiting.add(table);
    for (const parent of table.merge!.parents) {
      const other = byName.get(parent);
      if (other) visit(other);
    }
    ordered.add(table);
  };
  for (const table of tables) visit(table);
  return [...ordered];
}
