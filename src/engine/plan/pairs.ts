// Pairs: every mapped table and column with what it stands for on both sides.

import type { Column, Table } from '../../shared/model/catalog.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { ColumnMapping, Project, TableMapping } from '../../shared/model/mapping.ts';
import type { Shape } from '../../shared/model/plan.ts';
import type { Profile } from '../../shared/model/profile.ts';
import type { ErrorPolicy } from '../../shared/model/quarantine.ts';

export interface ColumnPair {
  readonly mapping: ColumnMapping;
  readonly source: Column;
  /** What the source's values are read as: the declared type, or what they turned out to be. */
  readonly sourceLogical: LogicalType;
  /** What the values are after the column's steps; null where it has none. */
  readonly shape: Shape | null;
  readonly targetLogical: LogicalType;
}

export interface TablePair {
  readonly mapping: TableMapping;
  readonly source: Table;
  /** Columns that are not skipped, in the target's order. */
  readonly columns: readonly ColumnPair[];
  /** The table of the target into which its rows go; null where it is published itself. */
  readonly into: Table | null;
  /** The one that makes the target table, where this one only brings rows into it. */
  readonly joins: TablePair | null;
}

/** For rows that can't be moved: the table's own word goes before the project's. */
export function errorsOf(mapping: TableMapping, project: Project): ErrorPolicy {
  return mapping.errors ?? project.errors ?? { onError: 'stop' };
}

/** As the source counted them; null where nobody asked. */
export function countedRows({ name }: Pick<Table, 'name'>, profile: Profile): number | null {
  const counted = profile[name]?.['']?.count;
  return counted == null ? null : Number(counted);
}

/** Those that only bring rows into the table of another, by that one. */
export function joiningOf(pairs: readonly TablePair[]): ReadonlyMap<TablePair, readonly TablePair[]> {
  const joining = new Map<TablePair, TablePair[]>();
  for (const pair of pairs) if (pair.joins) joining.set(pair.joins, [...(joining.get(pair.joins) ?? []), pair]);
  return joining;
}
