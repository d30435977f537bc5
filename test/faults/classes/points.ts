// Every step as it begins and as it is done, and at each of them the death of Drover, of the source, of the target.

import type { StepName, StepState } from '../../../src/shared/model/run.ts';
import { cycle } from '../cycle.ts';
import type { Stage, Strike } from '../drover.ts';
import { killServer, type Name } from '../servers.ts';
import type { FaultClass } from './class.ts';

const STEPS: readonly StepName[] = [
  'preflight',
  'snapshot',
  'stage',
  'load',
  'index',
  'verify',
  'publish',
  'confirm',
  'finish',
];
const STATES: readonly StepState[] = ['running', 'done'];
const POINTS = STEPS.flatMap((step) => STATES.map((state) => ({ step, state })));

type Victim = 'app' | 'source' | 'target';

export const points: FaultClass = pointsOf('app');
export const sourcePoints: FaultClass = pointsOf('source');
export const targetPoints: FaultClass = pointsOf('target');

function pointsOf(victim: Victim): FaultClass {
  return {
    name: `points-${victim}`,
    fits: (from, to) => victim === 'app' || (victim === 'source' ? from : to) !== 'sqlite',
    variants: () => POINTS.length,
    cycle: (stage, _, turn) => cycle(stage, strikeAt(stage, victim, POINTS[turn % POINTS.length]!)),
  };
}

function strikeAt(stage: Stage, victim: Victim, { step, state }: (typeof POINTS)[number]): Strike {
  let over = false;
  return {
    words: `death of the ${victim} at ${step} ${state}`,
    record(record, signal, hit) {
      if (over || record.kind !== 'step' || record.step !== step || record.state !== state) return;
      over = true;
      hit();
      if (victim === 'app') signal('SIGKILL');
      else killServer(stage.servers[stage.subject[victim].server as Exclude<Name, 'sqlite'>]);
    },
  };
}
