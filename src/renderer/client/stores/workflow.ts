// How each stage stands, for the rail: computed from the other stores, kept nowhere.

import { useSyncExternalStore } from 'react';
import { assertNever } from '../../../shared/errors.ts';
import type { Severity } from '../../../shared/model/finding.ts';
import { engine, isLost } from '../engine.ts';
import { subscribeSampled } from '../sampled.ts';
import { type Catalogs, catalogs } from './catalogs.ts';
import { type DriftState, driftStore } from './drift.ts';
import type { Stage } from './navigation.ts';
import { type PlanState, planStore } from './plan.ts';
import { mapped, planned } from './plan-stages.ts';
import { type ProjectState, projectStore } from './project.ts';
import { isRunning, runStore } from './run.ts';
import { type RunStates, ran, reported } from './run-stages.ts';
import { lastOwnRun, runsStore } from './runs.ts';
import { type Sides, sides } from './sides.ts';
import type { StageState } from './stage-state.ts';
import { verdicts } from './verdicts.ts';

export function useStage(stage: Stage): StageState {
  return useSyncExternalStore(subscribe, () => stateNow(stage));
}

function subscribe(changed: () => void): () => void {
  const stops = [
    ...[sides, catalogs, projectStore, planStore, driftStore, runsStore, verdicts, engine.line].map((store) =>
      store.subscribe(changed),
    ),
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
  const run = runStore.getState();
  const state = stateOf(stage, {
    sides: sides.getState(),
    catalogs: catalogs.getState(),
    project: projectStore.getState(),
    plan: planStore.getState(),
    drift: driftStore.getState(),
    runs: {
      run,
      running: isRunning(run),
      last: lastOwnRun(),
      verdicts: verdicts.getState(),
      lost: isLost(engine.line.getState()),
    },
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
  readonly drift: DriftState;
  readonly runs: RunStates;
}

function stateOf(stage: Stage, states: States): StageState {
  switch (stage) {
    case 'connect':
      return connected(states.sides);
    case 'inspect':
      return inspected(states.catalogs);
    case 'map':
      return drifted(states.drift) ?? mapped(states.plan, states.project.project);
    case 'plan':
      return planned(states.plan, states.project.project);
    case 'run':
      return ran(states.runs);
    case 'report':
      return reported(states.runs);
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

/** What has changed in the databases goes first: the plan was made for what was there before. */
function drifted({ drift }: DriftState): StageState | null {
  const count = (wanted: Severity) => drift?.differences.filter(({ severity }) => severity === wanted).length ?? 0;
  if (count('blocker') > 0) return { kind: 'blocked', count: count('blocker') };
  return count('warning') > 0 ? { kind: 'findings', count: count('warning') } : null;
}
