// What a person looks at in Inspect: kept while they visit other stages.

import { createStore } from 'zustand/vanilla';
import type { Side } from '../../../shared/contract.ts';
import type { DroverErrorData } from '../../../shared/errors.ts';

export const views = ['inventory', 'sizes', 'dependencies', 'not carried'] as const;
export type View = (typeof views)[number];

export const measures = ['bytes', 'rows'] as const;
export type Measure = (typeof measures)[number];

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

export function choose(side: Side, table: string | null): void {
  inspecting.setState(({ chosen }) => ({ chosen: { ...chosen, [side]: table } }));
}
