// Rows of staged tables go into those that stand there; where these are refilled, what is not among them goes.

import { takeOut } from './merging-out.ts';
import { refuseMiscount, refuseStanding, unrestored } from './merging-refusals.ts';
import { refuseLost, refuseStranded } from './merging-stranded.ts';
import { count, isIn, type MergeWords, match, names } from './merging-words.ts';
import type { MergedTable, MergeIn } from './publishing.ts';

export interface MergeWays {
  /** Around the rows of one table as they come and go: the family's errors in words, checks that it switches off and on. */
  readonly around: (merge: MergeIn, act: 'come' | 'go', work: () => Promise<void>) => Promise<void>;
  /** Around taking all of it out again: rows may go while others refer to them, and what fails is told as `noWayBack`. */
  readonly reversing: (work: () => Promise<void>) => Promise<void>;
}

/**
 * Parents first. Tables `before` and `after` must be there, empty; where tables are refilled, rows may go while others of
 * these refer to them. Throws `publish.key-stands`, `verify.stranded`, `publish.failed`.
 */
export async function mergeIn(
  words: MergeWords,
  merges: readonly MergeIn[],
  { around, reversing }: MergeWays,
): Promise<MergedTable[]> {
  await refuseStranded(words, merges);
  // Before any of them changes: triggers of one table may write into another.
  const begun: Begun[] = [];
  for (const merge of merges) begun.push(await begin(words, merge));
  // First of all what goes: its unique values may be among those of the rows that come.
  for (const { merge } of begun) if (merge.refills) await around(merge, 'go', () => removeGone(words, merge));
  for (const each of begun) await around(each.merge, 'come', () => putIn(words, each));
  for (const each of begun) await remember(words, each);
  await refuseLost(words, merges);
  const merged: MergedTable[] = [];
  for (const each of begun) merged.push(await settle(words, each));
  if (merges.some(({ refills }) => refills)) await reversing(() => tryBack(words, begun));
  return merged;
}

interface Begun {
  readonly merge: MergeIn;
  readonly rows: number;
  readonly staged: number;
  readonly gone: number;
  /** The last number that the table handed out; null where it hands out none here. */
  readonly highest: string | null;
}

/** Counts what is there, settles what need not come, and remembers what will be overwritten or taken away. */
async function begin(words: MergeWords, merge: MergeIn): Promise<Begun> {
  const { table, key, keyHandedOut, onConflict, refills, watched } = merge;
  const { ask, reference } = words;
  const [standing, staged] = [reference(table, 'standing'), reference(table, 'staged')];
  const rows = await count(words, standing);
  const begun = { merge, rows, staged: await count(words, staged) };
  if (keyHandedOut) return { ...begun, gone: 0, highest: await highestOf(words, standing, key[0]!) };

  const rememberThose = (condition: string) =>
    ask(
      `INSERT INTO ${reference(table, 'before')} (${names(words, merge.all)})
       SELECT ${names(words, merge.all, 't')} FROM ${standing} t WHERE ${condition}`,
    );
  if (refills) await rememberThose(`NOT ${isIn(words, merge, 'staged', 't')}`);
  const gone = refills ? await count(words, reference(table, 'before')) : 0;
  if (rows === gone) return { ...begun, gone, highest: null };
  const stands = `EXISTS (SELECT 1 FROM ${standing} t WHERE ${match(words, 't', 's', key)})`;
  if (onConflict === 'fail') await refuseStanding(words, merge, stands);
  if (onConflict === 'skip') await ask(words.remove(staged, 's', stands));
  if (onConflict === 'update') {
    const same = words.sameRow('t', 's', merge.columns);
    const alike = `EXISTS (SELECT 1 FROM ${standing} t WHERE ${match(words, 't', 's', key)} AND ${same})`;
    if (!watched) await ask(words.remove(staged, 's', alike));
    await rememberThose(isIn(words, merge, 'staged', 't'));
  }
  return { ...begun, gone, highest: null };
}

async function removeGone(words: MergeWords, merge: MergeIn): Promise<void> {
  const gone = `${isIn(words, merge, 'before', 't')} AND NOT ${isIn(words, merge, 'staged', 't')}`;
  await words.ask(words.remove(words.reference(merge.table, 'standing'), 't', gone));
}

async function putIn(words: MergeWords, { merge, gone }: Begun): Promise<void> {
  const { table, key, refills, identities } = merge;
  const { ask, reference } = words;
  const [standing, staged, before] = [
    reference(table, 'standing'),
    reference(table, 'staged'),
    reference(table, 'before'),
  ];
  const updates = (await count(words, before)) > gone;
  // Keys that the table takes for equal may differ to the byte: where it is to be as the source is, they change too.
  const changing = merge.columns.filter((name) => !key.includes(name) || (refills && !identities.includes(name)));
  if (updates && changing.length > 0) {
    await ask(words.update(standing, staged, changing, match(words, 't', 's', key)));
  }
  const columns = names(words, merge.columns);
  const isNew = updates ? ` WHERE NOT EXISTS (SELECT 1 FROM ${before} b WHERE ${match(words, 's', 'b', key)})` : '';
  await ask(
    `INSERT INTO ${standing} (${columns})${words.overriding} SELECT ${names(words, merge.columns, 's')} FROM ${staged} s${isNew}`,
  );
}

/** The rows that were written, as they stand now that all tables have theirs. */
async function remember(words: MergeWords, { merge, highest }: Begun): Promise<void> {
  const { table, key, all } = merge;
  const written = highest === null ? isIn(words, merge, 'staged', 't') : `t.${words.quote(key[0]!)} > ${highest}`;
  await words.ask(
    `INSERT INTO ${words.reference(table, 'after')} (${names(words, all)})
     SELECT ${names(words, all, 't')} FROM ${words.reference(table, 'standing')} t WHERE ${written}`,
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

/** What can't be given back is not published: triggers, and unique values that change hands, may stand in the way. */
async function tryBack(words: MergeWords, begun: readonly Begun[]): Promise<void> {
  const merges = begun.map(({ merge }) => merge);
  await words.ask('SAVEPOINT drover_way_back');
  await takeOut(words, merges, false);
  for (const { merge, rows } of begun) {
    const now = await count(words, words.reference(merge.table, 'standing'));
    if (now !== rows) throw unrestored(merge.table, Math.abs(now - rows));
  }
  await words.ask('ROLLBACK TO SAVEPOINT drover_way_back');
}

/** The largest number, as decimal text; of an empty table one below any that is handed out. */
async function highestOf(words: MergeWords, reference: string, column: string): Promise<string> {
  const [row] = await words.ask(`SELECT max(${words.quote(column)}) AS n FROM ${reference}`);
  return row?.n == null ? '-9223372036854775807' : String(row.n);
}
