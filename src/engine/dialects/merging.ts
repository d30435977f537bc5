// Merging: rows of a staged table go into the one that stands there, and out again. The algorithm is one for all
// families; each gives its own words. Everything here happens within one transaction of the caller, who holds the locks.
//
// Two tables of the run remember what was done: `before` the rows that were overwritten, as they were, and `after` all
// rows that were written, as they stood then. A row of `after` without its namesake in `before` was added.

import { DroverError } from '../../shared/errors.ts';
import { list, many } from '../../shared/format.ts';
import type { MergedTable, MergeIn } from './publishing.ts';

export type Role = 'standing' | 'staged' | 'before' | 'after';

export interface MergeWords {
  quote(name: string): string;
  reference(table: string, role: Role): string;
  /** Every value of the two rows is the same to the byte, NULLs too. */
  sameRow(a: string, b: string, columns: readonly string[]): string;
  /** Rows of `table` under the alias `x`, as far as they meet the condition. */
  remove(table: string, alias: string, condition: string): string;
  /** Rows of `into` (alias t) get these columns of the row in `from` (alias s) that the condition finds. */
  update(into: string, from: string, columns: readonly string[], condition: string): string;
  /** What stands between the columns and the rows of an INSERT that gives numbers which the table would hand out. */
  readonly overriding: string;
  /** Makes an empty table with these columns of another; `key` may become its key. */
  createFrom(made: string, like: string, columns: readonly string[], key: readonly string[]): readonly string[];
  /** Any statement; of a question its rows. Errors are the driver's own. */
  ask(sql: string): Promise<readonly Record<string, unknown>[]>;
}

/** Throws `publish.key-stands`, `publish.failed`. `before` and `after` must be there, empty. */
export async function mergeIn(words: MergeWords, merge: MergeIn): Promise<MergedTable> {
  const { table, key, keyHandedOut, onConflict } = merge;
  const { ask, reference } = words;
  const [standing, staged] = [reference(table, 'standing'), reference(table, 'staged')];
  const [before, after] = [reference(table, 'before'), reference(table, 'after')];
  const rowsBefore = await count(words, standing);
  const rowsStaged = await count(words, staged);
  const highest = keyHandedOut ? await highestOf(words, standing, key[0]!) : null;

  if (!keyHandedOut && rowsBefore > 0) {
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
         WHERE EXISTS (SELECT 1 FROM ${staged} s WHERE ${match(words, 't', 's', key)})`,
      );
      const changing = merge.columns.filter((column) => !key.includes(column));
      if (changing.length > 0) await ask(words.update(standing, staged, changing, match(words, 't', 's', key)));
    }
  }
  const rowsWritten = await count(words, staged);
  const updated = await count(words, before);
  const columns = names(words, merge.columns);
  const isNew = updated > 0 ? ` WHERE NOT EXISTS (SELECT 1 FROM ${before} b WHERE ${match(words, 's', 'b', key)})` : '';
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

  const merged = {
    table,
    before: rowsBefore,
    added: (await count(words, after)) - updated,
    updated,
    skipped: rowsStaged - rowsWritten,
    after: await count(words, standing),
  };
  await refuseMiscount(words, merge, merged, rowsStaged);
  return merged;
}

/**
 * Added rows go, overwritten ones get their values again. Throws `run.changed-since`, `run.depended-on`; with
 * `keepNewer` rows that were changed since are put into the staged table first.
 */
export async function takeOut(words: MergeWords, merge: MergeIn, keepNewer: boolean): Promise<void> {
  const { table, key } = merge;
  const { ask, reference } = words;
  const [standing, staged] = [reference(table, 'standing'), reference(table, 'staged')];
  const [before, after] = [reference(table, 'before'), reference(table, 'after')];
  const changed = await changedRows(words, merge);
  if (changed > 0 && !keepNewer) throw changedSince([{ table, rows: changed }]);
  if (changed > 0) {
    await ask(
      `INSERT INTO ${staged} (${names(words, merge.all)}) SELECT ${names(words, merge.all, 't')} FROM ${standing} t
       JOIN ${after} a ON ${match(words, 't', 'a', key)} WHERE NOT (${words.sameRow('t', 'a', merge.all)})`,
    );
  }
  await refuseReferrers(words, merge);
  const overwritten = `EXISTS (SELECT 1 FROM ${before} b WHERE ${match(words, 't', 'b', key)})`;
  await ask(
    words.remove(
      standing,
      't',
      `EXISTS (SELECT 1 FROM ${after} a WHERE ${match(words, 't', 'a', key)}) AND NOT ${overwritten}`,
    ),
  );
  const given = merge.all.filter((column) => !merge.computed.includes(column));
  const changing = given.filter(
    (column) => !key.includes(column) && (merge.columns.includes(column) || !merge.identities.includes(column)),
  );
  if (changing.length > 0) await ask(words.update(standing, before, changing, match(words, 't', 's', key)));
  await ask(
    `INSERT INTO ${standing} (${names(words, given)})${words.overriding} SELECT ${names(words, given, 'b')} FROM ${before} b
     WHERE NOT EXISTS (SELECT 1 FROM ${standing} t WHERE ${match(words, 't', 'b', key)})`,
  );
}

/** Rows that publish wrote and that are gone or hold something else now. */
export async function changedRows(words: MergeWords, { table, key, all }: MergeIn): Promise<number> {
  const [standing, after] = [words.reference(table, 'standing'), words.reference(table, 'after')];
  const [row] = await words.ask(
    `SELECT count(*) AS n FROM ${after} a WHERE NOT EXISTS
       (SELECT 1 FROM ${standing} t WHERE ${match(words, 't', 'a', key)} AND ${words.sameRow('t', 'a', all)})`,
  );
  return Number(row?.n);
}

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

/** `t."a" = s."a" AND …`: the first alias is the one whose comparison counts. */
export function match({ quote }: Pick<MergeWords, 'quote'>, a: string, b: string, key: readonly string[]): string {
  return key.map((column) => `${a}.${quote(column)} = ${b}.${quote(column)}`).join(' AND ');
}

/** In a WHERE clause of the table itself: it is in `after` under its key. */
export function isWritten(quote: MergeWords['quote'], table: string, after: string, key: readonly string[]): string {
  return `EXISTS (SELECT 1 FROM ${after} a WHERE ${match({ quote }, quote(table), 'a', key)})`;
}

/** A key that stands there already, found by the database itself while it takes the rows in. */
export function uniqueBroken(table: string, cause: string): DroverError {
  return new DroverError(
    'publish.key-stands',
    `${table} in the target refuses a row: one with the same unique value stands there already.`,
    {
      cause,
      hint: 'Correct or filter those rows in the source, or update the rows that stand there (mode upsert).',
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

const NAMED_KEYS = 3;

async function refuseStanding(words: MergeWords, merge: MergeIn, stands: string): Promise<void> {
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
async function refuseMiscount(words: MergeWords, merge: MergeIn, merged: MergedTable, staged: number): Promise<void> {
  const { table } = merge;
  const { before, added, updated, skipped, after } = merged;
  if (added < 0 || before + added !== after || added + updated + skipped !== staged) {
    throw new DroverError('publish.failed', `Of ${staged} rows not all went into ${table}; nothing was published.`, {
      cause: `${before} before, ${added} added, ${updated} updated, ${skipped} skipped, ${after} after.`,
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
async function refuseReferrers(words: MergeWords, { table, key, referrers }: MergeIn): Promise<void> {
  const [before, after] = [words.reference(table, 'before'), words.reference(table, 'after')];
  for (const { table: child, columns, references } of referrers) {
    const refers = columns
      .map((column, i) => `a.${words.quote(references[i]!)} = c.${words.quote(column)}`)
      .join(' AND ');
    const own =
      child === table ? ` AND NOT EXISTS (SELECT 1 FROM ${after} o WHERE ${match(words, 'c', 'o', key)})` : '';
    const [row] = await words.ask(
      `SELECT count(*) AS n FROM ${words.reference(child, 'standing')} c WHERE EXISTS
         (SELECT 1 FROM ${after} a WHERE ${refers}
          AND NOT EXISTS (SELECT 1 FROM ${before} b WHERE ${match(words, 'a', 'b', key)}))${own}`,
    );
    const rows = Number(row?.n);
    if (rows === 0) continue;
    throw new DroverError(
      'run.depended-on',
      `${many(rows, 'row')} of ${child} ${rows === 1 ? 'refers' : 'refer'} to rows that the run added to ${table}.`,
      {
        hint: `Point those rows of ${child} elsewhere or delete them, then roll back.`,
        where: { side: 'target', table: child },
      },
    );
  }
}

/** The largest number, as decimal text; of an empty table one below any that is handed out. */
async function highestOf(words: MergeWords, reference: string, column: string): Promise<string> {
  const [row] = await words.ask(`SELECT max(${words.quote(column)}) AS n FROM ${reference}`);
  return row?.n == null ? '-9223372036854775807' : String(row.n);
}

async function count(words: MergeWords, reference: string): Promise<number> {
  const [row] = await words.ask(`SELECT count(*) AS n FROM ${reference}`);
  return Number(row?.n);
}

function names({ quote }: MergeWords, columns: readonly string[], alias?: string): string {
  return columns.map((column) => (alias === undefined ? '' : `${alias}.`) + quote(column)).join(', ');
}
