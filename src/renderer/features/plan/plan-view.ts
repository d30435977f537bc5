// What the person looks at on this screen: kept while they are elsewhere.

import { createStore } from 'zustand/vanilla';
import { planStore } from '../../client/stores/plan.ts';
import type { FindingFilter } from './model/findings.ts';

export type PlanView = 'findings' | 'order' | 'tables' | 'left';

export interface PlanViewState {
  readonly view: PlanView;
  readonly filter: FindingFilter;
  /** Groups of findings that are open, by key. */
  readonly open: ReadonlySet<string>;
  /** Source table whose statements are shown. */
  readonly table: string | null;
  /** When the plan that is being made was asked for; milliseconds since 1970. */
  readonly since: number | null;
}

export const planView = createStore<PlanViewState>(() => ({
  view: 'findings',
  filter: { text: '', severity: 'all' },
  open: new Set(),
  table: null,
  since: planStore.getState().planning ? Date.now() : null,
}));

planStore.subscribe(({ planning }, before) => {
  if (planning !== before.planning) planView.setState({ since: planning ? Date.now() : null });
});

export function toggleGroup(key: string): void {
  const open = new Set(planView.getState().open);
  if (!open.delete(key)) open.add(key);
  planView.setState({ open });
}

export function setFilter(filter: Partial<FindingFilter>): void {
  planView.setState((state) => ({ filter: { ...state.filter, ...filter } }));
}
