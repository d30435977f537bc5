// Where the time went, as bars: by step, and for the slowest tables by load, index and verify.

import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import { duration } from '../../../../shared/format.ts';
import type { ReportOverview } from '../../../../shared/model/report-page.ts';
import { secondsOf, tableName } from '../../../../shared/report-values.ts';
import classes from './origin.module.css';

const LINE = 24;
const LABEL_WIDTH = 96;

const phases = [
  { phase: 'load', fill: 'var(--accent)' },
  { phase: 'index', fill: 'var(--source)' },
  { phase: 'verify', fill: 'color-mix(in srgb, var(--accent) 45%, var(--panel))' },
] as const;

export function StepTimes({ steps }: Pick<ReportOverview, 'steps'>): React.JSX.Element {
  return (
    <Bars
      label={steps.map(({ step, seconds }) => `${step}: ${duration(seconds)}`).join('; ')}
      lines={steps.map(({ step, seconds }) => ({ name: step, total: duration(seconds), seconds }))}
      bars={[{ key: 'seconds', fill: 'var(--accent)' }]}
      nameWidth={72}
    />
  );
}

export function TableTimes({ slowest }: Pick<ReportOverview, 'slowest'>): React.JSX.Element {
  return (
    <>
      <p className={classes.legend}>
        {phases.map(({ phase, fill }) => (
          <span key={phase}>
            <span className={classes.swatch} style={{ background: fill }} aria-hidden />
            {phase}
          </span>
        ))}
      </p>
      <Bars
        label={slowest.map((table) => `${tableName(table)}: ${duration(secondsOf(table))}`).join('; ')}
        lines={slowest.map((table) => ({
          name: tableName(table),
          total: duration(secondsOf(table)),
          ...table.seconds,
        }))}
        bars={phases.map(({ phase, fill }) => ({ key: phase, fill }))}
        nameWidth={168}
      />
    </>
  );
}

interface Line {
  readonly name: string;
  /** Written behind the bar. */
  readonly total: string;
  readonly [seconds: string]: string | number;
}

interface BarsProps {
  readonly label: string;
  readonly lines: readonly Line[];
  readonly bars: readonly { readonly key: string; readonly fill: string }[];
  readonly nameWidth: number;
}

function Bars({ label, lines, bars, nameWidth }: BarsProps): React.JSX.Element {
  return (
    <div role="img" aria-label={label} style={{ height: lines.length * LINE + 8 }}>
      <ResponsiveContainer width="100%" height="100%">
        <BarChart
          layout="vertical"
          data={lines}
          margin={{ top: 4, right: LABEL_WIDTH, bottom: 4, left: 0 }}
          barSize={12}
          accessibilityLayer={false}
        >
          <XAxis type="number" hide domain={[0, 'dataMax']} />
          <YAxis
            type="category"
            dataKey="name"
            width={nameWidth}
            interval={0}
            axisLine={false}
            tickLine={false}
            tick={<Name most={Math.floor(nameWidth / 8)} />}
          />
          {bars.map(({ key, fill }, at) => (
            <Bar key={key} dataKey={key} stackId="time" fill={fill} isAnimationActive={false}>
              {at === bars.length - 1 ? (
                <LabelList dataKey="total" position="right" className={classes.figure} />
              ) : null}
            </Bar>
          ))}
        </BarChart>
      </ResponsiveContainer>
    </div>
  );
}

interface NameProps {
  readonly most: number;
  readonly x?: number;
  readonly y?: number;
  readonly payload?: { readonly value: string };
}

/** Names are cut rather than wrapped. */
function Name({ most, x = 0, y = 0, payload }: NameProps): React.JSX.Element {
  const name = payload?.value ?? '';
  return (
    <text x={x} y={y} dy={4} textAnchor="end" className={classes.name}>
      <title>{name}</title>
      {name.length > most ? `${name.slice(0, most - 1)}…` : name}
    </text>
  );
}
