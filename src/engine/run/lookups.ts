// Tables in the order in which lookups need them, and the lookups made between.

import { feedsOf } from '../../shared/feeds.ts';
import type { TablePlan } from '../../shared/model/plan.ts';
import type { Executor } from '../pipeline/executor.ts';
import { lookupOrders } from '../pipeline/lookup-orders.ts';
import { parallel } from '../support/parallel.ts';
import type { Job } from './job.ts';

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

/** Makes what these tables look into. */
export async function makeLookups(
  job: Job,
  tables: readonly TablePlan[],
  executor: Executor,
  workers: number,
): Promise<void> {
  const orders = lookupOrders(tables, job.shaping.lookups, job.identity);
  await parallel(
    orders,
    workers,
    (lookup) => executor.run({ kind: 'lookup', lookup }),
    () => executor.cancel(),
  );
}
