// Rows whose key stands in the target already, counted before a run where both tables are small.

import { type Context, contextOf, type PlanSides } from '../context.ts';
import { keysIn, keysMoving, type Sampler } from '../key-samples.ts';
import { reconcile, type TablePair } from '../reconcile.ts';
import { keyOf } from './draft.ts';

export interface Samplers {
  readonly source: Sampler;
  readonly target: Sampler;
}

/** By source table; those that can't be told cheaply are absent. Texts are compared as they are, collations aside. */
export async function countConflicts(sides: PlanSides, samplers: Samplers): Promise<Record<string, number>> {
  const context = contextOf(sides, {}, () => undefined);
  const counted: Record<string, number> = {};
  for (const pair of reconcile(context)) {
    // Too slow, or a filter that the source does not understand: the plan says so elsewhere.
    const conflicts = await conflictsOf(pair, samplers, context).catch(() => null);
    if (conflicts !== null) counted[pair.source.name] = conflicts;
  }
  return counted;
}

async function conflictsOf(pair: TablePair, samplers: Samplers, context: Context): Promise<number | null> {
  const { into } = pair;
  if (!into) return null;
  const { columns, handedOut } = keyOf(pair, into, context);
  if (handedOut) return null;
  const coming = await keysMoving(pair, columns, samplers.source);
  const standing = coming && (await keysIn(into.name, into.rowEstimate, columns, null, samplers.target));
  if (!standing) return null;
  const known = new Set(standing);
  return coming.filter((each) => known.has(each)).length;
}
