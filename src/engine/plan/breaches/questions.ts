// What must be asked of the source about keys: rows that would break one that the target shall have.

import type { Profile } from '../../../shared/model/profile.ts';
import { contextOf, type PlanSides } from '../context.ts';
import { reconcile } from '../reconcile.ts';
import { doubtfulKeys } from './duplicates.ts';
import { orphanSelect } from './orphans.ts';
import { doubtfulReferences } from './references.ts';

/** One SELECT each, tables of few rows first: what comes late may get no time. Throws what `reconcile` throws. */
export function questionsAboutKeys(sides: PlanSides, profile: Profile): string[] {
  const context = contextOf(sides, profile, () => undefined);
  const pairs = reconcile(context);
  const asked = [
    ...doubtfulReferences(pairs, context).map((each) => ({ pair: each.pair, select: orphanSelect(each, context) })),
    ...doubtfulKeys(pairs, context),
  ];
  return asked.toSorted((a, b) => a.pair.source.rowEstimate - b.pair.source.rowEstimate).map(({ select }) => select);
}
