// Carrying: what hangs on tables that go is put onto those that take their places, within the caller's transaction.

import type pg from 'pg';
import { DroverError, type ErrorCode } from '../../../../shared/errors.ts';
import { causeOf, isLocked, isLost, type ServerError } from '../errors.ts';
import { quote } from '../syntax.ts';
import { type Going, type Hanging, hangingIn } from './hanging.ts';
import { OUTSIDE_KEYS } from './outside-keys.ts';
import { POLICIES, rowSecurity } from './policies.ts';
import { publications, replicaIdentity } from './publications.ts';
import { RULES } from './rules.ts';
import { TRIGGERS } from './triggers.ts';
import { ROUTINES, VIEWS } from './views.ts';

/** What is said where the database refuses. */
export interface Refusal {
  readonly code: Extract<ErrorCode, 'publish.dependant' | 'run.depended-on'>;
  readonly hint: string;
}

/**
 * Takes everything off the tables that go; the function that it gives back puts it onto those that stand there by then.
 * Nobody may make anything on these tables meanwhile: the caller holds the locks.
 */
export async function liftOff(client: pg.Client, going: Going, refusal: Refusal): Promise<() => Promise<void>> {
  if (going.tables.length === 0) return async () => {};
  const hanging = await byFullNames(client, going, () => hangingOn(client, going));
  for (const each of hanging) await carryOut(client, each, 'off', refusal);
  return () =>
    byFullNames(client, going, async () => {
      for (const each of hanging) await carryOut(client, each, 'on', refusal);
    });
}

/** In the order in which it is put on: what may refer to others after them. */
async function hangingOn(client: pg.Client, going: Going): Promise<Hanging[]> {
  const found: Hanging[] = [];
  for (const select of [
    VIEWS,
    ROUTINES,
    RULES,
    TRIGGERS,
    rowSecurity(going),
    POLICIES,
    replicaIdentity(going),
    publications(going),
    OUTSIDE_KEYS,
  ]) {
    found.push(...(await hangingIn(client, going, select)));
  }
  return found;
}

/** PostgreSQL writes names with their schemas where the search path does not lead to them. */
async function byFullNames<T>(client: pg.Client, { schema }: Going, work: () => Promise<T>): Promise<T> {
  await client.query("SET LOCAL search_path = ''");
  const result = await work();
  await client.query(`SET LOCAL search_path = ${quote(schema)}`);
  return result;
}

async function carryOut(
  client: pg.Client,
  hanging: Hanging,
  way: 'off' | 'on',
  { code, hint }: Refusal,
): Promise<void> {
  const { table, object } = hanging;
  for (const sql of hanging[way]) {
    try {
      await client.query(sql);
    } catch (thrown) {
      const error = thrown as ServerError;
      if (isLocked(error) || isLost(error)) throw error;
      throw new DroverError(code, `The ${object} can't be made anew on the table that takes the place of ${table}.`, {
        cause: causeOf(error),
        hint,
        where: { side: 'target', table },
      });
    }
  }
}
