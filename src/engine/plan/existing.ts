// The tables that stand in the target, by their names as the target tells them apart.

import type { Catalog, Table } from '../../shared/model/catalog.ts';
import { nameKey } from '../dialects/names.ts';
import type { Context } from './context.ts';

type Can = Context['targetCan'];

/** The target's table of that name, told apart as the target does. */
export function existingTable(name: string, target: Catalog, { targetCan }: Pick<Context, 'targetCan'>): Table | null {
  return tablesIn(target, targetCan).get(nameKey(name, targetCan)) ?? null;
}

const known = new WeakMap<Catalog, ReadonlyMap<string, Table>>();

/** Gathered once, since every table and column of a plan may ask. */
function tablesIn(target: Catalog, can: Can): ReadonlyMap<string, Table> {
  let tables = known.get(target);
  if (!tables) {
    tables = new Map(target.tables.toReversed().map((table) => [nameKey(table.name, can), table]));
    known.set(target, tables);
  }
  return tables;
}
