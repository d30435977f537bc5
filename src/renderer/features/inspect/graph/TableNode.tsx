// One table in the graph: its name, its rows, and whether it is part of a cycle.

import { IconRefresh, IconRepeat } from '@tabler/icons-react';
import { Handle, type Node, type NodeProps, Position, useReactFlow } from '@xyflow/react';
import { about } from '../../../../shared/format.ts';
import classes from './graph.module.css';
import { NODE } from './layout.ts';

export interface TableNodeData extends Record<string, unknown> {
  readonly rows: number;
  readonly inCycle: boolean;
  readonly refersToItself: boolean;
  readonly chosen: boolean;
  readonly choose: (table: string) => void;
}

export type TableFlowNode = Node<TableNodeData, 'table'>;

export function TableNode({ id, data, positionAbsoluteX: x, positionAbsoluteY: y }: NodeProps<TableFlowNode>) {
  const flow = useReactFlow();
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} className={classes.handle} />
      <button
        type="button"
        className={classes.node}
        style={{ ...NODE }}
        aria-pressed={data.chosen}
        onClick={() => data.choose(id)}
        onFocus={({ currentTarget }) => {
          // Whoever walks by keys sees where they are.
          if (!currentTarget.matches(':focus-visible')) return;
          void flow.setCenter(x + NODE.width / 2, y + NODE.height / 2, { zoom: flow.getZoom() });
        }}
      >
        <span className={`mono ellipsis ${classes.name}`}>{id}</span>
        <span className={classes.facts}>
          <span className="mono">{about(data.rows)}</span>
          {data.inCycle ? (
            <span className={classes.cycle}>
              <IconRefresh size={12} aria-hidden /> in a cycle
            </span>
          ) : null}
          {data.refersToItself ? (
            <span className={classes.cycle}>
              <IconRepeat size={12} aria-hidden /> {data.inCycle ? 'itself' : 'refers to itself'}
            </span>
          ) : null}
        </span>
      </button>
      <Handle type="source" position={Position.Right} isConnectable={false} className={classes.handle} />
    </>
  );
}
