// Taking remedies: each is a change of the mapping that can be undone, and the plan is made again after it.

import type { Change } from '../../../shared/model/finding.ts';
import { applyChange } from '../../../shared/remedy.ts';
import { makePlan } from '../../client/stores/plan.ts';
import { change } from '../../client/stores/project.ts';
import { nameOfBulk } from './model/bulk.ts';

export function take(changes: readonly Change[]): void {
  change(nameOfBulk(changes), (project) => changes.reduce(applyChange, project));
  void makePlan();
}

/** For the whole project, where every table that stands in the way shall be replaced. */
export function replaceAll(): void {
  change('Replace tables of the target and keep them as a backup', (project) =>
    project.mode === 'replace' ? project : { ...project, mode: 'replace' },
  );
  void makePlan(true);
}
