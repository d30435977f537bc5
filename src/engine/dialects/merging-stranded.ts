// Rows that refer to what a refilled table no longer has once its rows are exchanged: they would lose their parent, or go
// with it, as their key says.

import { DroverError } from '../../shared/errors.ts';
import { many } from '../../shared/format.ts';
import { shownValue } from './merging-refusals.ts';
import { type MergeWords, match } from './merging-words.ts';
import type { MergeIn, Stranded } from './publishing.ts';

/**
 * Before anything is published, of tables from outside alone: by the staged rows. A value that moves to another row counts
 * as gone too: a key acts at once, and may take rows along.
 */
export async function strandedBy(words: MergeWords, merges: readonly MergeIn[]): Promise<Stranded[]> {
  const found: Stranded[] = [];
  for (const merge of merges) {
    if (!merge.refills) continue;
    const { table, key, columns } = merge;
    for (const referrer of merge.referrers) {
      if (merges.some((each) => each.table === referrer.table)) continue;
      const held = referrer.references.filter((name) => columns.includes(name));
      const same = held.length > 0 ? ` AND ${words.sameRow('t', 's', held)}` : '';
      const stays = `SELECT 1 FROM ${words.reference(table, 'staged')} s WHERE ${match(words, 't', 's', key)}${same}`;
      const refers = referring(words, referrer, 't');
      const lost = `EXISTS (SELECT 1 FROM ${words.reference(table, 'standing')} t WHERE ${refers} AND NOT EXISTS (${stays}))`;
      found.push(...(await countIn(words, table, referrer, lost)));
    }
  }
  return found;
}

/** The same under the locks of publish. Throws `verify.stranded`. */
export async function refuseStranded(words: MergeWords, merges: readonly MergeIn[]): Promise<void> {
  const [first, ...others] = await strandedBy(words, merges);
  if (first) throw stranded([first, ...others]);
}

/** Once the rows are exchanged, of the tables of the run: none may refer to what is not there. Throws `verify.stranded`. */
export async function refuseLost(words: MergeWords, merges: readonly MergeIn[]): Promise<void> {
  for (const { table, refills, referrers } of merges) {
    if (!refills) continue;
    for (const referrer of referrers) {
      if (!merges.some((each) => each.table === referrer.table)) continue;
      const given = referrer.columns.map((column) => `c.${words.quote(column)} IS NOT NULL`).join(' AND ');
      const parent = `SELECT 1 FROM ${words.reference(table, 'standing')} p WHERE ${referring(words, referrer, 'p')}`;
      const [first] = await countIn(words, table, referrer, `${given} AND NOT EXISTS (${parent})`);
      if (first) throw stranded([first]);
    }
  }
}

/** Of tables into whose places others come, or whose rows are exchanged for others. */
export function stranded([first, ...others]: readonly [Stranded, ...Stranded[]]): DroverError {
  return new DroverError('verify.stranded', `${wordsOf(first)}.`, {
    cause: others.length > 0 ? `Also: ${others.map(wordsOf).join('; ')}.` : null,
    hint: 'Take the missing rows along, correct or delete those that refer to them, or drop the key in the target.',
    where: { side: 'target', table: first.references },
  });
}

function wordsOf({ key, table, references, rows, example }: Stranded): string {
  return `${many(rows, 'row')} of ${table} ${rows === 1 ? 'refers' : 'refer'} to what ${references} will no longer have (foreign key ${key}), for example ${example}`;
}

function referring(words: MergeWords, { columns, references }: Referrer, alias: string): string {
  return columns.map((column, i) => `c.${words.quote(column)} = ${alias}.${words.quote(references[i]!)}`).join(' AND ');
}

type Referrer = MergeIn['referrers'][number];

/** Rows c of the table that refers. */
async function countIn(
  words: MergeWords,
  references: string,
  { table, columns, key }: Referrer,
  condition: string,
): Promise<Stranded[]> {
  const from = `FROM ${words.reference(table, 'standing')} c WHERE ${condition}`;
  const [counted] = await words.ask(`SELECT count(*) AS n ${from}${words.latest}`);
  const rows = Number(counted?.n);
  if (rows === 0) return [];
  const [row] = await words.ask(
    `SELECT ${columns.map((column) => `c.${words.quote(column)}`).join(', ')} ${from} LIMIT 1`,
  );
  const example = columns.map((column) => `${column} ${shownValue(row?.[column])}`).join(', ');
  return [{ key, table, references, rows, example }];
}
