// The session lock on a target schema: one Drover at a time, and gone with the session that held it.

import { setTimeout as sleep } from 'node:timers/promises';
import type pg from 'pg';
import { DroverError } from '../../../shared/errors.ts';
import type { RunIdentity } from '../session.ts';
import type { Link } from './connection.ts';
import { telling } from './errors.ts';
import { literal } from './syntax.ts';

/** Throws `run.target-locked`, naming who holds it. Taking it twice in one session does no harm. */
export function lockTarget({ client, connection: { schema, database } }: Link): Promise<void> {
  const key = `hashtextextended(${literal(`drover target ${schema}`)}, 0)`;
  return telling({ what: 'Locking the target failed', code: 'run.target-locked' }, async () => {
    const { rows } = await client.query<{ taken: string }>(`SELECT pg_try_advisory_lock(${key}) AS taken`);
    if (rows[0]?.taken === 't') return;
    const holders = await client.query<{ holder: string }>(
      `SELECT format('%s of %s, process %s, connected since %s', a.application_name, a.usename, a.pid,
         to_char(a.backend_start, 'YYYY-MM-DD HH24:MI:SS "UTC"')) AS holder
       FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
       WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
         AND (l.classid::bigint << 32 | l.objid::bigint) = ${key}`,
    );
    throw new DroverError('run.target-locked', `Another run is at work on ${database}, schema ${schema}.`, {
      cause: holders.rows[0]?.holder ?? null,
      hint: 'Wait until it has ended; if its Drover is gone, the lock goes when the server notices.',
      where: { side: 'target' },
    });
  });
}

/**
 * Sessions that bear the run's name, of the same role, or the server would refuse. Returns once they are gone, or after
 * a while: then whoever needs their locks waits for them.
 */
export async function endLeftovers(client: pg.Client, run: RunIdentity): Promise<void> {
  const leftovers = `SELECT pid FROM pg_stat_activity
    WHERE pid <> pg_backend_pid() AND datname = current_database() AND usename = current_user
      AND application_name = ${literal(`drover ${run.id}`)}`;
  await client.query(`SELECT pg_terminate_backend(pid) FROM (${leftovers}) AS leftover`);
  for (let tries = 0; tries < ENDING_TRIES; tries++) {
    if ((await client.query(leftovers)).rows.length === 0) return;
    await sleep(ENDING_PAUSE_MS);
  }
}

/** Of whichever role. */
export async function inUse(client: pg.Client, run: RunIdentity): Promise<boolean> {
  const { rows } = await client.query(
    `SELECT 1 FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()
       AND application_name = ${literal(`drover ${run.id}`)}`,
  );
  return rows.length > 0;
}

const ENDING_TRIES = 50;
const ENDING_PAUSE_MS = 100;
