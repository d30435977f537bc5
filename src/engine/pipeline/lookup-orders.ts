// From the lookups of a plan to the files that are made of them.

import { feedsOf } from '../../shared/feeds.ts';
import type { TablePlan } from '../../shared/model/plan.ts';
import type { RunIdentity } from '../dialects/session.ts';
import { lookupFile } from './lookup-file.ts';
import type { LookupOrder } from './lookups.ts';

/**
 * `staging` null reads tables of the run in their final place. Each file once. `known` holds conditions, in the target's
 * words, on the rows of a table that may be found.
 */
export function lookupOrders(
  tables: readonly TablePlan[],
  folder: string,
  staging: RunIdentity | null,
  known: ReadonlyMap<string, string> = new Map(),
): LookupOrder[] {
  const orders = new Map<string, LookupOrder>();
  for (const { table, moves, stands, match, take } of tables.flatMap(feedsOf).flatMap(({ lookups }) => lookups)) {
    const file = lookupFile(folder, { in: table, match: match.name, take: take.name });
    const places = [...(moves ? [staging] : []), ...(stands || !moves ? [null] : [])];
    const read = [...new Set(places)].map((place) => ({ name: table, staging: place }));
    orders.set(file, { file, tables: read, filter: known.get(table) ?? null, match, take });
  }
  return [...orders.values()];
}
