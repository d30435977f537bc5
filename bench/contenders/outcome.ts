// What any contender's run comes to.

import type { Measured } from '../measure.ts';

export interface Outcome {
  readonly contender: string;
  readonly measured: Measured;
  /** Why its figures don't count; null where they do. */
  readonly failure: string | null;
  /** Seconds of its phases; null where they are not known. */
  readonly phases: { readonly copy: number | null; readonly index: number | null; readonly verify: number | null };
}
