// What a person looks at in Inspect: kept while they visit other stages.

import { createStore } from 'zustand/vanilla';
import type { Side } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';
import { sides } from '../../client/stores/sides.ts';
import type { Measure } from './sizes/largest.ts';

export const views = ['inventory', 'sizes', 'dependencies', 'not carried'] as const;
export type View = (typeof views)[number];

/** How many references away from the chosen table the graph goes; null draws all tables. */
export type Steps = 1 | 2 | 3 | null;

export interface Inspecting {
  readonly side: Side;
  readonly view: View;
  readonly filter: string;
  readonly measure: Measure;
  readonly steps: Steps;
  /** The table whose details stand beside the list, for each side. */
  readonly chosen: Readonly<Record<Side, string | null>>;
  readonly mapping: boolean;
  /** Why mapping failed. */
  readonly mapError: DroverErrorData | null;
}

export const inspecting = createStore<Inspecting>(() => ({
  side: 'source',
  view: 'inventory',
  filter: '',
  measure: 'bytes',
  steps: null,
  chosen: { source: null, target: null },
  mapping: false,
  mapError: null,
}));

// What was said of other databases is no longer so.
sides.subscribe((now, before) => {
  if (now.source.url !== before.source.url || now.target.url !== before.target.url) {
    inspecting.setState({ mapError: null });
  }
});

export function choose(side: Side, table: string | null): void {
  inspecting.setState(({ chosen }) => ({ chosen: { ...chosen, [side]: table } }));
}
