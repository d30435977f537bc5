// From a table's plan to the work that an executor understands.

import type { TablePlan } from '../../shared/model/plan.ts';
import type { RunIdentity } from '../dialects/dialect.ts';
import type { Limits } from '../pipeline/convert.ts';
import type { TableWork } from '../pipeline/order.ts';
import type { Job } from './job.ts';

/** `staging` null reads the target's table in its final place. */
export function tableWork(job: Job, table: TablePlan, staging: RunIdentity | null): TableWork {
  return {
    source: table.source,
    target: table.target,
    filter: table.filter,
    lanes: table.lanes,
    key: keyPositions(table),
    limits: limitsOf(job),
    staging,
  };
}

/** Only what both sides compute, with the key in front of it so that values can't change places unnoticed. */
export function computedWork(job: Job, table: TablePlan, staging: RunIdentity | null): TableWork {
  const keys = keyPositions(table).map((position) => table.lanes[position]!);
  return {
    ...tableWork(job, table, staging),
    lanes: [...keys, ...table.computed],
    key: keys.map((_, position) => position),
  };
}

function keyPositions(table: TablePlan): number[] {
  return table.key
    .map((column) => table.lanes.findIndex((lane) => lane.source === column))
    .filter((position) => position >= 0);
}

function limitsOf(job: Job): Limits {
  return { source: job.source.capabilities.values, target: job.target.capabilities.values };
}
