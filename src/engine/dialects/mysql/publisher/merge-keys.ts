// Foreign keys while rows go into tables and out again: when the server looks at them, and what is looked at in its place.

import { DroverError } from '../../../../shared/errors.ts';
import type { MergeWays } from '../../merging.ts';
import { noWayBack, orphaned, parentGone, uniqueBroken } from '../../merging-refusals.ts';
import type { MergeWords } from '../../merging-words.ts';
import type { MergeIn } from '../../publishing.ts';
import type { Link } from '../connection.ts';
import { causeOf, isLocked, isLost, type ServerError } from '../errors.ts';
import { quote } from '../syntax.ts';

const DUPLICATE = 1062;
const NO_PARENT = 1452;

/**
 * Rows are checked one by one: in a circle a child may come before its parent, and among tables of the run what goes may be
 * held by rows that go, or refer to others by then. All of it is looked at in the end. Where nobody but tables outside
 * refers to what goes, their keys are looked at as ever.
 */
export function waysOf(link: Link, merges: readonly MergeIn[]): MergeWays {
  const merged = new Set(merges.map(({ table }) => table));
  const unchecked = (work: () => Promise<void>) => withoutChecks(link, work);
  return {
    around(merge, act, work) {
      const told = () => telling(merge.table, work);
      const held = merge.refills && [...merge.referrers, ...merge.keys].some(({ table }) => merged.has(table));
      return held || (act === 'come' && merge.cycles.length > 0) ? unchecked(told) : told();
    },
    reversing: (work) =>
      unchecked(work).catch((error) => {
        // Others in the way are waited for, and a lost line says nothing of the way back.
        if (isLocked(error) || isLost(error)) throw error;
        throw noWayBack(error instanceof DroverError ? error.message : causeOf(error as ServerError));
      }),
  };
}

/** Rows that were written, or that come back, while keys were not looked at. */
export async function refuseOrphans(
  words: MergeWords,
  { table, keys, cycles, refills }: MergeIn,
  role: 'after' | 'before',
): Promise<void> {
  if (role === 'after' && !refills && cycles.length === 0) return;
  for (const { table: parent, columns, references } of keys) {
    const given = columns.map((column) => `a.${quote(column)} IS NOT NULL`).join(' AND ');
    const match = columns.map((column, i) => `p.${quote(references[i]!)} = a.${quote(column)}`).join(' AND ');
    const rows = await words.ask(
      `SELECT 1 FROM ${words.reference(table, role)} a WHERE ${given} AND NOT EXISTS
         (SELECT 1 FROM ${words.reference(parent, 'standing')} p WHERE ${match}) LIMIT 1 LOCK IN SHARE MODE`,
    );
    const cause = `Its ${columns.join(', ')} is not in ${parent}.`;
    if (rows.length > 0) throw role === 'after' ? orphaned(table, cause) : parentGone(table, cause);
  }
}

/** Of this session alone. */
export async function withoutChecks(link: Link, work: () => Promise<void>): Promise<void> {
  await link.query('SET SESSION foreign_key_checks = 0');
  try {
    await work();
  } finally {
    await link.query('SET SESSION foreign_key_checks = 1').catch(() => undefined);
  }
}

async function telling<T>(table: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    const error = thrown as ServerError;
    if (error.errno === DUPLICATE) throw uniqueBroken(table, causeOf(error));
    if (error.errno === NO_PARENT) throw orphaned(table, causeOf(error));
    throw thrown;
  }
}
