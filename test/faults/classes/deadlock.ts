// Others who lock the target's tables in the opposite order, or do not let go of them: real deadlocks, and waits that time out.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, openClient } from '../../support/client.ts';
import { cycle } from '../cycle.ts';
import type { Stage, Strike } from '../drover.ts';
import { MERGING, targetToMerge } from '../fixture.ts';
import type { Name, ServerName } from '../servers.ts';
import { makeSubject, type Side } from '../subject.ts';
import { everywhere, type FaultClass } from './class.ts';

/** Rows that go into tables take other locks than tables that take the place of others. */
type Mode = 'replace' | 'upsert';

interface Variant {
  readonly mode: Mode;
  readonly how: 'deadlock' | 'a wait that times out' | 'held until Drover gives up';
}

const VARIANTS: readonly Variant[] = [
  { mode: 'replace', how: 'deadlock' },
  { mode: 'upsert', how: 'deadlock' },
  { mode: 'replace', how: 'a wait that times out' },
  { mode: 'upsert', how: 'a wait that times out' },
  { mode: 'upsert', how: 'held until Drover gives up' },
  { mode: 'replace', how: 'held until Drover gives up' },
];

export const deadlock: FaultClass = {
  name: 'deadlock',
  fits: everywhere,
  variants: (_, to) => variantsFor(to).length,
  async cycle(stage, _, turn) {
    const { source, target } = stage.subject;
    const variants = variantsFor(target.server);
    const variant = variants[turn % variants.length]!;
    if (variant.mode === 'replace') return cycle(stage, rival(stage, variant));
    const subject = await makeSubject(source.server, target.server, stage, {
      holding: targetToMerge(target.server),
    });
    try {
      const own = { ...stage, subject };
      return await cycle(own, rival(own, variant), { options: MERGING });
    } finally {
      await subject.drop();
    }
  },
};

/** A file has one lock: two can't wait for each other there. */
function variantsFor(to: Name): readonly Variant[] {
  return VARIANTS.filter(({ how }) => to !== 'sqlite' || how !== 'deadlock');
}

function rival({ subject: { target }, random }: Stage, { mode, how }: Variant): Strike {
  const patience = (target.server === 'sqlite' ? 2000 : 6000) + random.next() * 4000;
  const given = new AbortController();
  let over: Promise<void> | null = null;
  return {
    words: `${how}, ${mode}`,
    record(record, _, hit) {
      if (over || record.kind !== 'step' || record.step !== 'verify' || record.state !== 'running') return;
      over = rivalling(target, async (client) => {
        if (how === 'deadlock') return opposeIn(client, target, given.signal, hit);
        await client.run(HOLD[target.server]);
        hit();
        const long = how === 'held until Drover gives up';
        await sleep(long ? 3_600_000 : patience, undefined, { signal: given.signal }).catch(() => undefined);
      });
    },
    async end() {
      given.abort();
      await over;
    },
  };
}

/** Drover locks marks, then things. */
async function opposeIn(client: Client, target: Side, over: AbortSignal, hit: () => void): Promise<void> {
  const { first, waits, second } = OPPOSE[target.server as ServerName];
  await client.run(first);
  const watcher = await openClient(target);
  try {
    while (!over.aborted && (await watcher.ask(waits)).length === 0) await sleep(20);
  } finally {
    await watcher.close();
  }
  if (over.aborted) return;
  // Either of the two is thrown out of its transaction: this returns, or throws.
  await client.run(second).finally(hit);
}

async function rivalling(target: Side, work: (client: Client) => Promise<void>): Promise<void> {
  const client = await openClient(target);
  try {
    await work(client);
  } catch (error) {
    if (!/deadlock|lock wait/i.test((error as Error).message)) throw error;
  } finally {
    await client.run('ROLLBACK').catch(() => undefined);
    await client.close();
  }
}

interface Opposing {
  readonly first: string;
  /** Rows while Drover waits for what is held, with the other lock in its hands. */
  readonly waits: string;
  readonly second: string;
}

const OPPOSE: Readonly<Record<ServerName, Opposing>> = {
  postgres: {
    // It never looks for a deadlock itself: so it is Drover who finds it, and gives way.
    first: "SET deadlock_timeout = '1h'; BEGIN; LOCK TABLE things IN ROW EXCLUSIVE MODE",
    waits: `SELECT 1 FROM pg_locks WHERE relation = 'things'::regclass AND NOT granted
      AND EXISTS (SELECT FROM pg_locks h WHERE h.relation = 'marks'::regclass AND h.granted AND h.mode LIKE '%Exclusive%')`,
    second: 'LOCK TABLE marks IN ROW EXCLUSIVE MODE',
  },
  mariadb: {
    // It has changed more rows than Drover: so it is Drover whose transaction is thrown away.
    first: `START TRANSACTION; INSERT INTO other SELECT seq FROM seq_1_to_500; SELECT count(*) FROM things FOR UPDATE`,
    waits: `SELECT 1 FROM information_schema.PROCESSLIST WHERE DB = DATABASE() AND ID <> CONNECTION_ID() AND TIME_MS > 50
      AND (INFO LIKE 'RENAME TABLE%' OR INFO LIKE 'SELECT COUNT(*) FROM %.\`things\` FOR UPDATE')`,
    second: 'SELECT count(*) FROM marks FOR UPDATE',
  },
};

const HOLD: Readonly<Record<Name, string>> = {
  postgres: 'BEGIN; LOCK TABLE things IN ROW EXCLUSIVE MODE',
  mariadb: 'START TRANSACTION; SELECT count(*) FROM things FOR UPDATE',
  sqlite: 'BEGIN IMMEDIATE',
};
