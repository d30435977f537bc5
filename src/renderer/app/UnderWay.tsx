// A run of another migration goes on: says so on every screen, and leads there.

import { Button } from '@mantine/core';
import { useEffect } from 'react';
import { list } from '../../shared/format.ts';
import { navigation } from '../client/stores/navigation.ts';
import { goToRun, runStore } from '../client/stores/run.ts';
import { readRuns, runsStore } from '../client/stores/runs.ts';
import { useFrom } from '../client/use-from.ts';
import { StateMark } from '../ui/state/StateMark.tsx';
import classes from './app.module.css';

const LOOK_AGAIN_MS = 3000;

export function UnderWay(): React.JSX.Element | null {
  const runs = useFrom(runsStore, (state) => state.runs);
  const active = useFrom(runsStore, (state) => state.active);
  const watched = useFrom(runStore, ({ run, own }) => (own ? run : null));
  const shown = useFrom(runStore, (state) => state.run);
  const at = useFrom(navigation, ({ place }) => place.at);
  const seen = at === 'run' ? shown : watched;
  const others = (runs ?? []).filter(({ run }) => active.has(run) && run !== seen);
  const any = others.length > 0;
  useEffect(() => {
    if (!any) return;
    const timer = setInterval(() => void readRuns(), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [any]);
  const [first] = others;
  if (!first) return null;
  return (
    <div role="status" className={classes.notice} data-no-print>
      <StateMark mark="busy">
        {others.length === 1 ? 'A run of ' : 'Runs of '}
        {list(others.map(({ project }) => project))} {others.length === 1 ? 'goes' : 'go'} on.
      </StateMark>
      <Button size="compact-xs" variant="default" onClick={() => goToRun(first)}>
        Watch
      </Button>
    </div>
  );
}
