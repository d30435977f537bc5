// What a mapping was made against, as the project keeps it: the tables it reads, and those that stand where it leads.

import type { Catalog, Table } from '../../shared/model/catalog.ts';
import type { TableMapping } from '../../shared/model/mapping.ts';
import type { Seen, SeenColumn, SeenTable } from '../../shared/model/seen.ts';
import { tableRead } from '../../shared/reads.ts';
import type { Capabilities } from '../dialects/capabilities.ts';
import { nameKey } from '../dialects/names.ts';

export interface SeenSides {
  readonly source: Catalog;
  readonly target: Catalog;
  readonly targetCan: Capabilities;
}

/** The type that mapping proposes for a source column; undefined where it did not say. */
export type ProposedType = (table: string, column: string) => string | undefined;

export function seenOf(tables: readonly TableMapping[], sides: SeenSides, proposed: ProposedType): Seen {
  const { source, target, targetCan } = sides;
  const read = new Set(tables.map(tableRead));
  const led = new Set(tables.map((table) => nameKey(table.target, targetCan)));
  return {
    source: source.tables.map((table) =>
      read.has(table.name) ? seenTable(table, proposed) : { name: table.name, columns: [] },
    ),
    target: target.tables.filter(({ name }) => led.has(nameKey(name, targetCan))).map((table) => seenTable(table)),
  };
}

export function seenTable(table: Table, proposed?: ProposedType): SeenTable {
  return { name: table.name, columns: table.columns.map((column) => seenColumn(table, column, proposed)) };
}

function seenColumn(
  table: Table,
  { name, native, nullable }: Table['columns'][number],
  proposed?: ProposedType,
): SeenColumn {
  const place = (table.primaryKey?.columns.indexOf(name) ?? -1) + 1;
  const type = proposed?.(table.name, name);
  return {
    name,
    type: native,
    ...(nullable ? {} : { notNull: true as const }),
    ...(place > 0 ? { key: place } : {}),
    ...(type === undefined ? {} : { proposed: type }),
  };
}

/** As an earlier mapping proposed them. */
export function proposedIn(seen: Seen | undefined): ProposedType {
  const tables = new Map(
    seen?.source.map(({ name, columns }) => [name, new Map(columns.map((each) => [each.name, each]))]),
  );
  return (table, column) => tables.get(table)?.get(column)?.proposed;
}
