// From a table's plan to the work that an executor understands.

import { keepsAside } from '../../shared/left-out.ts';
import type { TablePlan } from '../../shared/model/plan.ts';
import type { RunIdentity, ValueLimits } from '../dialects/dialect.ts';
import type { Shaping, TableWork } from './order.ts';

/** What the work of all tables has in common. */
export interface WorkSides {
  readonly source: { readonly capabilities: { readonly values: ValueLimits } };
  readonly target: { readonly capabilities: { readonly values: ValueLimits } };
  readonly shaping: Shaping;
}

/** `staging` null reads the target's table in its final place. */
export function tableWork(sides: WorkSides, table: TablePlan, staging: RunIdentity | null): TableWork {
  return {
    source: table.source,
    ...(table.query === undefined ? {} : { query: table.query }),
    target: table.target,
    filter: table.filter,
    lanes: table.lanes,
    besides: table.besides,
    key: keyPositions(table),
    limits: { source: sides.source.capabilities.values, target: sides.target.capabilities.values },
    rules: table.rules,
    shaping: sides.shaping,
    quarantine: keepsAside(table.errors),
    staging,
  };
}

/**
 * What both sides compute, with the key in front of it so that values can't change places unnoticed; where rows may be
 * kept aside with every other lane as well, since any of them may refuse a row.
 */
export function computedWork(sides: WorkSides, table: TablePlan, staging: RunIdentity | null): TableWork {
  const work = tableWork(sides, table, staging);
  if (work.quarantine || work.rules.some(({ onBreak }) => onBreak === 'quarantine'))
    return { ...work, lanes: [...table.lanes, ...table.computed] };
  const keys = work.key.map((position) => table.lanes[position]!);
  return { ...work, lanes: [...keys, ...table.computed], key: keys.map((_, position) => position) };
}

function keyPositions(table: TablePlan): number[] {
  return table.key
    .map((column) => table.lanes.findIndex((lane) => lane.source === column))
    .filter((position) => position >= 0);
}
