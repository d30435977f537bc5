// The session lock on a target: one run at a time for each database.

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { DroverError } from '../../../shared/errors.ts';
import type { RunIdentity } from '../session.ts';
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

/**
 * Marks this session as one of the run's: neither family lets a session bear a name that others see, but a lock tells
 * who holds it. Each session of a run has a number of its own.
 */
export async function claim(link: Link, run: RunIdentity): Promise<void> {
  for (let number = 0; number < MAX_SESSIONS; number++) {
    const [row] = await link.query('SELECT GET_LOCK(?, 0) AS taken', [sessionName(run, number)]);
    if (Number(row?.taken) === 1) return;
  }
}

/** Returns once they are gone, or after a while: then whoever needs their locks waits for them. */
export async function endLeftovers(link: Link, run: RunIdentity): Promise<void> {
  for (let tries = 0; tries < ENDING_TRIES; tries++) {
    const left = (await sessionsOf(link, run)).filter((id) => id !== link.id);
    if (left.length === 0) return;
    // Gone in between, or another user's: then there is nothing that could be done.
    for (const id of left) await link.query(`KILL ${id}`).catch(() => undefined);
    await sleep(ENDING_PAUSE_MS);
  }
}

export async function inUse(link: Link, run: RunIdentity): Promise<boolean> {
  return (await sessionsOf(link, run)).some((id) => id !== link.id);
}

const MAX_SESSIONS = 64;
const ENDING_TRIES = 50;
const ENDING_PAUSE_MS = 100;

async function sessionsOf(link: Link, run: RunIdentity): Promise<number[]> {
  const asked = Array.from(
    { length: MAX_SESSIONS },
    (_, number) => `IS_USED_LOCK('${sessionName(run, number)}') AS s${number}`,
  );
  const [row] = await link.query(`SELECT ${asked.join(', ')}`);
  return Object.values(row ?? {}).flatMap((id) => (id === null ? [] : [Number(id)]));
}

function sessionName(run: RunIdentity, number: number): string {
  return `drover:${run.id}:${number}`;
}
