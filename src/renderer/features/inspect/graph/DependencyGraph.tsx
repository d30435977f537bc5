// How tables depend on each other: all of them, or the chosen one and its neighbours where they are many.

import '@xyflow/react/dist/base.css';
import { Controls, type Edge, MarkerType, ReactFlow } from '@xyflow/react';
import { useCallback, useMemo } from 'react';
import type { Side } from '../../../../shared/contract.ts';
import type { Overview } from '../../../../shared/model/overview.ts';
import { useFrom } from '../../../client/use-from.ts';
import { EmptyState } from '../../../ui/state/EmptyState.tsx';
import { choose, inspecting } from '../inspect-store.ts';
import { BackEdge } from './BackEdge.tsx';
import { GraphTools } from './GraphTools.tsx';
import classes from './graph.module.css';
import { around, graphOf, type Reference, type TableGraph } from './graph.ts';
import { NODE, type Point, placesOf } from './layout.ts';
import { type TableFlowNode, TableNode } from './TableNode.tsx';

export interface DependencyGraphProps {
  readonly side: Side;
  readonly overview: Overview;
  readonly chosen: string | null;
}

/** More than this nobody can follow, and no browser draws smoothly. */
const DRAWN = 150;

export function DependencyGraph({ side, overview, chosen }: DependencyGraphProps): React.JSX.Element {
  const graph = useMemo(() => graphOf(overview.tables), [overview]);
  const wished = useFrom(inspecting, (state) => state.steps);
  const crowded = graph.tables.size > DRAWN;
  const steps = crowded ? (wished ?? 1) : wished;
  // All tables are the same picture whichever is chosen.
  const centre = steps === null ? null : chosen;
  const drawn = useMemo(() => {
    const names =
      steps === null ? [...graph.tables.keys()] : centre === null ? [] : around(graph, centre, steps, DRAWN);
    const inside = new Set(names);
    const references = graph.references.filter(({ from, to }) => inside.has(from) && inside.has(to));
    return { names, references, places: placesOf(names, references) };
  }, [graph, steps, centre]);
  const chooseHere = useCallback((table: string) => choose(side, table), [side]);
  const nodes = useMemo(
    () =>
      drawn.names.map((name): TableFlowNode => {
        const inCycle = graph.cycles.has(name);
        const refersToItself = graph.selfReferring.has(name);
        return {
          id: name,
          type: 'table',
          position: drawn.places.get(name)!,
          ...NODE,
          data: {
            rows: graph.tables.get(name)!.rows,
            inCycle,
            refersToItself,
            chosen: name === chosen,
            choose: chooseHere,
          },
        };
      }),
    [graph, drawn, chosen, chooseHere],
  );
  const edges = useMemo(
    () => drawn.references.map((reference) => edgeOf(reference, graph, chosen, drawn.places)),
    [graph, drawn, chosen],
  );

  return (
    <div className={classes.graph}>
      <GraphTools graph={graph} shown={drawn.names.length} chosen={chosen} crowded={crowded} onChoose={chooseHere} />
      <div className={classes.canvas}>
        {drawn.names.length === 0 ? (
          <EmptyState title={graph.tables.size === 0 ? 'No tables' : 'Choose a table'}>
            {graph.tables.size === 0
              ? 'This database holds no tables.'
              : 'The graph shows it and the tables it is joined to by foreign keys.'}
          </EmptyState>
        ) : (
          <ReactFlow
            key={`${overview.fingerprint} ${centre ?? ''} ${steps ?? 'all'}`}
            nodes={nodes}
            edges={edges}
            nodeTypes={nodeTypes}
            edgeTypes={edgeTypes}
            nodesDraggable={false}
            nodesConnectable={false}
            nodesFocusable={false}
            edgesFocusable={false}
            elementsSelectable={false}
            fitView
            fitViewOptions={{ ...fit, ...(centre === null ? {} : { nodes: nearest(graph, centre) }) }}
            minZoom={0.1}
            maxZoom={1.5}
            proOptions={{ hideAttribution: true }}
            aria-label={`Dependencies of the ${side}'s tables`}
          >
            <Controls showInteractive={false} className={classes.controls ?? ''} />
          </ReactFlow>
        )}
      </div>
    </div>
  );
}

/** No word below 11 pixels; what does not fit is a drag away, and the button shows all of it. */
const fit = { minZoom: 0.92, maxZoom: 1, padding: 0.08 } as const;

function nearest(graph: TableGraph, centre: string): { readonly id: string }[] {
  return around(graph, centre, 1, DRAWN).map((id) => ({ id }));
}

const nodeTypes = { table: TableNode };
const edgeTypes = { back: BackEdge };

function edgeOf(
  { from, to, keys }: Reference,
  graph: TableGraph,
  chosen: string | null,
  places: ReadonlyMap<string, Point>,
): Edge {
  const cycle = graph.cycles.get(from);
  const inCycle = cycle !== undefined && cycle === graph.cycles.get(to);
  const near = from === chosen || to === chosen;
  const colour = inCycle ? 'var(--note)' : near ? 'var(--accent)' : 'var(--source)';
  const backwards = places.get(from)!.x >= places.get(to)!.x;
  return {
    id: `${from} → ${to}`,
    ...(backwards ? { type: 'back' } : {}),
    source: from,
    target: to,
    ariaLabel: `${from} refers to ${to} (${keys.join(', ')})${inCycle ? ', in a cycle' : ''}`,
    markerEnd: { type: MarkerType.ArrowClosed, color: colour, width: 16, height: 16 },
    style: { stroke: colour, strokeWidth: near ? 2 : 1, ...(inCycle ? { strokeDasharray: '5 3' } : {}) },
    ...(inCycle ? { label: 'cycle' } : {}),
  };
}
