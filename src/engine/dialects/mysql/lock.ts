// The session lock on a target: one run at a time for each database.

import { createHash } from 'node:crypto';
import { DroverError } from '../../../shared/errors.ts';
import type { Link } from './connection.ts';
import { telling } from './errors.ts';

const MAX_NAME = 64;

/** Ends with the connection, so a killed process leaves nothing behind. */
export async function takeLock(link: Link): Promise<void> {
  const name = lockName(link.database);
  await telling({ what: 'The lock on the target could not be taken', code: 'run.target-locked' }, async () => {
    const [row] = await link.query('SELECT GET_LOCK(?, 0) AS taken', [name]);
    if (Number(row?.taken) === 1) return;
    throw new DroverError('run.target-locked', `Another run works on ${link.database}: ${await holder(link, name)}.`, {
      hint: 'Wait until it has finished, or end that session.',
      where: { side: 'target' },
    });
  });
}

function lockName(database: string): string {
  const name = `drover:${database}`;
  if (name.length <= MAX_NAME) return name;
  return `drover:${createHash('sha256').update(database).digest('hex').slice(0, 40)}`;
}

async function holder(link: Link, name: string): Promise<string> {
  const [lock] = await link.query('SELECT IS_USED_LOCK(?) AS id', [name]);
  if (lock?.id == null) return 'its session has just ended';
  const [session] = await link.query(
    'SELECT USER AS name, HOST AS host FROM information_schema.PROCESSLIST WHERE ID = ?',
    [lock.id],
  );
  const who = session ? ` (${String(session.name)} from ${String(session.host)})` : '';
  return `session ${String(lock.id)}${who} holds the lock`;
}
