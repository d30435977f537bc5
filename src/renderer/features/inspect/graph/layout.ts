// Where each table of the graph stands: layers along the references, and those without any in rows below.

import { Graph, layout } from '@dagrejs/dagre';
import type { Reference } from './graph.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export const NODE = { width: 176, height: 48 } as const;
const GAP = { layers: 48, nodes: 16, rows: 48 } as const;
const ALONE_PER_ROW = 5;

/** Top left corners. Who refers stands left of what it refers to. */
export function placesOf(names: readonly string[], references: readonly Reference[]): ReadonlyMap<string, Point> {
  const joined = new Set(references.flatMap(({ from, to }) => [from, to]));
  const graph = new Graph()
    .setGraph({ rankdir: 'LR', ranksep: GAP.layers, nodesep: GAP.nodes })
    .setDefaultEdgeLabel(() => ({}));
  for (const name of names) if (joined.has(name)) graph.setNode(name, { ...NODE });
  for (const { from, to } of references) graph.setEdge(from, to);
  layout(graph);

  const places = new Map<string, Point>();
  let bottom = 0;
  for (const name of graph.nodes()) {
    const { x, y } = graph.node(name);
    places.set(name, { x: x - NODE.width / 2, y: y - NODE.height / 2 });
    bottom = Math.max(bottom, y + NODE.height / 2 + GAP.rows);
  }
  const alone = names.filter((name) => !joined.has(name));
  for (const [at, name] of alone.entries()) {
    places.set(name, {
      x: (at % ALONE_PER_ROW) * (NODE.width + GAP.nodes),
      y: bottom + Math.floor(at / ALONE_PER_ROW) * (NODE.height + GAP.nodes),
    });
  }
  return places;
}
