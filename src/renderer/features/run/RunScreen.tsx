// The screen Run: prepares a run step by step, then shows it, then says how it ended; all in one place.

import { projectStore } from '../../client/stores/project.ts';
import { type RunState, runStore } from '../../client/stores/run.ts';
import { useFrom } from '../../client/use-from.ts';
import { Dashboard } from './dashboard/Dashboard.tsx';
import { runView } from './run-view.ts';
import { Wizard } from './wizard/Wizard.tsx';

export function RunScreen(): React.JSX.Element {
  const run = useFrom(runStore, ({ run }) => run);
  const over = useFrom(runStore, isOver);
  const runs = useFrom(runStore, ({ project }) => project);
  const left = useFrom(runView, (state) => state.left);
  const project = useFrom(projectStore, (state) => state.project?.name ?? null);
  // The end of another migration's run is no place to prepare this one.
  const isPast = over && (left === run || (project !== null && project !== runs));
  return run !== null && !isPast ? <Dashboard run={run} /> : <Wizard />;
}

function isOver({ progress, error }: RunState): boolean {
  return progress.finished !== null || error !== null;
}
