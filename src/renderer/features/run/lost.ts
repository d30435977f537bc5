// Whether the engine can be asked how far the run is, and since when not.

import { engine, isLost } from '../../client/engine.ts';
import { useFrom } from '../../client/use-from.ts';

export const LOST_REASON = 'Not while the engine is out of reach.';

/** The time of day, to the second, since when nothing is known; null while the line stands. */
export function useLostSince(): string | null {
  return useFrom(engine.line, (line) =>
    isLost(line) ? new Date(line.lostAt ?? Date.now()).toLocaleTimeString('en-GB') : null,
  );
}
