// Killed while rows of tables that keep their place are exchanged: at each statement of it, and at random.

import { cycle } from '../cycle.ts';
import type { Stage, Strike } from '../drover.ts';
import { targetToRefill } from '../fixture.ts';
import { type Moment, moments } from '../proxy.ts';
import { makeSubject } from '../subject.ts';
import type { FaultClass } from './class.ts';
import { randomKill } from './kill.ts';
import { killOnce, type Point } from './wire.ts';

const POINTS: readonly Point[] = [
  { name: 'rows remembered', statement: /INSERT INTO .drover_\w+_backup/ },
  { name: 'rows that go', statement: /DELETE (t )?FROM .(t_\w+|public)./ },
  { name: 'rows that change', statement: /UPDATE .(t_\w+|public)./ },
  { name: 'rows that come', statement: /INSERT INTO .(t_\w+|public)./ },
  { name: 'rows as they were written', statement: /INSERT INTO .drover_\w+_added/ },
  { name: 'the counts', statement: /INSERT INTO \S+merged/ },
  { name: 'the state', statement: /UPDATE \S+control\S* SET (merged|state)/ },
];
const STATE = POINTS.at(-1)!;
const COMMIT: Point = { name: 'COMMIT', statement: /COMMIT\W*$/ };
const NAMED = [...POINTS, COMMIT].flatMap((point) => moments.map((moment) => ({ point, moment })));

/** Every second kill is at random; the others take the points in turn. */
export const refill: FaultClass = {
  name: 'refill',
  fits: (_, to) => to !== 'sqlite',
  variants: () => 2 * NAMED.length,
  async cycle(stage, timing, turn) {
    const { source, target } = stage.subject;
    if (target.server === 'sqlite') throw new Error('Nothing keeps its place there.');
    const subject = await makeSubject(source.server, target.server, stage, { holding: targetToRefill(target.server) });
    try {
      const own = { ...stage, subject };
      const { point, moment } = NAMED[Math.floor(turn / 2) % NAMED.length]!;
      return await cycle(own, turn % 2 === 0 ? killAt(own, point, moment) : randomKill(own, timing));
    } finally {
      await subject.drop();
    }
  },
};

/** Two tables, so most of these come twice. There are many COMMITs: meant is the one after the state. */
function killAt({ subject: { target }, random }: Stage, point: Point, moment: Moment): Strike {
  const once = point === COMMIT || point === STATE;
  return killOnce(target.proxy!, point, moment, once ? 1 : 1 + random.below(2), point === COMMIT ? STATE : undefined);
}
