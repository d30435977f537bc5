// The checks as they stand now: from the plan, the mapping, and what both sides have answered.

import { useMemo } from 'react';
import { planStore } from '../../../client/stores/plan.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { type Check, checksOf } from '../model/checks.ts';
import { runView } from '../run-view.ts';

export function useChecks(): readonly Check[] {
  const asked = useFrom(runView, (state) => state.asked);
  const plan = useFrom(planStore, (state) => state.plan);
  const madeFor = useFrom(planStore, (state) => state.madeFor);
  const project = useFrom(projectStore, (state) => state.project);
  return useMemo(
    () => checksOf({ plan, current: madeFor === project, tests: asked.tests, looks: asked.looks }),
    [plan, madeFor, project, asked],
  );
}
