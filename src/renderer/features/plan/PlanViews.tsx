// The four views of a plan: what it finds, in which order, which statements, and what it leaves behind.

import { Tabs } from '@mantine/core';
import { useMemo } from 'react';
import { count, many } from '../../../shared/format.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { countBySeverity } from '../../client/stores/plan.ts';
import { useFrom } from '../../client/use-from.ts';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { FindingsView } from './FindingsView.tsx';
import { LeftView } from './LeftView.tsx';
import { lossesIn } from './model/losses.ts';
import { cyclesOf } from './model/tables.ts';
import { OrderView } from './OrderView.tsx';
import classes from './plan.module.css';
import { type PlanView, planView } from './plan-view.ts';
import { TablesView } from './TablesView.tsx';

export interface PlanViewsProps {
  readonly plan: Plan;
  /** The mapping has changed since. */
  readonly stale: boolean;
}

export function PlanViews({ plan, stale }: PlanViewsProps): React.JSX.Element {
  const view = useFrom(planView, (state) => state.view);
  const losses = useMemo(() => lossesIn(plan.findings), [plan]);
  const cycles = cyclesOf(plan).length;
  const { blocker } = countBySeverity(plan.findings);
  return (
    <Tabs
      value={view}
      onChange={(next) => planView.setState({ view: viewNamed(next) })}
      classNames={{
        root: classes.tabs ?? '',
        panel: classes.panel ?? '',
        list: classes.tabList ?? '',
      }}
    >
      <Tabs.List>
        <Tabs.Tab value="findings">Findings {count(plan.findings.length)}</Tabs.Tab>
        <Tabs.Tab value="order">Order{cycles > 0 ? ` ${many(cycles, 'cycle')}` : ''}</Tabs.Tab>
        <Tabs.Tab value="tables">Tables and DDL {count(plan.tables.length)}</Tabs.Tab>
        <Tabs.Tab value="left">Not carried {count(losses.length)}</Tabs.Tab>
        {blocker > 0 && !stale ? (
          <span className={classes.reason}>
            <StateMark mark="blocked">
              The run waits until {many(blocker, 'blocker')} {blocker === 1 ? 'is' : 'are'} mended.
            </StateMark>
          </span>
        ) : null}
      </Tabs.List>
      <Tabs.Panel value="findings">
        <FindingsView plan={plan} />
      </Tabs.Panel>
      <Tabs.Panel value="order">
        <OrderView plan={plan} />
      </Tabs.Panel>
      <Tabs.Panel value="tables">
        <TablesView plan={plan} />
      </Tabs.Panel>
      <Tabs.Panel value="left">
        <LeftView plan={plan} losses={losses} />
      </Tabs.Panel>
    </Tabs>
  );
}

function viewNamed(name: string | null): PlanView {
  return name === 'order' || name === 'tables' || name === 'left' ? name : 'findings';
}
