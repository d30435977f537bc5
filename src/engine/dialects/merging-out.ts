// What publish wrote into standing tables goes out again: added rows go, the others get back what they held.

import { changedSince, refuseReferrers, unrestored } from './merging-refusals.ts';
import { isAdded, isGone, isIn, type MergeWords, match, names } from './merging-words.ts';
import type { MergeIn } from './publishing.ts';

/**
 * Parents first; where tables were refilled, rows may go while others refer to them. Throws `run.changed-since`,
 * `run.depended-on`, `compensate.failed`; with `keepNewer` rows that were changed since are put into the staged tables first, which must be
 * there then.
 */
export async function takeOut(words: MergeWords, merges: readonly MergeIn[], keepNewer: boolean): Promise<void> {
  for (const merge of merges) await keepChanged(words, merge, keepNewer);
  for (const merge of merges) await refuseReferrers(words, merge, merges);
  for (const merge of [...merges].reverse()) {
    await removeAdded(words, merge);
    await restoreValues(words, merge);
  }
  for (const merge of merges) await bringBack(words, merge);
  for (const merge of merges) await refuseUnrestored(words, merge);
}

/** Rows that publish wrote and that are gone or hold something else now, and those that came back under a key it took away. */
export async function changedRows(words: MergeWords, merge: MergeIn): Promise<number> {
  const { table, key, all, refills } = merge;
  const [standing, after] = [words.reference(table, 'standing'), words.reference(table, 'after')];
  const [written] = await words.ask(
    `SELECT count(*) AS n FROM ${after} a WHERE NOT EXISTS
       (SELECT 1 FROM ${standing} t WHERE ${match(words, 't', 'a', key)} AND ${words.sameRow('t', 'a', all)})`,
  );
  if (!refills) return Number(written?.n);
  const [back] = await words.ask(`SELECT count(*) AS n FROM ${standing} t WHERE ${isGone(words, merge, 't')}`);
  return Number(written?.n) + Number(back?.n);
}

async function keepChanged(words: MergeWords, merge: MergeIn, keepNewer: boolean): Promise<void> {
  const { table, key, all } = merge;
  const changed = await changedRows(words, merge);
  if (changed === 0) return;
  if (!keepNewer) throw changedSince([{ table, rows: changed }]);
  const [standing, after] = [words.reference(table, 'standing'), words.reference(table, 'after')];
  const keep = `INSERT INTO ${words.reference(table, 'staged')} (${names(words, all)}) SELECT ${names(words, all, 't')}`;
  await words.ask(
    `${keep} FROM ${standing} t JOIN ${after} a ON ${match(words, 't', 'a', key)} WHERE NOT (${words.sameRow('t', 'a', all)})`,
  );
  if (merge.refills) await words.ask(`${keep} FROM ${standing} t WHERE ${isGone(words, merge, 't')}`);
}

async function removeAdded(words: MergeWords, merge: MergeIn): Promise<void> {
  await words.ask(words.remove(words.reference(merge.table, 'standing'), 't', isAdded(words, merge, 't')));
}

async function restoreValues(words: MergeWords, merge: MergeIn): Promise<void> {
  const { table, key, columns, identities, refills } = merge;
  const [standing, before] = [words.reference(table, 'standing'), words.reference(table, 'before')];
  const changing = givenOf(merge).filter(
    (column) => (!key.includes(column) || refills) && (columns.includes(column) || !identities.includes(column)),
  );
  if (changing.length > 0) await words.ask(words.update(standing, before, changing, match(words, 't', 's', key)));
}

/** Rows that publish took away, or somebody since. */
async function bringBack(words: MergeWords, merge: MergeIn): Promise<void> {
  const { table } = merge;
  const given = givenOf(merge);
  await words.ask(
    `INSERT INTO ${words.reference(table, 'standing')} (${names(words, given)})${words.overriding}
     SELECT ${names(words, given, 'b')} FROM ${words.reference(table, 'before')} b
     WHERE NOT ${isIn(words, merge, 'standing', 'b')}`,
  );
}

/** Triggers may have had their own way. */
async function refuseUnrestored(words: MergeWords, merge: MergeIn): Promise<void> {
  const { table, key, all } = merge;
  const standing = words.reference(table, 'standing');
  const as = `EXISTS (SELECT 1 FROM ${standing} t WHERE ${match(words, 't', 'b', key)} AND ${words.sameRow('t', 'b', all)})`;
  const [other] = await words.ask(`SELECT count(*) AS n FROM ${words.reference(table, 'before')} b WHERE NOT ${as}`);
  const [added] = await words.ask(`SELECT count(*) AS n FROM ${standing} t WHERE ${isAdded(words, merge, 't')}`);
  const rows = Number(other?.n) + Number(added?.n);
  if (rows > 0) throw unrestored(table, rows);
}

function givenOf({ all, computed }: MergeIn): string[] {
  return all.filter((column) => !computed.includes(column));
}
