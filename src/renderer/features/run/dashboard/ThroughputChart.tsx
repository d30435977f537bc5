// Rows and megabytes a second over the last five minutes.

import { Line, LineChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { count } from '../../../../shared/format.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useLive } from '../lost.ts';
import { drawnPoints, rightEnd } from '../model/chart.ts';
import { useSampled } from '../use-sampled.ts';
import { CHART_MS, grey, label, span, timeAxis, valueAxis } from './chart-look.ts';
import classes from './dashboard.module.css';

export function ThroughputChart(): React.JSX.Element {
  const points = useSampled(runStore, pointsOf, CHART_MS);
  const drawn = drawnPoints(points);
  const end = rightEnd(points, useLive());
  const now = drawn.at(-1);
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
      <div role="img" aria-label={`Throughput: ${said}`} className={classes.plot}>
        <ResponsiveContainer>
          <LineChart data={drawn} margin={span} accessibilityLayer={false}>
            <XAxis {...timeAxis(drawn, end)} />
            <YAxis {...valueAxis} yAxisId="rows" />
            <YAxis {...valueAxis} yAxisId="megabytes" orientation="right" />
            <Tooltip {...label(end)} />
            <Line
              yAxisId="megabytes"
              dataKey="megabytes"
              name="MB/s"
              stroke={grey}
              dot={false}
              isAnimationActive={false}
            />
            <Line
              yAxisId="rows"
              dataKey="rows"
              name="rows/s"
              stroke="var(--accent)"
              strokeWidth={1.5}
              dot={false}
              isAnimationActive={false}
            />
          </LineChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
}

function pointsOf({ points }: RunState): RunState['points'] {
  return points;
}
