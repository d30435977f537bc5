// Somebody who looks at the target all the time: it must show all of the old tables or all of the new ones.

import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, openClient } from '../support/client.ts';
import { NEW_WORLD, OLD_WORLD, WORLD } from './fixture.ts';
import type { Side } from './subject.ts';

const EVERY_MS = 30;

export interface Observer {
  /** What was seen, and how often; stops looking. */
  end(): Promise<Observed>;
}

export interface Observed {
  readonly looks: number;
  /** Each thing once that is neither the old nor the new world. */
  readonly mixed: readonly string[];
}

/** `others`: what else the new tables may show. */
export function observe(target: Side, others: readonly string[] = []): Observer {
  const worlds = [OLD_WORLD, NEW_WORLD, ...others];
  let over = false;
  let looks = 0;
  const mixed = new Set<string>();
  const looking = (async () => {
    let client: Client | null = null;
    while (!over) {
      try {
        client ??= await openClient(target);
        const [row] = await client.ask(WORLD);
        const world = row!.join(' ');
        looks++;
        if (!worlds.includes(world)) mixed.add(`things and marks show ${world}`);
      } catch (error) {
        if (isMissing(error)) mixed.add((error as Error).message);
        await client?.close().catch(() => undefined);
        client = null;
      }
      await sleep(EVERY_MS);
    }
    await client?.close().catch(() => undefined);
  })();
  return {
    async end() {
      over = true;
      await looking;
      return { looks, mixed: [...mixed] };
    },
  };
}

/** Everything else is a server that is down, or a lock that was waited for too long. */
function isMissing(error: unknown): boolean {
  return /does not exist|doesn't exist|no such (table|column)|unknown column/i.test((error as Error).message);
}
