// What the person looks at on this screen: kept while they are elsewhere.

import { createStore } from 'zustand/vanilla';
import { planStore } from '../../client/stores/plan.ts';
import type { FindingFilter } from './model/findings.ts';

export type PlanView = 'findings' | 'order' | 'tables' | 'left';

export interface PlanViewState {
  readonly view: PlanView;
  readonly filter: FindingFilter;
  /** Groups of findings that were opened, or closed, by hand; by key. */
  readonly toggled: ReadonlySet<string>;
  /** Source table whose statements are shown. */
  readonly table: string | null;
  /** When the plan that is being made was asked for; milliseconds since 1970. */
  readonly since: number | null;
}

export const planView = createStore<PlanViewState>(() => ({
  view: 'findings',
  filter: { text: '', severity: 'all' },
  toggled: new Set(),
  table: null,
  since: planStore.getState().planning ? Date.now() : null,
}));

planStore.subscribe(({ planning }, before) => {
  if (planning !== before.planning) planView.setState({ since: planning ? Date.now() : null });
});

export function toggleGroup(key: string): void {
  const toggled = new Set(planView.getState().toggled);
  if (!toggled.delete(key)) toggled.add(key);
  planView.setState({ toggled });
}

export function setFilter(filter: Partial<FindingFilter>): void {
  planView.setState((state) => ({ filter: { ...state.filter, ...filter } }));
}
