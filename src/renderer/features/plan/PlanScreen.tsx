// The screen Plan: everything a run would do, and what stands in its way, before anything is touched.

import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { go } from '../../client/stores/navigation.ts';
import { makePlan, type PlanState, planStore } from '../../client/stores/plan.ts';
import { projectStore } from '../../client/stores/project.ts';
import { useFrom } from '../../client/use-from.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { EmptyState } from '../../ui/state/EmptyState.tsx';
import { NoPlan } from './NoPlan.tsx';
import { PlanActions } from './PlanActions.tsx';
import { PlanFacts } from './PlanFacts.tsx';
import { Planning } from './Planning.tsx';
import { PlanViews } from './PlanViews.tsx';
import classes from './plan.module.css';
import { planView } from './plan-view.ts';

export function PlanScreen({ table }: { readonly table: string | null }): React.JSX.Element {
  const project = useFrom(projectStore, (state) => state.project);
  const state = useFrom(planStore, (all) => all);
  useEffect(() => {
    if (project) void makePlan();
  }, [project]);
  useEffect(() => {
    if (table !== null) planView.setState({ table, view: 'tables' });
  }, [table]);

  if (!project) {
    return (
      <Screen title="Plan">
        <EmptyState
          title="There is nothing to plan yet"
          action={<Button onClick={() => go({ at: 'connect' })}>Connect two databases</Button>}
        >
          A plan shows everything a run would do, and touches nothing. It is made from a mapping.
        </EmptyState>
      </Screen>
    );
  }
  return (
    <Screen
      title="Plan"
      facts={state.plan ? <PlanFacts plan={state.plan} /> : null}
      actions={<PlanActions state={state} current={state.madeFor === project} />}
    >
      <Content state={state} current={state.madeFor === project} />
    </Screen>
  );
}

function Content({ state, current }: { readonly state: PlanState; readonly current: boolean }): React.JSX.Element {
  const { plan, planning, error } = state;
  if (error && !planning) return <NoPlan error={error} />;
  if (!plan) return <Planning first />;
  return (
    <div className={classes.screen}>
      {planning ? <Planning first={false} /> : null}
      <PlanViews plan={plan} stale={!current} />
    </div>
  );
}
