// Whether the engine can be asked how far the run is, since when not, and whether the run still goes on.

import { engine, isLost } from '../../client/engine.ts';
import { isRunning, runStore } from '../../client/stores/run.ts';
import { useFrom } from '../../client/use-from.ts';

export const LOST_REASON = 'Not while the engine is out of reach.';

/** The time of day, to the second, since when nothing is known; null while the line stands. */
export function useLostSince(): string | null {
  return useFrom(engine.line, (line) =>
    isLost(line) ? new Date(line.lostAt ?? Date.now()).toLocaleTimeString('en-GB') : null,
  );
}

/** What was heard last is how it is now. */
export function useLive(): boolean {
  const running = useFrom(runStore, isRunning);
  return useFrom(engine.line, (line) => !isLost(line)) && running;
}
