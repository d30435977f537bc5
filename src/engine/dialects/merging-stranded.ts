// Rows that refer to what a refilled table no longer has once its rows are exchanged: they would lose their parent, or go
// with it, as their key says.

import { DroverError } from '../../shared/errors.ts';
import { many } from '../../shared/format.ts';
import { shownValue } from './merging-refusals.ts';
import { isIn, type MergeWords } from './merging-words.ts';
import type { MergeIn, Stranded } from './publishing.ts';

/** Before anything is published, of tables from outside alone: by the staged rows. */
export async function strandedBy(words: MergeWords, merges: readonly MergeIn[]): Promise<Stranded[]> {
  const found: Stranded[] = [];
  for (const merge of merges) {
    if (!merge.refills) continue;
    for (const referrer of merge.referrers) {
      if (merges.some(({ table }) => table === referrer.table)) continue;
      const goes = `FROM ${words.reference(merge.table, 'standing')} t WHERE NOT ${isIn(words, merge, 'staged', 't')}`;
      const comes = `FROM ${words.reference(merge.table, 'staged')} n WHERE true`;
      found.push(...(await countIn(words, merge.table, referrer, { goes, comes })));
    }
  }
  return found;
}

/** The same under the locks of publish. Throws `verify.stranded`. */
export async function refuseStranded(words: MergeWords, merges: readonly MergeIn[]): Promise<void> {
  const [first, ...others] = await strandedBy(words, merges);
  if (first) throw stranded([first, ...others]);
}

/** Once the rows are exchanged, of the tables of the run, by what the database holds then. Throws `verify.stranded`. */
export async function refuseLost(words: MergeWords, merges: readonly MergeIn[]): Promise<void> {
  for (const merge of merges) {
    if (!merge.refills) continue;
    for (const referrer of merge.referrers) {
      const child = merges.find(({ table }) => table === referrer.table);
      if (!child) continue;
      const goes = `FROM ${words.reference(merge.table, 'before')} t WHERE NOT ${isIn(words, merge, 'after', 't')}`;
      const comes = `FROM ${words.reference(merge.table, 'after')} n WHERE true`;
      const [first] = await countIn(words, merge.table, referrer, { goes, comes });
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

/** `goes` names rows t that are no longer there, `comes` rows n that are new. */
interface Exchange {
  readonly goes: string;
  readonly comes: string;
}

async function countIn(
  words: MergeWords,
  references: string,
  referrer: MergeIn['referrers'][number],
  { goes, comes }: Exchange,
): Promise<Stranded[]> {
  const { table, columns, key } = referrer;
  const refers = (alias: string): string =>
    columns
      .map((column, i) => `c.${words.quote(column)} = ${alias}.${words.quote(referrer.references[i]!)}`)
      .join(' AND ');
  const from = `FROM ${words.reference(table, 'standing')} c WHERE EXISTS (SELECT 1 ${goes} AND ${refers('t')})
    AND NOT EXISTS (SELECT 1 ${comes} AND ${refers('n')})`;
  const [counted] = await words.ask(`SELECT count(*) AS n ${from}${words.latest}`);
  const rows = Number(counted?.n);
  if (rows === 0) return [];
  const [row] = await words.ask(
    `SELECT ${columns.map((column) => `c.${words.quote(column)}`).join(', ')} ${from} LIMIT 1`,
  );
  const example = columns.map((column) => `${column} ${shownValue(row?.[column])}`).join(', ');
  return [{ key, table, references, rows, example }];
}
