// The screen Home: what Drover does, the ways to begin, and the work that was done here before.

import { useEffect } from 'react';
import { deskStore, readDesk } from '../../client/stores/desk.ts';
import { reopening } from '../../client/stores/reopen.ts';
import { readRuns, runsStore } from '../../client/stores/runs.ts';
import { useFrom } from '../../client/use-from.ts';
import { Screen } from '../../ui/layout/Screen.tsx';
import { ErrorNote } from '../../ui/state/ErrorNote.tsx';
import { Beginnings } from './Beginnings.tsx';
import classes from './home.module.css';
import { LastRuns } from './LastRuns.tsx';
import { LoadFileDialog } from './LoadFileDialog.tsx';
import { opening } from './opening.ts';
import { RecentProjects } from './RecentProjects.tsx';
import { Unfinished } from './Unfinished.tsx';

export function HomeScreen(): React.JSX.Element {
  const version = useFrom(deskStore, ({ desk }) => desk?.version ?? null);
  const deskError = useFrom(deskStore, ({ error }) => error);
  const runsError = useFrom(runsStore, ({ error }) => error);
  const openingError = useFrom(opening, ({ error }) => error);
  const reopeningError = useFrom(reopening, ({ error }) => error);
  useEffect(() => {
    void readDesk();
    void readRuns();
  }, []);
  return (
    <Screen title="Home" facts={version === null ? null : <span>Drover {version}</span>} page>
      <div className={classes.home}>
        <Unfinished />
        <Beginnings />
        {reopeningError ? <ErrorNote error={reopeningError} /> : null}
        {openingError ? <ErrorNote error={openingError} /> : null}
        {deskError ? <ErrorNote error={deskError} /> : null}
        {runsError ? <ErrorNote error={runsError} /> : null}
        <RecentProjects />
        <LastRuns />
        <LoadFileDialog />
      </div>
    </Screen>
  );
}
