// Pause, resume, cancel: always in the same place; after the end the way to the report.

import { Button } from '@mantine/core';
import { IconArrowRight } from '@tabler/icons-react';
import { go } from '../../../client/stores/navigation.ts';
import { leaveRun, pauseRun, type RunState, runStore } from '../../../client/stores/run.ts';
import { runsStore } from '../../../client/stores/runs.ts';
import { isOpen } from '../../../client/stores/standings.ts';
import { useFrom } from '../../../client/use-from.ts';
import { RunDeeds } from '../../../ui/recovery/RunDeeds.tsx';
import { LOST_REASON, useLostSince } from '../lost.ts';
import { canCancel, canPause } from '../model/words.ts';
import { prepareAnother, runView } from '../run-view.ts';

export function Controls(): React.JSX.Element {
  const run = useFrom(runStore, (state) => state.run);
  const over = useFrom(runStore, ({ progress, error }) => progress.finished !== null || error !== null);
  const paused = useFrom(runStore, ({ progress }) => progress.paused);
  const mayPause = useFrom(runStore, ({ progress }) => canPause(progress));
  const mayCancel = useFrom(runStore, mayBeCancelled);
  const asks = useFrom(runView, (state) => state.asksCancel);
  const lost = useLostSince() !== null;
  const summary = useFrom(runsStore, ({ runs }) => runs?.find((each) => each.run === run) ?? null);
  const open = summary !== null && isOpen(summary);
  if (over) {
    return (
      <>
        <Button variant="default" onClick={prepareAnother}>
          Prepare another run
        </Button>
        <Button
          {...(open ? { variant: 'default' } : {})}
          disabled={run === null}
          rightSection={<IconArrowRight size={14} aria-hidden />}
          onClick={() => run !== null && go({ at: 'report', run })}
        >
          Report
        </Button>
        {summary && open ? <RunDeeds run={summary} backFirst /> : null}
      </>
    );
  }
  return (
    <>
      {lost ? <span className="quiet">{LOST_REASON}</span> : null}
      <Button variant="default" disabled={!mayPause || lost} onClick={() => void pauseRun(!paused)}>
        {paused ? 'Resume' : 'Pause'}
      </Button>
      <Button
        variant="default"
        disabled={!mayCancel || asks || lost}
        title="It ends where it is; everything stays, and Home offers to go on with it"
        onClick={() => void leaveRun()}
      >
        Leave, resume later
      </Button>
      <Button
        variant="outline"
        color="red"
        disabled={!mayCancel || asks || lost}
        aria-expanded={asks}
        onClick={() => runView.setState({ asksCancel: true })}
      >
        Cancel and roll back…
      </Button>
    </>
  );
}

function mayBeCancelled({ progress, cancelling, leaving }: RunState): boolean {
  return canCancel(progress) && !cancelling && !leaving;
}
