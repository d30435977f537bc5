// From a table's plan to the work that an executor understands.

import { feedsOf } from '../../shared/feeds.ts';
import { keepsAside } from '../../shared/left-out.ts';
import type { Feed, TablePlan } from '../../shared/model/plan.ts';
import type { ValueLimits } from '../dialects/capabilities.ts';
import type { RunIdentity } from '../dialects/session.ts';
import type { Holding } from './fits.ts';
import type { Shaping, TableWork } from './order.ts';

/** What the work of all tables has in common. */
export interface WorkSides {
  readonly source: { readonly capabilities: Holding & { readonly values: ValueLimits } };
  readonly target: { readonly capabilities: Holding & { readonly values: ValueLimits } };
  readonly shaping: Shaping;
}

/** `staging` null reads the target's table in its final place; `feed` is the table's own where nobody says otherwise. */
export function tableWork(
  sides: WorkSides,
  table: TablePlan,
  staging: RunIdentity | null,
  feed: Feed = table,
): TableWork {
  const holdings = { source: holding(sides.source), target: holding(sides.target) };
  return {
    source: feed.source,
    ...(feed.query === undefined ? {} : { query: feed.query }),
    target: table.target,
    filter: feed.filter,
    lanes: feed.lanes,
    besides: feed.besides,
    key: keyPositions(feed),
    match: matchPositions(table),
    limits: { source: sides.source.capabilities.values, target: sides.target.capabilities.values },
    rules: feed.rules,
    shaping: sides.shaping,
    quarantine: keepsAside(feed.errors) ? holdings : null,
    staging,
  };
}

/**
 * What both sides compute, with the key in front of it so that values can't change places unnoticed; where rows may be
 * kept aside with every other lane as well, since any of them may refuse a row.
 */
export function computedWork(
  sides: WorkSides,
  table: TablePlan,
  staging: RunIdentity | null,
  feed: Feed = table,
): TableWork {
  const work = tableWork(sides, table, staging, feed);
  if (feedsOf(table).some(mayRefuse)) return { ...work, lanes: [...feed.lanes, ...feed.computed] };
  const keys = work.match.map((position) => feed.lanes[position]!);
  const positions = keys.map((_, position) => position);
  // Every row has met the rules, or been told of, while it was loaded.
  return { ...work, lanes: [...keys, ...feed.computed], key: positions, match: positions, rules: [] };
}

/** An order goes to another thread: no more of what a family can than it needs. */
function holding({ capabilities: { texts, dynamicTypes } }: WorkSides['source']): Holding {
  return { texts, dynamicTypes };
}

function mayRefuse({ errors, rules }: Feed): boolean {
  return keepsAside(errors) || rules.some(({ onBreak }) => onBreak === 'quarantine');
}

function keyPositions(feed: Feed): number[] {
  return feed.key
    .map((column) => feed.lanes.findIndex((lane) => lane.source === column))
    .filter((position) => position >= 0);
}

/** Rows of several sources are told apart by the key that they share in the target. */
function matchPositions(table: TablePlan): number[] {
  const own = keyPositions(table);
  if (table.feeds.length === 0) return own;
  const shared = table.target.primaryKey?.columns.map((name) => table.lanes.findIndex(({ target }) => target === name));
  return shared && !shared.includes(-1) ? shared : own;
}
