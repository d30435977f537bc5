// How long an undisturbed run takes on this machine, so that faults can be aimed.

import type { StepName, StepState } from '../../src/shared/model/run.ts';
import { cycle, type Result } from './cycle.ts';
import { NOTHING, type Stage, type TimedRecord } from './drover.ts';

export interface Timing {
  /** From when the run is known until it is over, milliseconds. */
  readonly run: number;
  readonly publish: number;
  /** What went to the target's server, piece by piece. */
  readonly statements: readonly string[];
}

/** Also a cycle in itself: nothing may be wrong where nothing happened. */
export async function timed(stage: Stage): Promise<{ readonly timing: Timing; readonly result: Result }> {
  const { proxy } = stage.subject.target;
  proxy?.rule(null);
  let statements: readonly string[] = [];
  const result = await cycle(stage, {
    ...NOTHING,
    end() {
      statements = [...statements, ...(proxy?.seen() ?? [])];
    },
  });
  return { timing: { ...timingOf(result.told), statements }, result };
}

export function timingOf(told: readonly TimedRecord[]): Omit<Timing, 'statements'> {
  const at = (find: (record: TimedRecord['record']) => boolean) => told.find(({ record }) => find(record))?.at ?? 0;
  const step = (name: StepName, state: StepState) =>
    at((record) => record.kind === 'step' && record.step === name && record.state === state);
  return {
    run: at(({ kind }) => kind === 'finished') - at(({ kind }) => kind === 'started'),
    publish: step('publish', 'done') - step('publish', 'running'),
  };
}
