// SIGKILL at random times, three in ten of them while it publishes.

import { cycle } from '../cycle.ts';
import type { Stage, Strike } from '../drover.ts';
import type { Timing } from '../timing.ts';
import { everywhere, type FaultClass } from './class.ts';

const IN_PUBLISH = 0.35;

export const kill: FaultClass = {
  name: 'kill',
  fits: everywhere,
  cycle: (stage, timing) => cycle(stage, randomKill(stage, timing)),
};

export function randomKill({ random }: Pick<Stage, 'random'>, timing: Timing): Strike {
  if (random.next() < IN_PUBLISH) {
    const delay = random.next() * Math.max(5, timing.publish);
    return {
      words: `SIGKILL ${delay.toFixed(1)} ms into publish`,
      record(record, signal, hit) {
        if (record.kind !== 'step' || record.step !== 'publish' || record.state !== 'running') return;
        setTimeout(() => {
          hit();
          signal('SIGKILL');
        }, delay);
      },
    };
  }
  const delay = random.next() * (timing.run + 50);
  return {
    words: `SIGKILL ${delay.toFixed(0)} ms into the run`,
    record(record, signal, hit) {
      if (record.kind !== 'started') return;
      setTimeout(() => {
        hit();
        signal('SIGKILL');
      }, delay);
    },
  };
}

/** Of a process that tells nothing until it is done. */
export function killAfter(random: Stage['random'], longest: number): Strike {
  const delay = 150 + random.next() * longest;
  return {
    words: `SIGKILL after ${delay.toFixed(0)} ms`,
    start(signal, hit) {
      setTimeout(() => {
        hit();
        signal('SIGKILL');
      }, delay);
    },
  };
}
