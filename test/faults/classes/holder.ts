// Somebody else who works on the target's tables while the new ones are to take their places.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, openClient } from '../../support/client.ts';
import { cycle } from '../cycle.ts';
import type { Stage, Strike } from '../drover.ts';
import type { Name } from '../servers.ts';
import { everywhere, type FaultClass } from './class.ts';

/** In the other order than Drover's own: two that wait for each other are a deadlock. */
const HOLD: Readonly<Record<Name, readonly string[]>> = {
  postgres: [
    'BEGIN',
    'SELECT count(*) FROM things',
    'LOCK TABLE marks IN SHARE MODE',
    'LOCK TABLE things IN SHARE MODE',
  ],
  mariadb: ['START TRANSACTION', 'SELECT count(*) FROM things', 'SELECT count(*) FROM marks FOR UPDATE'],
  sqlite: ['BEGIN IMMEDIATE'],
};

export const holder: FaultClass = {
  name: 'holder',
  fits: everywhere,
  cycle: (stage) => cycle(stage, held(stage)),
};

function held({ subject: { target }, random }: Stage): Strike {
  const step = random.pick(['index', 'verify', 'publish'] as const);
  const patience = random.next() * (target.server === 'sqlite' ? 1500 : 6000);
  let over: Promise<void> = Promise.resolve();
  return {
    words: `others hold the tables for ${patience.toFixed(0)} ms from ${step}`,
    record(record, _, hit) {
      if (record.kind !== 'step' || record.step !== step || record.state !== 'running') return;
      over = openClient(target).then((client) => hold(client, patience, target.server, hit));
    },
    end: () => over,
  };
}

/** What it does not get, or is thrown out of, is its own misfortune. */
async function hold(client: Client, patience: number, server: Name, hit: () => void): Promise<void> {
  try {
    for (const statement of HOLD[server]) {
      await client.run(statement);
      hit();
      await sleep(20);
    }
    await sleep(patience);
  } catch {
    // A deadlock was resolved at its expense, or the table it wanted is no longer there.
  } finally {
    await client.run('ROLLBACK').catch(() => undefined);
    await client.close().catch(() => undefined);
  }
}
