// Where the person is in preparing a run, and how they watch it: kept while they are elsewhere.

import { createStore } from 'zustand/vanilla';
import type { RunOptions } from '../../../shared/contract.ts';
import type { Plan } from '../../../shared/model/plan.ts';
import { projectStore } from '../../client/stores/project.ts';
import { retryStore } from '../../client/stores/retry.ts';
import { runStore } from '../../client/stores/run.ts';
import type { Answer, Evidence } from './model/checks.ts';
import type { Level } from './model/log.ts';
import type { Ending, TypedOptions } from './model/options.ts';
import type { WizardStep } from './model/wizard.ts';

export interface RunViewState {
  readonly step: WizardStep;
  /** What was asked of both sides, and for which plan. */
  readonly asked: { readonly plan: Plan | null } & Pick<Evidence, 'tests' | 'looks' | 'left'>;
  /** The target's name as typed. */
  readonly typed: string;
  /** Options of this run as typed; null takes what the settings say. */
  readonly options: TypedOptions | null;
  /** What the run does once all is verified; null takes what the project says. */
  readonly ending: Ending | null;
  /** Options of the run that is watched; null when another page has started it. */
  readonly started: RunOptions | null;
  /** A run whose end was seen: another one is prepared. */
  readonly left: string | null;
  readonly asksCancel: boolean;
  readonly log: { readonly level: Level; readonly text: string };
}

const asking = { source: 'asking', target: 'asking' } as const satisfies Record<string, Answer<never>>;

const fresh = {
  step: 'scope',
  asked: { plan: null, tests: asking, looks: asking, left: 'asking' },
  typed: '',
  options: null,
  ending: null,
} as const;

export const runView = createStore<RunViewState>(() => ({
  ...fresh,
  started: null,
  left: null,
  asksCancel: false,
  log: { level: 'info', text: '' },
}));

// Another migration is prepared from the beginning.
projectStore.subscribe(({ path, project }, before) => {
  if (path !== before.path || (project === null) !== (before.project === null)) runView.setState(fresh);
});

// So is a retry.
retryStore.subscribe(({ retry }, before) => {
  if (retry !== before.retry) runView.setState(fresh);
});

export function prepareAnother(): void {
  runView.setState({ ...fresh, left: runStore.getState().run, started: null });
}
