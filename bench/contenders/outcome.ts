// What any contender's run comes to.

import type { Measured } from '../measure.ts';

export interface Outcome {
  readonly contender: string;
  readonly measured: Measured;
  /** Why its figures don't count; null where they do. */
  readonly failure: string | null;
  readonly phases: Phases;
}

/** Of a program that tells by its exit status alone how it went. */
export function statusOutcome(contender: string, measured: Measured): Outcome {
  const { status, errors } = measured;
  return {
    contender,
    measured,
    failure: status === 0 ? null : `exit status ${status}: ${errors.trim().slice(0, 200)}`,
    phases: { plan: null, copy: null, index: null, verify: null },
  };
}

/** Seconds; null where they are not known or there is no such phase. */
export interface Phases {
  /** Before the target is touched: start, inspect, map, plan. */
  readonly plan: number | null;
  readonly copy: number | null;
  readonly index: number | null;
  readonly verify: number | null;
}
