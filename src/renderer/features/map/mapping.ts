// The mapping as this screen reads and changes it: the stores of the client, joined.

import type { Change } from '../../../shared/model/finding.ts';
import type { Project, TableMapping } from '../../../shared/model/mapping.ts';
import type { Overview } from '../../../shared/model/overview.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { applyChange } from '../../../shared/remedy.ts';
import { catalogs } from '../../client/stores/catalogs.ts';
import { findingsAt, type PlanState, planStore } from '../../client/stores/plan.ts';
import { change, projectStore } from '../../client/stores/project.ts';
import { useFrom } from '../../client/use-from.ts';
import type { Edit } from './model/edits.ts';
import { type FindingsAt, issuesOf } from './model/issues.ts';
import { byKey } from './model/keys.ts';
import { selection } from './selection.ts';

export function doEdit({ what, edit }: Edit): void {
  change(what, edit);
}

/** A remedy of a finding, taken with one click. */
export function takeRemedy(remedy: Change, text: string): void {
  change(text.replace(/\.$/, ''), (project) => applyChange(project, remedy));
}

export function useTarget(): Overview | null {
  return useFrom(catalogs, ({ target }) => (target.state === 'ready' ? target.overview : null));
}

/** The selected table's mapping. */
export function useSelected(): { readonly key: string; readonly mapping: TableMapping } | null {
  const key = useFrom(selection, ({ table }) => table);
  const mapping = useFrom(projectStore, ({ project }) => (project && key !== null ? byKey(project.tables, key) : null));
  return key !== null && mapping ? { key, mapping } : null;
}

export function useIssues(): FindingsAt {
  const project = useFrom(projectStore, (state) => state.project);
  const plan = useFrom(planStore, (state) => state.plan ?? state.lastMade);
  const error = useFrom(planStore, (state) => state.error);
  const target = useTarget();
  return issuesFor(project, plan, error, target);
}

const noIssues: FindingsAt = () => [];
let last: { readonly of: readonly unknown[]; readonly issues: FindingsAt } = { of: [], issues: noIssues };

/** Many parts of the screen ask for the same; it is put together once. */
function issuesFor(
  project: Project | null,
  plan: Plan | null,
  error: PlanState['error'],
  target: Overview | null,
): FindingsAt {
  const of = [project, plan, error, target];
  if (of.some((each, i) => each !== last.of[i])) {
    const family = target?.server.family ?? null;
    const planned: FindingsAt = (table, column) => findingsAt(plan, table, column);
    last = { of, issues: project ? issuesOf({ project, family, planned, error }) : noIssues };
  }
  return last.issues;
}
