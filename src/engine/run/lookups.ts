// Tables in the order in which lookups need them, and the lookups made between.

import { feedsOf } from '../../shared/feeds.ts';
import type { TablePlan } from '../../shared/model/plan.ts';
import { lookupOrders } from '../pipeline/lookup-orders.ts';
import type { LookupOrder } from '../pipeline/lookups.ts';
import { parallel } from '../support/parallel.ts';
import { need, type RunContext } from './job.ts';
import { orLeaveOut } from './left-out.ts';

/** Each group may load side by side, a table with all that feeds it, once the groups before it are there. A plan without blockers has no cycles. */
export function loadOrder(tables: readonly TablePlan[]): TablePlan[][] {
  const groups: TablePlan[][] = [];
  const loaded = new Set<string>();
  let left = [...tables];
  while (left.length > 0) {
    const ready = left.filter((table) =>
      feedsOf(table).every(({ lookups }) => lookups.every((lookup) => !lookup.moves || loaded.has(lookup.table))),
    );
    if (ready.length === 0) throw new Error('tables look into each other');
    groups.push(ready);
    for (const { target } of ready) loaded.add(target.name);
    left = left.filter((table) => !ready.includes(table));
  }
  return groups;
}

/** Makes what these tables look into, each once. A table whose lookup can't be made may be left out. */
export async function makeLookups(context: RunContext, tables: readonly TablePlan[]): Promise<void> {
  const { job, made } = context;
  const executor = need(made.executor, 'executor');
  const making = new Map<string, Promise<number>>();
  const make = (lookup: LookupOrder): Promise<number> => {
    const known = making.get(lookup.file) ?? executor.run({ kind: 'lookup', lookup });
    making.set(lookup.file, known);
    return known;
  };
  await parallel(
    tables,
    made.workers,
    (table) =>
      orLeaveOut(context, table, 'load', async () => {
        await Promise.all(lookupOrders([table], job.shaping.lookups, job.identity).map(make));
      }),
    () => executor.cancel(),
  );
}
