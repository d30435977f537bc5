// Pause, resume, cancel: always in the same place; after the end the way to the report.

import { Button } from '@mantine/core';
import { go } from '../../../client/stores/navigation.ts';
import { pauseRun, type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
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
  if (over) {
    return (
      <>
        <Button variant="default" onClick={prepareAnother}>
          Prepare another run
        </Button>
        <Button disabled={run === null} onClick={() => run !== null && go({ at: 'report', run })}>
          Report
        </Button>
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

function mayBeCancelled({ progress, cancelling }: RunState): boolean {
  return canCancel(progress) && !cancelling;
}
