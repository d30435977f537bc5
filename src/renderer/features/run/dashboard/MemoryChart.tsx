// The engine's memory over the last five minutes, and the limit that was set.

import { size } from '../../../../shared/format.ts';
import { type RunState, runStore } from '../../../client/stores/run.ts';
import { useFrom } from '../../../client/use-from.ts';
import { useLive } from '../lost.ts';
import { drawnPoints, rightEnd } from '../model/chart.ts';
import { megabytes } from '../model/options.ts';
import { runView } from '../run-view.ts';
import { useSampled } from '../use-sampled.ts';
import { CHART_MS, type ChartLine, LineChart } from './chart/LineChart.tsx';
import classes from './dashboard.module.css';

const lines: readonly ChartLine[] = [{ of: 'memory', name: 'MB', side: 'left', unit: ' MB' }];

export function MemoryChart(): React.JSX.Element {
  const points = useSampled(runStore, pointsOf, CHART_MS);
  const limit = useFrom(runView, ({ started }) => started?.memoryLimit ?? null);
  const end = rightEnd(points, useLive());
  const now = points.at(-1)?.rss ?? null;
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
      <LineChart
        label={`Memory: ${now === null ? 'not told yet' : size(now)}`}
        points={drawnPoints(points)}
        end={end}
        lines={lines}
        ticksOf={ticksOf}
        limit={limit === null ? null : megabytes(limit)}
      />
    </figure>
  );
}

/** Leaves room above, and ends on a figure that reads well. */
function ticksOf(most: number): readonly number[] {
  if (most <= 0) return [0];
  const unit = most > 1000 ? 300 : 30;
  const top = Math.max(unit, Math.ceil((most * 1.05) / unit) * unit);
  return [0, top / 3, (2 * top) / 3, top];
}

function pointsOf({ points }: RunState): RunState['points'] {
  return points;
}
