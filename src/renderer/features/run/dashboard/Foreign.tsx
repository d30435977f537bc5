// Says that the run on the screen is another migration's than the one at hand, and leads back.

import { Button } from '@mantine/core';
import { projectStore } from '../../../client/stores/project.ts';
import { runStore, showOwnRun } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { StateMark } from '../../../ui/state/StateMark.tsx';
import classes from './dashboard.module.css';

export function Foreign(): React.JSX.Element | null {
  const own = useFrom(runStore, (state) => state.own);
  const runs = useFrom(runStore, (state) => state.project);
  const project = useFrom(projectStore, (state) => state.project?.name ?? null);
  if (own) return null;
  return (
    <div className={classes.foreign}>
      <StateMark mark="noted">
        {runs === project
          ? `This run of ${runs} is between other databases than the project that is open, as a retry is.`
          : `This is a run of ${runs}${project === null ? '.' : `; ${project} is open.`}`}
      </StateMark>
      <Button size="compact-xs" variant="default" onClick={() => void showOwnRun()}>
        {project === null ? 'Leave it' : `Back to ${project}`}
      </Button>
    </div>
  );
}
