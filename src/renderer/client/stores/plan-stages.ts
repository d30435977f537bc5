// How the stages Map and Plan stand: by what the plan found, as far as it was made for this very mapping.

import type { Finding, Severity } from '../../../shared/model/finding.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import type { PlanState } from './plan.ts';
import type { StageState } from './stage-state.ts';

/** Blockers that stand at a table or a column are the mapping's own: there they are mended. */
export function mapped({ plan, lastMade, madeFor, error }: PlanState, project: Project | null): StageState {
  if (!project) return { kind: 'todo' };
  if (error) return error.where.table === undefined ? { kind: 'todo' } : { kind: 'blocked', count: 1 };
  const found = (plan ?? lastMade)?.findings ?? [];
  const blocked = found.filter(isOfTheMapping).length;
  if (blocked > 0) return { kind: 'blocked', count: blocked };
  return plan && madeFor === project ? { kind: 'ok' } : { kind: 'todo' };
}

export function planned({ plan, madeFor, planning, error }: PlanState, project: Project | null): StageState {
  if (planning) return { kind: 'busy', what: 'planning' };
  if (error) return { kind: 'failed', what: 'failed' };
  if (!plan || madeFor !== project) return { kind: 'todo' };
  const count = (of: Severity) => plan.findings.filter(({ severity }) => severity === of).length;
  if (count('blocker') > 0) return { kind: 'blocked', count: count('blocker') };
  return count('warning') > 0 ? { kind: 'findings', count: count('warning') } : { kind: 'ok' };
}

function isOfTheMapping({ severity, place }: Finding): boolean {
  return severity === 'blocker' && place.table !== undefined;
}
