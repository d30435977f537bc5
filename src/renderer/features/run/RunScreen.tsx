// The screen Run: prepares a run step by step, then shows it, then says how it ended; all in one place.

import { useEffect } from 'react';
import { retryStore } from '../../client/stores/retry.ts';
import { type RunState, runStore } from '../../client/stores/run.ts';
import { readRuns } from '../../client/stores/runs.ts';
import { useFrom } from '../../client/use-from.ts';
import { Dashboard } from './dashboard/Dashboard.tsx';
import { runView } from './run-view.ts';
import { Wizard } from './wizard/Wizard.tsx';

export function RunScreen(): React.JSX.Element {
  const run = useFrom(runStore, ({ run }) => run);
  const over = useFrom(runStore, isOver);
  const left = useFrom(runView, (state) => state.left);
  const retries = useFrom(retryStore, ({ retry }) => retry !== null);
  const isPast = over && (left === run || retries);
  // What became of the last run may have changed since: it was rolled back.
  useEffect(() => void readRuns(), []);
  return run !== null && !isPast ? <Dashboard run={run} /> : <Wizard />;
}

function isOver({ progress, error }: RunState): boolean {
  return progress.finished !== null || error !== null;
}
