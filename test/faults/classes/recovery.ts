// Killed, and the recovery killed as well, once or twice.

import { cycle } from '../cycle.ts';
import { everywhere, type FaultClass } from './class.ts';
import { killAfter, randomKill } from './kill.ts';

export const recovery: FaultClass = {
  name: 'recovery',
  fits: everywhere,
  cycle: (stage, timing) => {
    const kills = 1 + stage.random.below(2);
    const again = Array.from({ length: kills }, () => killAfter(stage.random, timing.run + 600));
    return cycle(stage, randomKill(stage, timing), { again });
  },
};
