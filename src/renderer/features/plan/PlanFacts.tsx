// The plan in figures: what would move, and how many findings there are of each kind.

import { aboutMany, many, size } from '../../../shared/format.ts';
import type { Severity } from '../../../shared/model/finding.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { countBySeverity } from '../../client/stores/plan.ts';
import { markOf } from '../../ui/state/FindingNote.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import { totalsOf } from './model/tables.ts';
import classes from './plan.module.css';
import { planView, setFilter } from './plan-view.ts';

const verbs: Readonly<Record<Severity, readonly [string, string]>> = {
  blocker: ['blocker', 'blockers'],
  warning: ['warning', 'warnings'],
  note: ['note', 'notes'],
};

export function PlanFacts({ plan }: { readonly plan: Plan }): React.JSX.Element {
  const { tables, rows, bytes } = totalsOf(plan);
  const counts = countBySeverity(plan.findings);
  const source = `From the statistics of ${plan.source.variant}, the source: an estimate, not a count.`;
  return (
    <>
      <span>{many(tables, 'table')}</span>
      <span title={source}>{aboutMany(rows, 'row')}</span>
      {bytes === null ? null : <span title={source}>≈ {size(bytes)}</span>}
      {(['blocker', 'warning', 'note'] as const).map((severity) =>
        counts[severity] === 0 ? null : (
          <button
            key={severity}
            type="button"
            className={classes.fact}
            onClick={() => {
              planView.setState({ view: 'findings' });
              setFilter({ severity });
            }}
          >
            <StateMark mark={markOf[severity]}>
              {many(counts[severity], verbs[severity][0], verbs[severity][1])}
            </StateMark>
          </button>
        ),
      )}
    </>
  );
}
