// What shows a run while it lasts: in place on a terminal, as plain lines anywhere else.

import type { RunEvent } from '../../shared/model/run.ts';
import type { Progress } from '../../shared/progress.ts';

export interface RunDisplay {
  event(event: RunEvent): void;
  /** The person asked to stop; what follows is compensation. */
  cancelling(): void;
  /** Draws nothing while somebody is asked something. */
  hold(held: boolean): void;
  /** Leaves the terminal clean and hands over what was seen. */
  close(): Progress;
}

export interface RunTitle {
  readonly source: string;
  readonly target: string;
}
