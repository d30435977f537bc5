// What ends a merge: as data, with its cause and a hint.

import { DroverError } from '../../shared/errors.ts';
import { list, many } from '../../shared/format.ts';
import { isIn, type MergeWords, match, names } from './merging-words.ts';
import type { MergedTable, MergeIn } from './publishing.ts';

export function changedSince(changed: readonly { readonly table: string; readonly rows: number }[]): DroverError {
  const words = changed.map(({ table, rows }) => `${table}: ${changedWords(rows)}`).join('; ');
  return new DroverError(
    'run.changed-since',
    `Rows that the run wrote were changed after it in ${list(changed.map(({ table }) => table))}.`,
    {
      cause: words,
      hint: 'Roll back and keep the newer rows aside, or leave everything as it is.',
      where: { side: 'target' },
    },
  );
}

export function changedWords(rows: number): string {
  return `${many(rows, 'row')} of the run ${rows === 1 ? 'is' : 'are'} no longer as it left ${rows === 1 ? 'it' : 'them'}`;
}

/** A key that stands there already, found by the database itself while it takes the rows in. */
export function uniqueBroken(table: string, cause: string): DroverError {
  return new DroverError(
    'publish.key-stands',
    `${table} in the target refuses a row: one with the same unique value stands there already.`,
    {
      cause,
      hint: 'Correct or filter those rows in the source, or update the rows that stand there (mode upsert). Values that two rows exchange need the key dropped for the time of the run.',
      where: { side: 'target', table },
    },
  );
}

export function orphaned(table: string, cause: string): DroverError {
  return new DroverError(
    'publish.failed',
    `${table} in the target refuses a row: it refers to one that is not there.`,
    {
      cause,
      hint: 'Take the table that it refers to into the same run, or filter those rows in the source.',
      where: { side: 'target', table },
    },
  );
}

/** The way back was tried before anything was made visible. */
export function noWayBack(cause: string): DroverError {
  return new DroverError('publish.failed', 'What this writes could not be taken back again; nothing was published.', {
    cause,
    hint: 'Look for triggers that change rows, and for unique values that pass from one row to another that stays. Drop such a trigger or key for the time of the run.',
    where: { side: 'target' },
  });
}

export function unrestored(table: string, rows: number): DroverError {
  return new DroverError('compensate.failed', `${many(rows, 'row')} of ${table} did not become what they were.`, {
    hint: 'Look for triggers of the tables that change rows. Drop them for the time of the rollback, and roll back again: nothing was changed.',
    where: { side: 'target', table },
  });
}

/** Rows that would come back, or get their values again, refer to what somebody has taken away since. */
export function parentGone(table: string, cause: string): DroverError {
  return new DroverError('run.depended-on', `Rows of ${table} that would come back refer to rows that are gone.`, {
    cause,
    hint: 'Put those rows back, then roll back again: nothing was changed.',
    where: { side: 'target', table },
  });
}

const NAMED_KEYS = 3;

export async function refuseStanding(words: MergeWords, merge: MergeIn, stands: string): Promise<void> {
  const { table, key } = merge;
  const staged = words.reference(table, 'staged');
  const [row] = await words.ask(`SELECT count(*) AS n FROM ${staged} s WHERE ${stands}`);
  const rows = Number(row?.n);
  if (rows === 0) return;
  const columns = names(words, key, 's');
  const first = await words.ask(
    `SELECT ${columns} FROM ${staged} s WHERE ${stands} ORDER BY ${columns} LIMIT ${NAMED_KEYS}`,
  );
  const shown = first.map((each) => key.map((column) => shownValue(each[column])).join(', '));
  throw new DroverError(
    'publish.key-stands',
    `${many(rows, 'row')} for ${table} ${rows === 1 ? 'has' : 'have'} a key (${key.join(', ')}) that stands there already.`,
    {
      cause: `Key ${list(shown)}${rows > shown.length ? ` and ${rows - shown.length} more` : ''}.`,
      hint: 'Update or skip the rows that stand there (mode upsert), or filter them in the source.',
      where: { side: 'target', table, ...(key.length === 1 ? { column: key[0] } : {}) },
    },
  );
}

/** Numbers and uuids tell a row and nobody's name; other values stay out of messages. */
export function shownValue(value: unknown): string {
  const text = String(value);
  return /^-?\d{1,20}$|^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text) ? text : '…';
}

/** What the database says it did must add up, and every row must hold what was verified in staging. */
export async function refuseMiscount(
  words: MergeWords,
  merge: MergeIn,
  merged: MergedTable,
  staged: number,
): Promise<void> {
  const { table } = merge;
  const { before, added, updated, skipped, removed, after } = merged;
  if (added < 0 || before + added - removed !== after || added + updated + skipped !== staged) {
    throw new DroverError('publish.failed', `Of ${staged} rows not all went into ${table}; nothing was published.`, {
      cause: `${before} before, ${added} added, ${updated} updated, ${skipped} skipped, ${removed} removed, ${after} after.`,
      hint: 'Look for a trigger or rule on the table that takes rows away or adds some.',
      where: { side: 'target', table },
    });
  }
  if (merge.keyHandedOut) return;
  const [row] = await words.ask(
    `SELECT count(*) AS n FROM ${words.reference(table, 'after')} a JOIN ${words.reference(table, 'staged')} s
     ON ${match(words, 's', 'a', merge.key)} WHERE NOT (${words.sameRow('a', 's', merge.columns)})`,
  );
  const different = Number(row?.n);
  if (different === 0) return;
  throw new DroverError(
    'publish.failed',
    `${table} changes rows on their way in: ${many(different, 'row')} would not hold what was verified.`,
    {
      hint: 'Leave out the columns that a trigger of the table sets, or drop the trigger for the time of the run.',
      where: { side: 'target', table },
    },
  );
}

/** Rows from outside that refer to what is about to go would be refused by some databases, and silently go too in others. */
export async function refuseReferrers(words: MergeWords, merge: MergeIn, merges: readonly MergeIn[]): Promise<void> {
  const { table, key, referrers } = merge;
  for (const { table: child, columns, references } of referrers) {
    const refers = columns
      .map((column, i) => `x.${words.quote(references[i]!)} = c.${words.quote(column)}`)
      .join(' AND ');
    const before = words.reference(table, 'before');
    // Also a row that stays, where it gets another value back.
    const stays = `EXISTS (SELECT 1 FROM ${before} b WHERE ${match(words, 'x', 'b', key)} AND ${words.sameRow('x', 'b', references)})`;
    const own = merges.find((each) => each.table === child);
    const [row] = await words.ask(
      `SELECT count(*) AS n FROM ${words.reference(child, 'standing')} c WHERE EXISTS
         (SELECT 1 FROM ${words.reference(table, 'after')} x WHERE ${refers} AND NOT ${stays})
       ${own ? `AND NOT ${isIn(words, own, 'after', 'c')}` : ''}`,
    );
    const rows = Number(row?.n);
    if (rows === 0) continue;
    throw new DroverError(
      'run.depended-on',
      `${many(rows, 'row')} of ${child} ${rows === 1 ? 'refers' : 'refer'} to rows that the run added to ${table}, or changed.`,
      {
        hint: `Point those rows of ${child} elsewhere or delete them, then roll back.`,
        where: { side: 'target', table: child },
      },
    );
  }
}
