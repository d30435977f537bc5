// Feeds: the sources of one target table, in a project and in a plan.

import { count, many } from './format.ts';
import type { TableMapping } from './model/mapping.ts';
import type { Feed, TablePlan } from './model/plan.ts';
import type { FedBy } from './model/report.ts';

type Joining = Pick<TableMapping, 'target' | 'skip' | 'joins'>;

/**
 * The mappings that feed a table which another one makes, each with that one: the first of those that do not join, else
 * the first of all. `key` tells names of tables apart as the target does.
 */
export function joinedTo<M extends Joining>(tables: readonly M[], key: (name: string) => string): Map<M, M> {
  const joined = new Map<M, M>();
  const moving = tables.filter(({ skip }) => !skip);
  for (const group of Map.groupBy(moving, ({ target }) => key(target)).values()) {
    const lead = group.find(({ joins }) => !joins) ?? group[0]!;
    for (const each of group) if (each.joins && each !== lead) joined.set(each, lead);
  }
  return joined;
}

/** The first one is the table's plan itself. */
export function feedsOf(table: TablePlan): readonly Feed[] {
  return [table, ...table.feeds];
}

export function chunksOf(table: TablePlan): number {
  return feedsOf(table).reduce((sum, { chunks }) => sum + chunks.length, 0);
}

/** ≈ rows and bytes of all feeds; bytes are null where those of one are. */
export function estimateOf(table: Pick<TablePlan, 'estimate' | 'feeds'>): TablePlan['estimate'] {
  return [table, ...table.feeds].reduce<TablePlan['estimate']>(
    (sum, { estimate }) => ({
      rows: sum.rows + estimate.rows,
      bytes: sum.bytes === null || estimate.bytes === null ? null : sum.bytes + estimate.bytes,
    }),
    { rows: 0, bytes: 0 },
  );
}

/** "customers_eu, customers_us" */
export function sourceWords({
  source,
  feeds = [],
}: {
  readonly source: string;
  readonly feeds?: readonly { source: string }[];
}): string {
  return [source, ...feeds.map((feed) => feed.source).filter((name) => name !== source)].join(', ');
}

/** "customers_eu 1,200 rows, customers_us 300 rows and 2 kept aside"; empty where only one source feeds the table. */
export function fedWords(feeds: readonly FedBy[]): string {
  return feeds
    .map(({ source, rows, quarantined }) => {
      const aside = quarantined > 0 ? ` and ${count(quarantined)} kept aside` : '';
      return `${source} ${many(rows, 'row')}${aside}`;
    })
    .join(', ');
}
