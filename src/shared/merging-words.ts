// Words on rows that go into tables of the target: before a run, and after it.

import { estimateOf } from './feeds.ts';
import { about, count, many } from './format.ts';
import type { TablePlan } from './model/plan.ts';
import type { Merged } from './model/report.ts';

/** A table of the target stands aside for the new one; where rows go into it, it stays. */
export function isReplaced({ existing, merge }: Pick<TablePlan, 'existing' | 'merge'>): boolean {
  return existing !== null && merge === null;
}

/** "adds ≈ 1,200 rows to ≈ 4,000; 34 known keys are updated" */
export function mergeFate(table: Pick<TablePlan, 'estimate' | 'feeds' | 'existing' | 'merge'>): string {
  const { existing, merge } = table;
  const known = merge?.conflicts ?? 0;
  const adds = `adds ${about(Math.max(0, estimateOf(table).rows - known))} rows to ${count(existing?.rows ?? 0)}`;
  if (!merge || merge.onConflict === 'fail') return adds;
  const keys = merge.conflicts === null ? 'known keys' : many(known, 'known key');
  return `${adds}; ${keys} ${known === 1 ? 'is' : 'are'} ${merge.onConflict === 'update' ? 'updated' : 'skipped'}`;
}

/** "1,200 added, 34 updated, 2 left as they were: 4,000 rows before, 5,200 after" */
export function mergedWords({ before, added, updated, skipped, after }: Merged): string {
  const parts = [`${many(added, 'row')} added`];
  if (updated > 0) parts.push(`${count(updated)} updated`);
  if (skipped > 0) parts.push(`${count(skipped)} left as ${skipped === 1 ? 'it was' : 'they were'}`);
  return `${parts.join(', ')}: ${many(before, 'row')} before, ${count(after)} after`;
}
