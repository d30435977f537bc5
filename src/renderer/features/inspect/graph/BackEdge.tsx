// A reference that runs against the layers, as one of each cycle must: it goes over the tables, not behind them.

import { BaseEdge, type EdgeProps } from '@xyflow/react';
import { NODE } from './layout.ts';

const REACH = 12;
const CORNER = 6;
/** Half a table and half the gap above it. */
const RISE = NODE.height / 2 + 8;

export function BackEdge(props: EdgeProps): React.JSX.Element {
  const { sourceX, sourceY, targetX, targetY, label, markerEnd, style } = props;
  const top = Math.min(sourceY, targetY) - RISE;
  const right = sourceX + REACH;
  const left = targetX - REACH;
  const path = [
    `M ${sourceX} ${sourceY} H ${right - CORNER}`,
    `Q ${right} ${sourceY} ${right} ${sourceY - CORNER}`,
    `V ${top + CORNER} Q ${right} ${top} ${right - CORNER} ${top}`,
    `H ${left + CORNER} Q ${left} ${top} ${left} ${top + CORNER}`,
    `V ${targetY - CORNER} Q ${left} ${targetY} ${left + CORNER} ${targetY}`,
    `H ${targetX}`,
  ].join(' ');
  return (
    <BaseEdge
      path={path}
      label={label}
      labelX={(left + right) / 2}
      labelY={top}
      {...(markerEnd === undefined ? {} : { markerEnd })}
      {...(style === undefined ? {} : { style })}
    />
  );
}
