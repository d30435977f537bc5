// Rows of staged tables go into those that stand there; where these are refilled, what is not among them goes.

import { refuseMiscount, refuseStanding } from './merging-refusals.ts';
import { refuseLost, refuseStranded } from './merging-stranded.ts';
import { count, isGone, isIn, type MergeWords, match, names } from './merging-words.ts';
import type { MergedTable, MergeIn } from './publishing.ts';

/** What surrounds one table's rows as they come and go: the family's errors in words, checks that it switches off and on. */
export type Around = (merge: MergeIn, act: 'come' | 'go', work: () => Promise<void>) => Promise<void>;

/**
 * Parents first. Tables `before` and `after` must be there, empty; rows may go while others refer to them. Throws
 * `publish.key-stands`, `verify.stranded`, `publish.failed`.
 */
export async function mergeIn(words: MergeWords, merges: readonly MergeIn[], around: Around): Promise<MergedTable[]> {
  await refuseStranded(words, merges);
  const begun: Begun[] = [];
  for (const merge of merges) begun.push(await begin(words, merge));
  // First of all what goes: its unique values may be among those of the rows that come.
  for (const { merge } of begun) if (merge.refills) await around(merge, 'go', () => removeGone(words, merge));
  for (const each of begun) await around(each.merge, 'come', () => putIn(words, each));
  await refuseLost(words, merges);
  const merged: MergedTable[] = [];
  for (const each of begun) merged.push(await settle(words, each));
  return merged;
}

interface Begun {
  readonly merge: MergeIn;
  readonly rows: number;
  readonly staged: number;
  readonly gone: number;
}

/** Counts what is there, and remembers what will be taken away. */
async function begin(words: MergeWords, merge: MergeIn): Promise<Begun> {
  const standing = words.reference(merge.table, 'standing');
  const before = words.reference(merge.table, 'before');
  const rows = await count(words, standing);
  const staged = await count(words, words.reference(merge.table, 'staged'));
  if (!merge.refills) return { merge, rows, staged, gone: 0 };
  await words.ask(
    `INSERT INTO ${before} (${names(words, merge.all)}) SELECT ${names(words, merge.all, 't')} FROM ${standing} t
     WHERE NOT ${isIn(words, merge, 'staged', 't')}`,
  );
  return { merge, rows, staged, gone: await count(words, before) };
}

async function removeGone(words: MergeWords, merge: MergeIn): Promise<void> {
  await words.ask(words.remove(words.reference(merge.table, 'standing'), 't', isGone(words, merge, 't')));
}

async function putIn(words: MergeWords, { merge, rows, gone }: Begun): Promise<void> {
  const { table, key, keyHandedOut, onConflict } = merge;
  const { ask, reference } = words;
  const [standing, staged] = [reference(table, 'standing'), reference(table, 'staged')];
  const [before, after] = [reference(table, 'before'), reference(table, 'after')];
  const highest = keyHandedOut ? await highestOf(words, standing, key[0]!) : null;

  if (!keyHandedOut && rows > 0) {
    const stands = `EXISTS (SELECT 1 FROM ${standing} t WHERE ${match(words, 't', 's', key)})`;
    if (onConflict === 'fail') await refuseStanding(words, merge, stands);
    if (onConflict === 'skip') await ask(words.remove(staged, 's', stands));
    if (onConflict === 'update') {
      const same = words.sameRow('t', 's', merge.columns);
      const alike = `EXISTS (SELECT 1 FROM ${standing} t WHERE ${match(words, 't', 's', key)} AND ${same})`;
      await ask(words.remove(staged, 's', alike));
      const all = names(words, merge.all);
      await ask(
        `INSERT INTO ${before} (${all}) SELECT ${names(words, merge.all, 't')} FROM ${standing} t
         WHERE ${isIn(words, merge, 'staged', 't')}`,
      );
      const changing = merge.columns.filter((column) => !key.includes(column));
      if (changing.length > 0) await ask(words.update(standing, staged, changing, match(words, 't', 's', key)));
    }
  }
  const updates = (await count(words, before)) > gone;
  const columns = names(words, merge.columns);
  const isNew = updates ? ` WHERE NOT EXISTS (SELECT 1 FROM ${before} b WHERE ${match(words, 's', 'b', key)})` : '';
  await ask(
    `INSERT INTO ${standing} (${columns})${words.overriding} SELECT ${names(words, merge.columns, 's')} FROM ${staged} s${isNew}`,
  );
  const written =
    highest === null
      ? `EXISTS (SELECT 1 FROM ${staged} s WHERE ${match(words, 't', 's', key)})`
      : `t.${words.quote(key[0]!)} > ${highest}`;
  await ask(
    `INSERT INTO ${after} (${names(words, merge.all)}) SELECT ${names(words, merge.all, 't')} FROM ${standing} t WHERE ${written}`,
  );
}

async function settle(words: MergeWords, { merge, rows, staged, gone }: Begun): Promise<MergedTable> {
  const { table } = merge;
  const countIn = (role: 'before' | 'after' | 'staged' | 'standing') => count(words, words.reference(table, role));
  const updated = (await countIn('before')) - gone;
  const merged = {
    table,
    before: rows,
    added: (await countIn('after')) - updated,
    updated,
    skipped: staged - (await countIn('staged')),
    removed: gone,
    after: await countIn('standing'),
  };
  await refuseMiscount(words, merge, merged, staged);
  return merged;
}

/** The largest number, as decimal text; of an empty table one below any that is handed out. */
async function highestOf(words: MergeWords, reference: string, column: string): Promise<string> {
  const [row] = await words.ask(`SELECT max(${words.quote(column)}) AS n FROM ${reference}`);
  return row?.n == null ? '-9223372036854775807' : String(row.n);
}
