// Rolling back some tables of a published run: their old ones stand again, or they are gone, and the others stay.

import { DroverError } from '../../../shared/errors.ts';
import { list } from '../../../shared/format.ts';
import type { Publisher } from '../../dialects/publishing.ts';
import type { RunIdentity } from '../../dialects/session.ts';
import { asDroverError } from '../../support/failure.ts';
import { publicationOf } from '../publication.ts';
import type { PlannedTables } from '../records.ts';
import { type Published, type RolledBack, resultOf, resultWords, withPublisher } from './published.ts';
import { refuseOrChanges } from './refusals.ts';
import { settled } from './settled.ts';
import { tidy } from './tidy.ts';
import { refuseTorn } from './ties.ts';

/**
 * One act of the target, as of the whole. The new tables in staging are its evidence: they stay there until the history
 * knows of it, so that whoever begins again after a crash, at any point and with whichever tables, sees what was done.
 */
export function rollBackSome(published: Published, chosen: PlannedTables): Promise<RolledBack> {
  return withPublisher(published, async (publisher, identity) => {
    const left = await settled(published, publisher, identity);
    const open = left.tables.filter((table) => chosen.includes(table));
    if (open.length > 0) {
      await refuseWhole(published, publisher);
      await refuseTorn(left, open, publisher);
      await takeBack({ ...left, tables: open }, publisher, identity);
    }
    const staying = left.tables.filter((table) => !open.includes(table)).map(({ target }) => target.name);
    const result = await resultOf(chosen, staying, publisher);
    await published.journal('done', `some tables rolled back: ${resultWords(result)}; the others stay`);
    return result;
  });
}

/** What was begun with all of its tables is brought to its end with all of them. */
async function refuseWhole({ run }: Published, publisher: Publisher): Promise<void> {
  const state = await publisher.state();
  switch (state) {
    case 'published':
    case 'absent': // where no old table is kept, nothing of the run is left in the target but its tables
      return;
    case 'staged':
    case 'half published':
      throw new DroverError('run.nothing-to-roll-back', `A rollback of the whole run ${run} was begun before.`, {
        cause: 'Its process ended before it had tidied up.',
        hint: 'Bring that to its end: roll back the whole run.',
        command: `drover rollback ${run}`,
        where: { side: 'target' },
      });
  }
}

async function takeBack(some: Published, publisher: Publisher, identity: RunIdentity): Promise<void> {
  const changes = await refuseOrChanges(some, publisher);
  const names = some.tables.map(({ target }) => target.name);
  const { moves } = publicationOf(some.tables);
  const newer = some.keepNewer ? ', what was written since is kept aside' : '';
  await some.journal('compensating', `rolling back ${list(names, names.length)}${newer}`);
  const areOut = async (): Promise<number> => {
    const staged = new Set(await publisher.tablesIn('staging'));
    return names.filter((name) => staged.has(name)).length;
  };
  try {
    await publisher.reclaim();
    await publisher.unpublishSome(moves);
  } catch (error) {
    // Only when the target itself says that nothing has moved: else the intent stays open, and the next try will see.
    if ((await areOut().catch(() => null)) === 0) {
      await publisher.dropStaging();
      await some.journal('not compensated', asDroverError(error).message);
    }
    throw error;
  }
  if ((await areOut()) !== names.length) throw new Error('the target does not say that the tables are taken back');
  await some.tookBack(names);
  await tidy(some, publisher, identity, changes.length > 0);
}
