// Asks before a run is cancelled, in place, and says what will happen. Escape leaves; the focus is on going on.

import { Button } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { stagingPlace } from '../../../../shared/run-places.ts';
import { planStore } from '../../../client/stores/plan.ts';
import { cancelRun, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { Named } from '../../../ui/recovery/Named.tsx';
import { useLostSince } from '../lost.ts';
import { canCancel } from '../model/words.ts';
import { runView } from '../run-view.ts';
import classes from './dashboard.module.css';

export function CancelQuestion({ run }: { readonly run: string }): React.JSX.Element | null {
  const asks = useFrom(runView, (state) => state.asksCancel);
  const lost = useLostSince() !== null;
  const possible = useFrom(runStore, ({ progress }) => canCancel(progress)) && !lost;
  // What can't be cancelled any more is not asked about either.
  useEffect(() => {
    if (asks && !possible) leave();
  }, [asks, possible]);
  return asks && possible ? <Question run={run} /> : null;
}

function Question({ run }: { readonly run: string }): React.JSX.Element {
  const family = useFrom(planStore, ({ plan }) => plan?.target.family ?? null);
  const stay = useRef<HTMLButtonElement>(null);
  useEffect(() => stay.current?.focus(), []);
  return (
    <section
      className={classes.question}
      aria-label="Cancel this run"
      onKeyDown={(event) => {
        if (event.key === 'Escape') leave();
      }}
    >
      <div className={classes.asked}>
        <strong>Cancel this run and roll it back?</strong>
        <div>
          What is loaded is thrown away
          {family ? (
            <>
              {' '}
              with <Named {...stagingPlace(family, run)} />
            </>
          ) : null}
          . Your own tables stay as they are now, and the source is not touched. It can’t be resumed then; to stop for
          now, leave it instead.
        </div>
      </div>
      <Button ref={stay} variant="default" onClick={leave}>
        Go on running
      </Button>
      <Button
        color="red"
        onClick={() => {
          leave();
          void cancelRun();
        }}
      >
        Cancel and roll back
      </Button>
    </section>
  );
}

function leave(): void {
  runView.setState({ asksCancel: false });
}
