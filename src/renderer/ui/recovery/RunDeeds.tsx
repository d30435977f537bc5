// The ways to go on with a run, or back: buttons, each of which asks before anything happens.

import { Button } from '@mantine/core';
import type { RunSummary } from '../../../shared/model/run.ts';
import { ask, type Deed, deedsFor } from '../../client/stores/recovery.ts';
import { runsStore } from '../../client/stores/runs.ts';
import { useFrom } from '../../client/use-from.ts';

export interface RunDeedsProps {
  readonly run: RunSummary;
  /** Where there is little room. */
  readonly small?: boolean;
  /** The way back before the way ahead, so that the latter has the corner. */
  readonly backFirst?: boolean;
  /** Without those that another place offers. */
  readonly except?: readonly Deed[];
}

export function RunDeeds({ run, small = false, backFirst = false, except = [] }: RunDeedsProps): React.JSX.Element {
  const active = useFrom(runsStore, (state) => state.active.has(run.run));
  const deeds = deedsFor(run.state, active).filter((deed) => !except.includes(deed));
  return (
    <>
      {(backFirst ? deeds.toReversed() : deeds).map((deed) => (
        <Button
          key={deed}
          {...(small ? { size: 'compact-xs' } : {})}
          variant={deed === 'resume' || deed === 'publish' ? 'filled' : 'default'}
          onClick={() => ask(deed, run)}
        >
          {words[deed]}
        </Button>
      ))}
    </>
  );
}

const words: Readonly<Record<Deed, string>> = {
  resume: 'Resume…',
  publish: 'Publish…',
  'take over': 'Take over…',
  'roll back': 'Roll back to before…',
  'drop backups': 'Drop backups…',
  'give password': 'Type the password…',
};
