// Rows that somebody changes in staging while a verified run waits to be published: it must notice, and publish nothing.

import { concluded, type Result, watched } from '../cycle.ts';
import { type Drover, NOTHING, type Stage } from '../drover.ts';
import { everywhere, type FaultClass } from './class.ts';

/** The last changes an even number of equal rows, in a text of the same length. */
const CHANGES: readonly (readonly [words: string, sql: (table: (name: string) => string) => string])[] = [
  ['a row deleted', (table) => `DELETE FROM ${table('marks')} WHERE id = 11`],
  ['a row twice', (table) => `INSERT INTO ${table('bare')} SELECT a, b FROM ${table('bare')} WHERE a = 1`],
  ['a cell changed', (table) => `UPDATE ${table('things')} SET note = 'y ' WHERE id = 5`],
  ['a NULL in place of nothing', (table) => `UPDATE ${table('things')} SET note = '' WHERE id = 3`],
  ['equal rows changed alike', (table) => `UPDATE ${table('bare')} SET b = 'sane' WHERE a = 7`],
];

export const tampered: FaultClass = {
  name: 'tampered',
  fits: everywhere,
  variants: () => CHANGES.length,
  cycle: (stage, _, turn) => watched(stage, (drover) => tamper(stage, drover, CHANGES[turn % CHANGES.length]!)),
};

async function tamper(
  stage: Stage,
  drover: Drover,
  [words, sql]: (typeof CHANGES)[number],
): Promise<Pick<Result, 'words' | 'violations'>> {
  const { target } = stage.subject;
  const held = await drover.migrate({ ...NOTHING, start: (_, hit) => hit() }, ['--hold']);
  const [run] = drover.runs();
  if (held.finished?.state !== 'held' || run === undefined) return concludedAs(words, stage, drover, run, [held]);
  const staged = (name: string) => (target.family === 'sqlite' ? `drover_${run}_s_${name}` : `drover_${run}.${name}`);
  await target.use((client) => client.run(sql(staged)));
  const published = await drover.recover('publish', run);
  const violations =
    published.error?.code === 'verify.different'
      ? []
      : [`published all the same: ${published.error?.message ?? 'no error'}`];
  if (published.finished?.state === 'published')
    violations.push(...(await concludedAs(words, stage, drover, run, [published])).violations);
  else {
    const back = await drover.recover('rollback', run);
    if (back.status !== 0) violations.push(`it can't go back: ${back.error?.message}`);
  }
  return { words, violations };
}

async function concludedAs(
  words: string,
  ...given: Parameters<typeof concluded>
): Promise<Pick<Result, 'words' | 'violations'>> {
  const { violations } = await concluded(...given);
  return { words, violations };
}
