// Rows and megabytes a second over the last five minutes.

import { count } from '../../../../shared/format.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useLive } from '../lost.ts';
import { drawnPoints, rightEnd } from '../model/chart.ts';
import { roundTicks } from '../model/scale.ts';
import { useSampled } from '../use-sampled.ts';
import { CHART_MS, type ChartLine, LineChart } from './chart/LineChart.tsx';
import classes from './dashboard.module.css';

/** The one that is drawn last lies on top. */
const lines: readonly ChartLine[] = [
  { of: 'megabytes', name: 'MB/s', side: 'right' },
  { of: 'rows', name: 'rows/s', side: 'left' },
];

export function ThroughputChart(): React.JSX.Element {
  const known = useSampled(runStore, pointsOf, CHART_MS);
  const points = drawnPoints(known);
  const end = rightEnd(known, useLive());
  const now = points.at(-1);
  const said = now ? `${count(now.rows)} rows and ${now.megabytes.toFixed(1)} MB a second, ${end}` : 'nothing yet';
  return (
    <figure className={classes.chart}>
      <figcaption>
        <span className={classes.key} data-line="rows">
          rows/s
        </span>
        <span className={classes.key} data-line="bytes">
          MB/s
        </span>
      </figcaption>
      <LineChart label={`Throughput: ${said}`} points={points} end={end} lines={lines} ticksOf={roundTicks} />
    </figure>
  );
}

function pointsOf({ points }: RunState): RunState['points'] {
  return points;
}
