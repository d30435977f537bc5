// A table's plan with all that feeds it.

import type { Feed } from '../../shared/model/plan.ts';
import { laneOf } from './columns.ts';
import type { Context } from './context.ts';
import { reportFeed } from './findings/feeds.ts';
import { isNothing } from './nullability.ts';
import type { TablePair } from './reconcile.ts';
import { type Draft, readingOf, rowKey } from './table.ts';

/** `joining` are the pairs that `lead` leads. What not all of them compute is compared for none. */
export function withFeeds(
  draft: Draft,
  lead: TablePair,
  joining: readonly TablePair[],
  pairs: readonly TablePair[],
  context: Context,
): Draft {
  if (joining.length === 0) return draft;
  const feeds = joining.map((pair) => draftFeed(pair, lead, draft, pairs, context));
  const computed = draft.computed.filter(({ target }) =>
    feeds.every((feed) => feed.computed.some((lane) => lane.target === target)),
  );
  const common = (lanes: Feed['computed']) =>
    lanes.filter(({ target }) => computed.some((lane) => lane.target === target));
  return { ...draft, computed, feeds: feeds.map((feed) => ({ ...feed, computed: common(feed.computed) })) };
}

function draftFeed(pair: TablePair, lead: TablePair, made: Draft, pairs: readonly TablePair[], context: Context): Feed {
  const lanes = pair.columns.map((column) => laneOf(column, context));
  const loaded = inOrderOf(made.lanes, lanes);
  reportFeed(pair, lead, made, loaded, context);
  const empty = new Set(pair.columns.flatMap(({ mapping }) => (isNothing(mapping) ? [mapping.target] : [])));
  const given = lanes.filter(({ target }) => !empty.has(target));
  return {
    ...readingOf(pair, pairs, loaded, rowKey(pair, loaded), context),
    computed: inOrderOf(made.computed, given),
  };
}

function inOrderOf(order: Feed['lanes'], lanes: Feed['lanes']): Feed['lanes'] {
  return order.flatMap(({ target }) => lanes.find((lane) => lane.target === target) ?? []);
}
