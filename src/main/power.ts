// Keeps the machine from falling asleep while a run is under way.

import type { PowerSaveBlocker } from 'electron';

export function stayAwake(blocker: Pick<PowerSaveBlocker, 'start' | 'stop'>): (running: boolean) => void {
  let held: number | null = null;
  return (running) => {
    if (running) held ??= blocker.start('prevent-app-suspension');
    else if (held !== null) {
      blocker.stop(held);
      held = null;
    }
  };
}
