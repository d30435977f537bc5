// Where the bytes and rows are: the largest tables as bars, and what all others hold together.

import { SegmentedControl } from '@mantine/core';
import { useMemo } from 'react';
import { Bar, BarChart, LabelList, ResponsiveContainer, XAxis, YAxis } from 'recharts';
import type { Side } from '../../../../shared/contract.ts';
import { about, size } from '../../../../shared/format.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
import { useFrom } from '../../../client/use-from.ts';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { choose, inspecting } from '../inspect-store.ts';
import { totalBytes } from '../OverviewFacts.tsx';
import { largest, type Measure, measures, type Part } from './largest.ts';
import classes from './sizes.module.css';

export interface SizesProps {
  readonly side: Side;
  readonly overview: Overview;
}

const LINE = 24;
const NAME_WIDTH = 280;
const NAME_LENGTH = 34;
const LABEL_WIDTH = 104;

export function Sizes({ side, overview }: SizesProps): React.JSX.Element {
  const wished = useFrom(inspecting, (state) => state.measure);
  const measured = totalBytes(overview) !== null;
  const measure: Measure = measured ? wished : 'rows';
  const all = useMemo(() => largest(overview.tables, measure), [overview, measure]);
  // Drawn as a bar beside them, the sum of the others would make hairs of all.
  const parts = all.filter(({ rest }) => !rest);
  const others = all.find(({ rest }) => rest);
  const say = measure === 'bytes' ? size : about;
  if (parts.length === 0) return <EmptyState title="No tables">This database holds no tables.</EmptyState>;
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <h2>Largest tables of the {side}</h2>
        <SegmentedControl
          aria-label="Measure"
          data={[
            { value: 'bytes', label: 'Bytes', disabled: !measured },
            { value: 'rows', label: 'Rows' },
          ]}
          value={measure}
          onChange={(value) => inspecting.setState({ measure: measures.find((each) => each === value) ?? 'bytes' })}
        />
        <span className="quiet">
          {measure === 'rows'
            ? 'Estimated from the statistics of the database.'
            : 'With indexes, as the database states it.'}
        </span>
      </div>
      {measured ? null : <p className="quiet">The database does not state sizes.</p>}
      <div role="img" aria-label={inWords(parts, say)} style={{ height: parts.length * LINE + 8 }}>
        <ResponsiveContainer width="100%" height="100%">
          <BarChart
            layout="vertical"
            data={parts}
            margin={{ top: 4, right: LABEL_WIDTH, bottom: 4, left: 0 }}
            barSize={12}
            accessibilityLayer={false}
          >
            <XAxis type="number" hide domain={[0, 'dataMax']} />
            <YAxis
              type="category"
              dataKey="name"
              width={NAME_WIDTH}
              interval={0}
              axisLine={false}
              tickLine={false}
              tick={<Name />}
            />
            <Bar
              dataKey="value"
              fill={side === 'source' ? 'var(--source)' : 'var(--accent)'}
              minPointSize={1}
              isAnimationActive={false}
              onClick={(_, index) => {
                const part = parts[index];
                if (part) choose(side, part.name);
              }}
              className={classes.bar ?? ''}
            >
              <LabelList
                dataKey="value"
                position="right"
                className={classes.figure}
                formatter={(value) => say(Number(value))}
              />
            </Bar>
          </BarChart>
        </ResponsiveContainer>
      </div>
      {others ? (
        <p className="quiet">
          {others.name}, together <span className="mono">{say(others.value)}</span>
        </p>
      ) : null}
    </div>
  );
}

/** Names are cut in front of the axis rather than wrapped. */
function Name(props: { readonly x?: number; readonly y?: number; readonly payload?: { readonly value: string } }) {
  const { x = 0, y = 0, payload } = props;
  const name = payload?.value ?? '';
  return (
    <text x={x} y={y} dy={4} textAnchor="end" className={classes.name}>
      <title>{name}</title>
      {name.length > NAME_LENGTH ? `${name.slice(0, NAME_LENGTH - 1)}…` : name}
    </text>
  );
}

function inWords(parts: readonly Part[], say: (value: number) => string): string {
  return parts.map(({ name, value }) => `${name}: ${say(value)}`).join('; ');
}
