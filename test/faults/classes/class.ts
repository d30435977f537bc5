// What a class of faults is: which pairs it can happen to, and one cycle of it.

import type { Result } from '../cycle.ts';
import type { Stage } from '../drover.ts';
import type { Name } from '../servers.ts';
import type { Timing } from '../timing.ts';

export interface FaultClass {
  readonly name: string;
  /** Whether it can happen there at all. */
  readonly fits: (from: Name, to: Name) => boolean;
  /** Why it can't happen on this machine; null where it can. */
  readonly impossible?: () => string | null;
  /** How many different cycles it has; those of chance have no number. */
  readonly variants?: (from: Name, to: Name) => number;
  /** `turn` goes up by one for each cycle of a pair: whoever has variants takes them in turn. */
  readonly cycle: (stage: Stage, timing: Timing, turn: number) => Promise<Result>;
}

export const everywhere = (): boolean => true;
