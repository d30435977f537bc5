// The tables of the target into which rows go, and a mapping in their words: their names, types and nullability.

import type { Column, Table } from '../../../shared/model/catalog.ts';
import type { TableMapping, TableMode } from '../../../shared/model/mapping.ts';
import { nameKey } from '../../dialects/names.ts';
import type { Context } from '../context.ts';
import { existingTable } from '../existing.ts';

/** Rows go into a table that stands there, which stays. */
export function isMerging(mode: TableMode): boolean {
  return mode === 'append' || mode === 'upsert';
}

/** Null where the table itself is published, and where there is none to go into. */
export function standingFor(mapping: Pick<TableMapping, 'target' | 'mode'>, context: Context): Table | null {
  const merging = isMerging(mapping.mode ?? context.project.mode ?? 'create');
  if (!merging && !context.refills.has(nameKey(mapping.target, context.targetCan))) return null;
  return existingTable(mapping.target, context.target, context);
}

export function standingColumn(
  name: string,
  mapping: Pick<TableMapping, 'target' | 'mode'>,
  context: Context,
): Column | null {
  const table = standingFor(mapping, context);
  return table && columnNamed(name, table, context);
}

export function columnNamed(
  name: string,
  { columns }: Table,
  { targetCan }: Pick<Context, 'targetCan'>,
): Column | null {
  const key = nameKey(name, targetCan);
  return columns.find((column) => nameKey(column.name, targetCan) === key) ?? null;
}

/** Columns that the table computes are left out; those that it lacks stay, to be told of. */
export function asItStands(mapping: TableMapping, into: Table, context: Context): TableMapping {
  const columns = mapping.columns.map((column) => {
    const standing = column.skip ? null : columnNamed(column.target, into, context);
    if (!standing) return column;
    if (standing.generated) return { ...column, skip: true };
    return { ...column, target: standing.name, type: standing.native, nullable: standing.nullable };
  });
  return { ...mapping, target: into.name, columns };
}
