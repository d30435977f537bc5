// What both halves of drift compare by and say.

import type { Catalog, Table } from '../../shared/model/catalog.ts';
import type { Project } from '../../shared/model/mapping.ts';
import type { SeenColumn } from '../../shared/model/seen.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { equal } from '../dialects/types.ts';

export interface DriftSides {
  readonly project: Project;
  readonly source: Catalog;
  readonly target: Catalog;
  readonly sourceDialect: Dialect;
  readonly targetDialect: Dialect;
}

export function sameType(was: string, now: string, dialect: Dialect): boolean {
  if (was === now) return true;
  const [a, b] = [dialect.types.parse(was), dialect.types.parse(now)];
  return a !== null && b !== null && equal(a, b);
}

export function words(column: SeenColumn): string {
  return `${column.type}${column.notNull ? ' not null' : ''}`;
}

export function tablesOf({ tables }: Catalog): ReadonlyMap<string, Table> {
  return new Map(tables.map((table) => [table.name, table]));
}
