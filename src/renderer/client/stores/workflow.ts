// How each stage stands, for the rail: computed from the other stores, kept nowhere.

import { useSyncExternalStore } from 'react';
import { assertNever } from '../../../shared/errors.ts';
import { wholeOf } from '../../../shared/progress-figures.ts';
import { subscribeSampled } from '../sampled.ts';
import { type Catalogs, catalogs } from './catalogs.ts';
import type { Stage } from './navigation.ts';
import { countBySeverity, type PlanState, planStore } from './plan.ts';
import { type ProjectState, projectStore } from './project.ts';
import { isRunning, type RunState, runStore } from './run.ts';
import { type Sides, sides } from './sides.ts';

export type StageState =
  | { readonly kind: 'todo' }
  | { readonly kind: 'ok' }
  | { readonly kind: 'busy'; readonly what: string }
  | { readonly kind: 'findings'; readonly count: number }
  | { readonly kind: 'blocked'; readonly count: number }
  | { readonly kind: 'running'; readonly percent: number }
  | { readonly kind: 'failed'; readonly what: string };

export function useStage(stage: Stage): StageState {
  return useSyncExternalStore(subscribe, () => stateNow(stage));
}

function subscribe(changed: () => void): () => void {
  const stops = [
    ...[sides, catalogs, projectStore, planStore].map((store) => store.subscribe(changed)),
    subscribeSampled(runStore, RUN_MS, changed),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

/** A run goes on ten times a second. */
const RUN_MS = 1000;

const said = new Map<Stage, { readonly state: StageState; readonly words: string }>();

/** The very same object while it says the same. */
function stateNow(stage: Stage): StageState {
  const state = stateOf(stage, {
    sides: sides.getState(),
    catalogs: catalogs.getState(),
    project: projectStore.getState(),
    plan: planStore.getState(),
    run: runStore.getState(),
  });
  const words = JSON.stringify(state);
  const before = said.get(stage);
  if (before?.words === words) return before.state;
  said.set(stage, { state, words });
  return state;
}

interface States {
  readonly sides: Sides;
  readonly catalogs: Catalogs;
  readonly project: ProjectState;
  readonly plan: PlanState;
  readonly run: RunState;
}

function stateOf(stage: Stage, states: States): StageState {
  switch (stage) {
    case 'connect':
      return connected(states.sides);
    case 'inspect':
      return inspected(states.catalogs);
    case 'map':
      return states.project.project ? { kind: 'ok' } : { kind: 'todo' };
    case 'plan':
      return planned(states);
    case 'run':
      return ran(states.run);
    case 'report':
      return reported(states.run);
    default:
      return assertNever(stage);
  }
}

function connected({ source, target }: Sides): StageState {
  const tested = [source.tested.state, target.tested.state];
  if (tested.includes('testing')) return { kind: 'busy', what: 'testing' };
  if (tested.includes('failed')) return { kind: 'failed', what: 'no connection' };
  return tested.every((state) => state === 'ok') ? { kind: 'ok' } : { kind: 'todo' };
}

function inspected({ source, target }: Catalogs): StageState {
  const states = [source.state, target.state];
  if (states.includes('looking')) return { kind: 'busy', what: 'looking' };
  if (states.includes('failed')) return { kind: 'failed', what: 'failed' };
  return source.state === 'ready' ? { kind: 'ok' } : { kind: 'todo' };
}

function planned({ plan, project }: States): StageState {
  if (plan.planning) return { kind: 'busy', what: 'planning' };
  if (plan.error) return { kind: 'failed', what: 'failed' };
  if (!plan.plan || plan.madeFor !== project.project) return { kind: 'todo' };
  const { blocker, warning } = countBySeverity(plan.plan.findings);
  if (blocker > 0) return { kind: 'blocked', count: blocker };
  return warning > 0 ? { kind: 'findings', count: warning } : { kind: 'ok' };
}

function ran(run: RunState): StageState {
  if (isRunning(run)) return { kind: 'running', percent: Math.floor(wholeOf(run.progress) * 100) };
  const { finished } = run.progress;
  if (!finished) return run.error ? { kind: 'failed', what: 'failed' } : { kind: 'todo' };
  return finished.state === 'published' ? { kind: 'ok' } : { kind: 'failed', what: finished.state };
}

function reported({ progress: { finished } }: RunState): StageState {
  if (!finished) return { kind: 'todo' };
  return finished.verdict === 'verified'
    ? { kind: 'ok' }
    : { kind: 'failed', what: finished.verdict ?? finished.state };
}
