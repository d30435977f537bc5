// What the steps before a run prepare: the project at hand, or a retry beside it.

import { useMemo } from 'react';
import type { DroverErrorData } from '../../../shared/errors.ts';
import type { Project } from '../../../shared/model/mapping.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { makePlan, planStore } from '../../client/stores/plan.ts';
import { projectStore } from '../../client/stores/project.ts';
import { planRetry, type Retry, retryStore } from '../../client/stores/retry.ts';
import { sides } from '../../client/stores/sides.ts';
import { useFrom } from '../../client/use-from.ts';

export interface Prepared {
  readonly retry: Retry | null;
  readonly project: Project | null;
  readonly plan: Plan | null;
  readonly planning: boolean;
  readonly error: DroverErrorData | null;
  /** The plan was made for the project as it is now. */
  readonly current: boolean;
  /** URL of the target. */
  readonly target: string;
}

export function usePrepared(): Prepared {
  const retrying = useFrom(retryStore, (state) => state);
  const project = useFrom(projectStore, (state) => state.project);
  const planned = useFrom(planStore, (state) => state);
  const target = useFrom(sides, (state) => state.target.url);
  return useMemo(() => {
    const { retry, ...rest } = retrying;
    if (retry) return { ...rest, retry, project: retry.project, current: true, target: retry.target.url };
    const { plan, planning, error, madeFor } = planned;
    return { retry, project, plan, planning, error, current: madeFor === project, target };
  }, [retrying, project, planned, target]);
}

/** Unless it is planned. */
export function planPrepared(again = false): Promise<void> {
  return retryStore.getState().retry ? planRetry(again) : makePlan(again);
}
