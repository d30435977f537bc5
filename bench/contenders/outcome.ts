// What any contender's run comes to.

import type { Measured } from '../measure.ts';

export interface Outcome {
  readonly contender: string;
  readonly measured: Measured;
  /** Why its figures don't count; null where they do. */
  readonly failure: string | null;
  readonly phases: Phases;
}

/** Seconds; null where they are not known or there is no such phase. */
export interface Phases {
  /** Before the target is touched: start, inspect, map, plan. */
  readonly plan: number | null;
  readonly copy: number | null;
  readonly index: number | null;
  readonly verify: number | null;
}
