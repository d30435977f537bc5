// A sign of life while the plan is made, with the time so far.

import { Loader } from '@mantine/core';
import { useEffect, useState } from 'react';
import { duration } from '../../../shared/format.ts';
import { useFrom } from '../../client/use-from.ts';
import { EmptyState } from '../../ui/state/EmptyState.tsx';
import { StateMark } from '../../ui/state/StateMark.tsx';
import classes from './plan.module.css';
import { planView } from './plan-view.ts';

export function Planning({ first }: { readonly first: boolean }): React.JSX.Element {
  if (!first) {
    return (
      <div className={classes.planning} role="status">
        <StateMark mark="busy">
          Making the plan again; below is the one before. <Elapsed />
        </StateMark>
      </div>
    );
  }
  return (
    <div role="status" className={classes.whole}>
      <EmptyState title="Making the plan" action={<Loader size="sm" />}>
        Both catalogs are read and the source is asked about its values. Nothing is touched. <Elapsed />
      </EmptyState>
    </div>
  );
}

function Elapsed(): React.JSX.Element | null {
  const since = useFrom(planView, (view) => view.since);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 200);
    return () => clearInterval(timer);
  }, []);
  if (since === null) return null;
  // Said once by the status; a clock that is read aloud five times a second helps nobody.
  return (
    <span className="mono" aria-hidden>
      {duration(Math.max(0, now - since) / 1000)}
    </span>
  );
}
