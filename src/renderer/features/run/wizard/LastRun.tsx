// How the last run of this migration ended, for whoever prepares another one.

import { Button } from '@mantine/core';
import { go } from '../../../client/stores/navigation.ts';
import type { Deed } from '../../../client/stores/recovery.ts';
import { lastOwnRun, runsStore } from '../../../client/stores/runs.ts';
import { useFrom } from '../../../client/use-from.ts';
import { exactly } from '../../../ui/format/moment.ts';
import { RunDeeds } from '../../../ui/recovery/RunDeeds.tsx';
import { RunStateMark } from '../../../ui/state/RunStateMark.tsx';
import classes from './wizard.module.css';

/** Of a published run its report has the way back. */
const notHere: readonly Deed[] = ['roll back', 'drop backups'];

export function LastRun(): React.JSX.Element | null {
  const last = useFrom(runsStore, lastOwnRun);
  if (!last || last.state === 'running') return null;
  return (
    <div className={classes.last}>
      <span className="quiet">Last run, {exactly(last.startedAt)}:</span>
      <RunStateMark state={last.state} />
      <Button size="compact-xs" variant="default" onClick={() => go({ at: 'report', run: last.run })}>
        Open its report
      </Button>
      <RunDeeds run={last} small except={last.state === 'published' ? notHere : []} />
    </div>
  );
}
