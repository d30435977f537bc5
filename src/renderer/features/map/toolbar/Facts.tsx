// The mapping in figures, and whether they are of this very mapping.

import { count, many } from '../../../../shared/format.ts';
import { planStore } from '../../../client/stores/plan.ts';
import { projectStore } from '../../../client/stores/project.ts';
import { useFrom } from '../../../client/use-from.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import { tally } from '../model/issues.ts';

export function Facts(): React.JSX.Element | null {
  const project = useFrom(projectStore, (state) => state.project);
  if (!project) return null;
  const skipped = project.tables.filter(({ skip }) => skip).length;
  const limited = project.tables.filter(({ limit, skip }) => limit && !skip).length;
  return (
    <>
      <span>
        {many(project.tables.length, 'table')}
        {skipped > 0 ? `, ${count(skipped)} left out` : ''}
      </span>
      {limited > 0 ? (
        <StateMark mark="warned">Rehearsal: only some rows of {many(limited, 'table')} move</StateMark>
      ) : null}
      <Checked />
    </>
  );
}

function Checked(): React.JSX.Element {
  const { plan, madeFor, planning, error } = useFrom(planStore, (state) => state);
  const project = useFrom(projectStore, (state) => state.project);
  if (planning) return <StateMark mark="busy">Checking values</StateMark>;
  if (error && madeFor === project) return <StateMark mark="blocked">Blocked</StateMark>;
  if (!plan) return <StateMark mark="todo">Not checked yet</StateMark>;
  if (madeFor !== project) return <StateMark mark="todo">Changed since the last check</StateMark>;
  const { blocker, warning } = tally(plan.findings);
  if (blocker > 0) {
    const words = `${count(blocker)} blocked${warning > 0 ? `, ${many(warning, 'warning')}` : ''}`;
    return <StateMark mark="blocked">{words}</StateMark>;
  }
  if (warning > 0) return <StateMark mark="warned">{many(warning, 'warning')}</StateMark>;
  return <StateMark mark="proved">Checked, nothing in the way</StateMark>;
}
