// Words on rows that go into tables of the target: before a run, and after it.

import { estimateOf } from './feeds.ts';
import { about, count, many } from './format.ts';
import type { TablePlan } from './model/plan.ts';
import type { Merged } from './model/report.ts';

/** A table of the target stands aside for the new one; where rows go into it, it stays. */
export function isReplaced({ existing, merge }: Pick<TablePlan, 'existing' | 'merge'>): boolean {
  return existing !== null && merge === null;
}

/** "adds ≈ 1,200 rows to ≈ 4,000; 34 known keys are updated", "stays, its 4,000 rows exchanged for ≈ 1,200" */
export function mergeFate(table: Pick<TablePlan, 'estimate' | 'feeds' | 'existing' | 'merge'>): string {
  const { existing, merge } = table;
  if (merge?.refills)
    return `stays, its ${many(existing?.rows ?? 0, 'row')} exchanged for ${about(estimateOf(table).rows)}`;
  const known = merge?.conflicts ?? 0;
  const adds = `adds ${about(Math.max(0, estimateOf(table).rows - known))} rows to ${count(existing?.rows ?? 0)}`;
  if (!merge || merge.onConflict === 'fail') return adds;
  const keys = merge.conflicts === null ? 'known keys' : many(known, 'known key');
  return `${adds}; ${keys} ${known === 1 ? 'is' : 'are'} ${merge.onConflict === 'update' ? 'updated' : 'skipped'}`;
}

/** "rows are exchanged in 2 tables", "rows are added to 1 table"; empty where neither happens. */
export function mergingWords(tables: readonly Pick<TablePlan, 'merge'>[]): string[] {
  const refilled = tables.filter(({ merge }) => merge?.refills).length;
  const added = tables.filter(({ merge }) => merge && !merge.refills).length;
  return [
    ...(refilled > 0 ? [`rows are exchanged in ${many(refilled, 'table')}`] : []),
    ...(added > 0 ? [`rows are added to ${many(added, 'table')}`] : []),
  ];
}

/** How all becomes visible at once; `publish` says it of new tables. */
export function publishWords(tables: readonly Pick<TablePlan, 'merge'>[], { publish }: { publish: string }): string {
  const refilled = tables.filter(({ merge }) => merge?.refills).length;
  const added = tables.filter(({ merge }) => merge && !merge.refills).length;
  const words = [
    ...(refilled + added < tables.length ? [publish] : []),
    ...(refilled > 0 ? [`rows of ${many(refilled, 'table')} exchanged in one transaction`] : []),
    ...(added > 0 ? [`rows added to ${many(added, 'table')} in one transaction`] : []),
  ];
  return words.join('; ');
}

/** "1,200 added, 34 updated, 2 left as they were: 4,000 rows before, 5,200 after" */
export function mergedWords({ before, added, updated, skipped, removed, after }: Merged): string {
  const parts = [`${many(added, 'row')} added`];
  if (updated > 0) parts.push(`${count(updated)} updated`);
  if (skipped > 0) parts.push(`${count(skipped)} left as ${skipped === 1 ? 'it was' : 'they were'}`);
  if (removed > 0) parts.push(`${count(removed)} removed`);
  return `${parts.join(', ')}: ${many(before, 'row')} before, ${count(after)} after`;
}
