// Whether the target is still as the run left it: else taking the run back would take away what is not its own.

import { DroverError } from '../../../shared/errors.ts';
import { changedWords } from '../../dialects/merging-refusals.ts';
import type { Publisher } from '../../dialects/publishing.ts';
import { publicationOf } from '../publication.ts';
import { type Change, changesSince, gone } from './changes.ts';
import { refuseDependants } from './dependants.ts';
import { movedOf, type Published } from './published.ts';
import { refuseSuperseded } from './superseded.ts';

/** Throws where the target is no longer as the run left it; what may be put aside is returned. */
export async function refuseOrChanges(published: Published, publisher: Publisher): Promise<readonly Change[]> {
  await refuseSuperseded(published, publisher);
  const catalog = await publisher.session.inspect();
  const moved = { ...published, tables: movedOf(published.tables) };
  const missing = gone(published, catalog);
  if (missing.length > 0) {
    throw new DroverError('run.changed-since', `${missing.join(', ')} is no longer in the target as the run made it.`, {
      hint: 'Look at the target: what is no longer there can’t be taken back with the others.',
    });
  }
  await refuseLostBackups(published, publisher);
  refuseDependants(published, catalog);
  const changes = [
    ...(await changesSince(moved, catalog, null)),
    ...(await publisher.changedSince(publicationOf(published.tables).merges)).map(({ table, rows }) => ({
      table,
      words: changedWords(rows),
    })),
  ];
  if (changes.length > 0 && !published.keepNewer) {
    const names = changes.map(({ table }) => table).join(', ');
    throw new DroverError('run.changed-since', `Rows were written after the run in ${names}.`, {
      cause: changes.map(({ table, words }) => `${table}: ${words}`).join('; '),
      hint: 'Roll back and keep the newer tables aside, or leave everything as it is.',
      command: `drover rollback ${published.run} --keep-newer`,
    });
  }
  return changes;
}

async function refuseLostBackups({ run, tables }: Published, publisher: Publisher): Promise<void> {
  const replaced = tables.filter(({ existing }) => existing !== null).map(({ target }) => target.name);
  if (replaced.length === 0) return;
  const kept = new Set(await publisher.tablesIn('backup'));
  const lost = replaced.filter((table) => !kept.has(table));
  if (lost.length === 0) return;
  throw new DroverError(
    'run.nothing-to-roll-back',
    `Run ${run} can't be undone: the backup of ${lost.join(', ')} is gone.`,
  );
}
