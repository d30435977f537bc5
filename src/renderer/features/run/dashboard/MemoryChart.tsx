// The engine's memory over the last five minutes, and the limit that was set.

import { Line, LineChart, ReferenceLine, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts';
import { size } from '../../../../shared/format.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { useLive } from '../lost.ts';
import { drawnPoints, rightEnd } from '../model/chart.ts';
import { megabytes } from '../model/options.ts';
import { runView } from '../run-view.ts';
import { useSampled } from '../use-sampled.ts';
import { CHART_MS, label, memoryAxis, span, timeAxis } from './chart-look.ts';
import classes from './dashboard.module.css';

export function MemoryChart(): React.JSX.Element {
  const points = useSampled(runStore, pointsOf, CHART_MS);
  const limit = useFrom(runView, ({ started }) => started?.memoryLimit ?? null);
  const drawn = drawnPoints(points);
  const end = rightEnd(points, useLive());
  const now = points.at(-1)?.rss ?? null;
  const top = limit === null ? undefined : megabytes(limit);
  return (
    <figure className={classes.chart} data-narrow>
      <figcaption>
        <span className={classes.key} data-line="rows">
          memory {now === null ? '' : size(now)}
        </span>
        {limit === null ? null : (
          <span className={classes.key} data-line="limit">
            limit {size(limit)}
          </span>
        )}
      </figcaption>
      <div role="img" aria-label={`Memory: ${now === null ? 'not told yet' : size(now)}`} className={classes.plot}>
        <ResponsiveContainer>
          <LineChart data={drawn} margin={span} accessibilityLayer={false}>
            <XAxis {...timeAxis(drawn, end)} />
            <YAxis {...memoryAxis} domain={[0, (most: number) => roundUp(Math.max(most, top ?? 0))]} />
            <Tooltip {...label(end)} />
            {top == null ? null : <ReferenceLine y={top} stroke="var(--block)" strokeDasharray="4 4" />}
            <Line
              dataKey="memory"
              name="MB"
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

/** Leaves room above, and ends on a figure that reads well. */
function roundUp(most: number): number {
  const unit = most > 1000 ? 300 : 30;
  return Math.ceil((most * 1.05) / unit) * unit;
}

function pointsOf({ points }: RunState): RunState['points'] {
  return points;
}
