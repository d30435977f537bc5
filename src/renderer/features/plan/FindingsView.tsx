// The findings, filtered as the person types; only what is seen is drawn.

import { SegmentedControl, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { many } from '../../../shared/format.ts';
import { severity as severities } from '../../../shared/model/finding.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { countBySeverity } from '../../client/stores/plan.ts';
import { useFrom } from '../../client/use-from.ts';
import { EmptyState } from '../../ui/state/EmptyState.tsx';
import { FindingList } from './FindingList.tsx';
import { groupFindings, linesOf, severityWords } from './model/findings.ts';
import classes from './plan.module.css';
import { planView, setFilter } from './plan-view.ts';

export function FindingsView({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const filter = useFrom(planView, (state) => state.filter);
  const toggled = useFrom(planView, (state) => state.toggled);
  const groups = useMemo(() => groupFindings(plan.findings, filter), [plan, filter]);
  const lines = useMemo(() => linesOf(groups, toggled), [groups, toggled]);
  const counts = countBySeverity(plan.findings);

  if (plan.findings.length === 0) {
    return (
      <EmptyState title="Nothing to tell">
        The source was asked about its values, and everything fits. Every table, column, key and index is carried.
      </EmptyState>
    );
  }
  return (
    <div className={classes.view}>
      <div className={classes.bar}>
        <TextInput
          className={classes.filter ?? ''}
          aria-label="Filter findings"
          placeholder="Filter by table, column or words"
          value={filter.text}
          onChange={(event) => setFilter({ text: event.currentTarget.value })}
        />
        <SegmentedControl
          aria-label="Kind of finding"
          value={filter.severity}
          onChange={(next) => setFilter({ severity: severities.safeParse(next).data ?? 'all' })}
          data={[
            { value: 'all', label: 'All' },
            ...severities.options.map((each) => ({ value: each, label: `${severityWords[each]} ${counts[each]}` })),
          ]}
        />
        <span className="quiet" role="status">
          {many(
            groups.reduce((sum, { findings }) => sum + findings.length, 0),
            'finding',
          )}{' '}
          in {many(groups.length, 'group')}
        </span>
      </div>
      {lines.length === 0 ? (
        <EmptyState title="No finding matches the filter" />
      ) : (
        <FindingList plan={plan} lines={lines} />
      )}
    </div>
  );
}
