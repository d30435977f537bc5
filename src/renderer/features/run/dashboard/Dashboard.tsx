// A run under way, and its end, in one place: the state in words, how far, how fast, which tables, which step, what it said.

import { clock } from '../../../../shared/format.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { Screen } from '../../../ui/layout/Screen.tsx';
import { Split } from '../../../ui/layout/Split.tsx';
import { useSampled } from '../use-sampled.ts';
import { CancelQuestion } from './CancelQuestion.tsx';
import { Controls } from './Controls.tsx';
import classes from './dashboard.module.css';
import { EndNote } from './EndNote.tsx';
import { EventLog } from './EventLog.tsx';
import { Foreign } from './Foreign.tsx';
import { MemoryChart } from './MemoryChart.tsx';
import { SagaLine } from './SagaLine.tsx';
import { StateHead } from './StateHead.tsx';
import { TableGrid } from './TableGrid.tsx';
import { ThroughputChart } from './ThroughputChart.tsx';

export function Dashboard({ run }: { readonly run: string }): React.JSX.Element {
  return (
    <Screen title="Run" facts={<Facts run={run} />} actions={<Controls />}>
      <div className={classes.dashboard}>
        <Foreign />
        <CancelQuestion run={run} />
        <StateHead />
        <EndNote run={run} />
        <div className={classes.rest}>
          <Split name="event log" direction="down" sized="second" initial={148} min={88} max={480}>
            <div className={classes.main}>
              <SagaLine />
              <div className={classes.columns}>
                <div className={classes.charts}>
                  <ThroughputChart />
                  <MemoryChart />
                </div>
                <TableGrid />
              </div>
            </div>
            <EventLog />
          </Split>
        </div>
      </div>
    </Screen>
  );
}

const CLOCK_MS = 1000;

function Facts({ run }: { readonly run: string }): React.JSX.Element {
  const project = useFrom(runStore, (state) => state.project);
  const seconds = useSampled(runStore, secondsOf, CLOCK_MS);
  return (
    <>
      <span className="ellipsis">{project}</span>
      <span className="mono" title="The name of this run: its staging and its backup carry it">
        {run}
      </span>
      {seconds === null ? null : <span className="mono">{clock(seconds)}</span>}
    </>
  );
}

function secondsOf({ progress: { startedAt, at } }: RunState): number | null {
  return startedAt === null || at === null ? null : Math.floor((at - startedAt) / 1000);
}
