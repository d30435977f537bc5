// Lines over the last minutes. Nothing is measured for it: the drawing stretches, and so it costs a path for each line.

import { type PointerEvent, useState } from 'react';
import type { Drawn } from '../../model/chart.ts';
import { acrossOf, agoWords, heightOf, lookBack, nearest, pathOf, shortFigure } from '../../model/scale.ts';
import classes from './chart.module.css';

export interface ChartLine {
  readonly of: 'rows' | 'megabytes' | 'memory';
  readonly name: string;
  readonly side: 'left' | 'right';
  /** Behind the highest figure of its axis. */
  readonly unit?: string;
}

export interface LineChartProps {
  /** What it says, for those who hear it. */
  readonly label: string;
  readonly points: readonly Drawn[];
  /** What the last point is: now, or a time of day. */
  readonly end: string;
  readonly lines: readonly ChartLine[];
  /** Figures beside the line, from 0 upwards, by the most that it reaches; 0 alone where it reaches nothing. */
  readonly ticksOf: (most: number) => readonly number[];
  /** A value that must not be passed; null: there is none. */
  readonly limit?: number | null;
}

/** How often a chart is drawn. */
export const CHART_MS = 2000;

export function LineChart({ label, points, end, lines, ticksOf, limit = null }: LineChartProps): React.JSX.Element {
  const [across, setAcross] = useState<number | null>(null);
  const seconds = lookBack(points);
  const scaled = lines.map((line) => ({ ...line, ticks: ticksOf(mostOf(points, line, limit)) }));
  const pointed = across === null ? undefined : points[nearest(points, across, seconds)];
  const point = ({ clientX, currentTarget }: PointerEvent<HTMLDivElement>): void => {
    const { left, width } = currentTarget.getBoundingClientRect();
    setAcross((100 * (clientX - left)) / width);
  };
  return (
    <div role="img" aria-label={label} className={classes.chart}>
      {scaled.map(({ of, side, ticks, unit }) => (
        <Ticks key={of} side={side} ticks={ticks} unit={unit ?? ''} />
      ))}
      <div className={classes.plot} onPointerMove={point} onPointerLeave={() => setAcross(null)}>
        <svg viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden>
          {scaled.map(({ of, ticks }) => (
            <path
              key={of}
              data-line={of}
              d={pathOf(
                points.map((each) => ({ at: each.at, value: each[of] })),
                seconds,
                ticks.at(-1)!,
              )}
            />
          ))}
          {limit === null ? null : <path data-line="limit" d={`M0 ${heightOf(limit, scaled[0]!.ticks.at(-1)!)}H100`} />}
          {pointed ? <path data-line="pointed" d={`M${acrossOf(pointed.at, seconds)} 0V100`} /> : null}
        </svg>
        {pointed ? <Told point={pointed} end={end} lines={lines} across={acrossOf(pointed.at, seconds)} /> : null}
      </div>
      <div className={classes.times}>
        {[-seconds, -seconds / 2, 0].map((at) => (
          <span key={at}>{at === 0 ? end : agoWords(at)}</span>
        ))}
      </div>
    </div>
  );
}

interface TicksProps {
  readonly side: string;
  readonly ticks: readonly number[];
  readonly unit: string;
}

function Ticks({ side, ticks, unit }: TicksProps): React.JSX.Element {
  return (
    <div className={classes.ticks} data-side={side}>
      {ticks.map((tick, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place beside the line, whose figure changes
        <span key={i}>
          {shortFigure(tick)}
          {i === ticks.length - 1 ? unit : ''}
        </span>
      ))}
    </div>
  );
}

interface ToldProps extends Pick<LineChartProps, 'lines' | 'end'> {
  readonly point: Drawn;
  readonly across: number;
}

/** What stands at the pointed place. */
function Told({ point, end, lines, across }: ToldProps): React.JSX.Element {
  return (
    <div className={classes.told} style={across > 50 ? { right: `${100 - across}%` } : { left: `${across}%` }}>
      <div className="quiet">{point.at === 0 ? end : agoWords(point.at)}</div>
      {lines.map(({ of, name }) => (
        <div key={of}>
          {name} {point[of] === null ? '–' : shortFigure(point[of])}
        </div>
      ))}
    </div>
  );
}

function mostOf(points: readonly Drawn[], { of }: ChartLine, limit: number | null): number {
  return points.reduce((most, point) => Math.max(most, point[of] ?? 0), limit ?? 0);
}
