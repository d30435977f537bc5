// Many tables renamed by one statement, all or none, with bounded waits for those who hold them.

import { setTimeout as sleep } from 'node:timers/promises';
import { DroverError } from '../../../shared/errors.ts';
import type { Link } from './connection.ts';
import { causeOf, isLocked, type ServerError, statementError } from './errors.ts';

const TRIES = 20;
const WAIT_SECONDS = 5;
const HAS_TRIGGERS = 1435;

export interface RenameOptions {
  /** Aborted, it ends the waiting. */
  readonly signal?: AbortSignal | undefined;
  /** Before each try. */
  readonly before?: () => Promise<void>;
}

export async function renameAll(
  link: Link,
  renames: readonly (readonly [from: string, to: string])[],
  { signal, before }: RenameOptions = {},
): Promise<void> {
  const sql = `RENAME TABLE ${renames.map(([from, to]) => `${from} TO ${to}`).join(', ')}`;
  await link.query(`SET SESSION lock_wait_timeout = ${WAIT_SECONDS}, innodb_lock_wait_timeout = ${WAIT_SECONDS}`);
  for (let tries = 1; ; tries++) {
    signal?.throwIfAborted();
    await before?.();
    try {
      await link.query(sql);
      return;
    } catch (error) {
      signal?.throwIfAborted();
      if (!isLocked(error)) throw refused(error);
      if (tries === TRIES) throw stillLocked(error);
      // Others get their turn while nothing of ours waits in their way.
      await sleep(500 + Math.random() * 2500);
    }
  }
}

function refused(error: unknown): DroverError {
  if ((error as ServerError).errno === HAS_TRIGGERS) {
    return new DroverError('publish.failed', 'A table that is to be replaced has triggers, so it can’t be moved.', {
      cause: causeOf(error as ServerError),
      hint: 'Drop the triggers of the old table and create them again afterwards.',
      where: { side: 'target' },
    });
  }
  return statementError(error, {
    what: 'The new tables could not take the place of the old ones; nothing was moved',
    code: 'publish.failed',
    where: { side: 'target' },
  });
}

function stillLocked(error: unknown): DroverError {
  return new DroverError('publish.lock-timeout', 'Other sessions kept the tables locked, so nothing was published.', {
    cause: causeOf(error as ServerError),
    hint: 'End long transactions on the target, or publish at a quieter time.',
    where: { side: 'target' },
  });
}
