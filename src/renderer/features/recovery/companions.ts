// Which tables of a published run have to be rolled back together, by the foreign keys between them.

import type { Returning } from '../../../shared/model/run.ts';

/** Why a table comes along: with which one, and by which key. */
export interface Tie {
  readonly with: string;
  readonly key: string;
}

/** Those that come along with these, near ones first. */
export function companions(chosen: Iterable<string>, tables: readonly Returning[]): ReadonlyMap<string, Tie> {
  const ties = new Map(tables.map((each) => [each.table, each.ties]));
  const reached = new Set(chosen);
  const along = new Map<string, Tie>();
  // A set goes on to what is added to it meanwhile.
  for (const table of reached) {
    for (const { table: other, key } of ties.get(table) ?? []) {
      if (reached.has(other)) continue;
      reached.add(other);
      along.set(other, { with: table, key });
    }
  }
  return along;
}

/** Why a table can't be chosen; null where it can. */
export function obstacle(table: Returning, tables: readonly Returning[]): string | null {
  if (table.stands === 'taken back') return 'is rolled back already';
  if (table.stands === 'merged') return 'rows went into it: they go out with the whole run';
  const merged = new Set(tables.filter(({ stands }) => stands === 'merged').map((each) => each.table));
  const [tied] = [...companions([table.table], tables)].filter(([name]) => merged.has(name));
  return tied ? `is tied to ${tied[0]}, which goes with the whole run` : null;
}
