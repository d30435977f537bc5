// The publisher for undoing: the one at hand, or another when its connection is gone. A lost socket must not leave a target half undone.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Publisher } from '../dialects/publishing.ts';
import { need, type RunContext } from './job.ts';

const TRIES = 6;
const FIRST_WAIT_MS = 500;

/** Throws what the last try threw when the target can't be reached for about half a minute. */
export async function livePublisher({ job, made }: RunContext): Promise<Publisher> {
  const current = need(made.publisher, 'publisher');
  try {
    await current.state();
    return current;
  } catch {
    await current.close().catch(() => undefined);
  }
  for (let tries = 1; ; tries++) {
    try {
      const publisher = await job.target.dialect.openPublisher(job.target.access, job.identity);
      made.publisher = publisher;
      // The server may not have noticed yet that the old session, which holds the lock, is gone.
      await publisher.lock();
      return publisher;
    } catch (error) {
      if (tries === TRIES) throw error;
      await made.publisher?.close().catch(() => undefined);
      await sleep(FIRST_WAIT_MS * 2 ** (tries - 1));
    }
  }
}
