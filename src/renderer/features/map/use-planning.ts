// Checking as one goes: some time after the last edit the plan is made anew, where that is soon done.

import { useEffect } from 'react';
import { makePlan } from '../../client/stores/plan.ts';
import { projectStore } from '../../client/stores/project.ts';
import { useFrom } from '../../client/use-from.ts';

/** Projects of more tables are checked when a person asks. */
export const CHECKED_BY_ITSELF = 300;
const AFTER_MS = 800;

export function usePlanning(): void {
  const project = useFrom(projectStore, (state) => state.project);
  useEffect(() => {
    if (!project || project.tables.length >= CHECKED_BY_ITSELF) return;
    const timer = setTimeout(() => void makePlan(), AFTER_MS);
    return () => clearTimeout(timer);
  }, [project]);
}
