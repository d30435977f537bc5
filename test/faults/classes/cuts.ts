// Connections that break: at a random time on either side, stalled first, or just when the answer to a COMMIT or RENAME is due.

import { cycle } from '../cycle.ts';
import type { Stage, Strike } from '../drover.ts';
import type { Timing } from '../timing.ts';
import type { FaultClass } from './class.ts';
import { occurrences, PROTOCOL } from './wire.ts';

const DECISIVE = /^(COMMIT|RENAME)$/;
const STALLED_MS = 1500;

/** Those whose answer is lost leave Drover not knowing what became of them. */
export const answers: FaultClass = {
  name: 'answers',
  fits: (_, to) => to !== 'sqlite',
  cycle: (stage, timing) => cycle(stage, lostAnswer(stage, timing)),
};

export const cuts: FaultClass = {
  name: 'cuts',
  fits: (from, to) => from !== 'sqlite' || to !== 'sqlite',
  cycle: (stage, timing) => cycle(stage, randomCut(stage, timing)),
};

function lostAnswer({ subject: { target }, random }: Stage, { statements }: Timing): Strike {
  const points = PROTOCOL[target.server].filter(({ name }) => DECISIVE.test(name));
  const point = random.pick(points);
  const nth = 1 + random.below(occurrences(point, statements));
  let hit = (): void => undefined;
  return {
    words: `the answer to ${point.name} (${nth}) is lost`,
    start(_, struck) {
      hit = struck;
      target.proxy!.rule({
        statement: point.statement,
        nth,
        moment: 'answered',
        act(cut) {
          hit();
          cut();
        },
      });
    },
    end: () => target.proxy!.rule(null),
  };
}

function randomCut({ subject, random }: Stage, timing: Timing): Strike {
  const sides = (['source', 'target'] as const).filter((side) => subject[side].proxy);
  const side = random.pick(sides);
  const proxy = subject[side].proxy!;
  const how = random.pick(['reset', 'stalled, then reset', 'stalled, then let go on'] as const);
  const delay = random.next() * timing.run;
  let waiting: NodeJS.Timeout | undefined;
  const act = (): void => {
    if (how === 'reset') {
      proxy.cutAll();
      return;
    }
    proxy.stall();
    waiting = setTimeout(() => {
      if (how !== 'stalled, then let go on') proxy.cutAll();
      proxy.resume();
    }, STALLED_MS);
  };
  return {
    words: `connections to the ${side} ${how} ${delay.toFixed(0)} ms into the run`,
    record(record, _, hit) {
      if (record.kind !== 'started') return;
      waiting = setTimeout(() => {
        hit();
        act();
      }, delay);
    },
    end() {
      clearTimeout(waiting);
      proxy.resume();
    },
  };
}
