// Keys that rows of several sources of one table share, counted before a run where the sources are small.

import { type Context, contextOf, type PlanSides } from './context.ts';
import { keysMoving, type Sampler } from './key-samples.ts';
import { renamed } from './keys.ts';
import { keyOf } from './merging/draft.ts';
import { joiningOf, type TablePair } from './pairs.ts';
import { reconcile } from './reconcile.ts';

export interface Clash {
  /** Columns of the target that tell its rows apart. */
  readonly key: readonly string[];
  readonly rows: number;
  /** One of the sources that has these keys already. */
  readonly other: string;
}

export type Clashes = Readonly<Record<string, Clash>>;

/** By source; those that can't be told cheaply are absent. Texts are compared as they are, collations aside. */
export async function countClashes(sides: PlanSides, sample: Sampler): Promise<Clashes> {
  const clashes: Record<string, Clash> = {};
  if (!sides.project.tables.some(({ joins }) => joins)) return clashes;
  const context = contextOf(sides, {}, () => undefined);
  for (const [lead, joining] of joiningOf(reconcile(context))) {
    const key = keyOfTable(lead, context);
    const seen = new Map<string, string>();
    for (const pair of [lead, ...joining]) {
      // Too slow, or a filter that the source does not understand: the plan says so elsewhere.
      const keys = (await keysMoving(pair, key, sample).catch(() => null)) ?? [];
      const { name } = pair.source;
      const others = keys.flatMap((each) => seen.get(each) ?? []);
      if (others.length > 0) clashes[name] = { key, rows: others.length, other: others[0]! };
      for (const each of keys) if (!seen.has(each)) seen.set(each, name);
    }
  }
  return clashes;
}

/** Empty where nothing tells the rows of the table apart, or it hands out its own numbers. */
function keyOfTable(lead: TablePair, context: Context): readonly string[] {
  if (lead.into) {
    const { columns, handedOut } = keyOf(lead, lead.into, context);
    return handedOut ? [] : columns;
  }
  const { primaryKey } = lead.source;
  return lead.mapping.keys?.primary ?? (primaryKey && renamed(primaryKey.columns, lead)) ?? [];
}
