// Rolling back what is published: the old tables stand again, those that the run made are gone, all at once.

import { DroverError } from '../../../shared/errors.ts';
import type { Publisher } from '../../dialects/publishing.ts';
import { asDroverError } from '../../support/failure.ts';
import { publicationOf } from '../publication.ts';
import { type Published, type RolledBack, resultOf, resultWords, withPublisher } from './published.ts';
import { refuseOrChanges } from './refusals.ts';
import { settled } from './settled.ts';
import { tidy } from './tidy.ts';

/**
 * The exchange is one act of the target, and the target's answer decides what is left to do: whoever begins again after
 * a crash, at any point, comes to the same end. What was written after the run is never dropped: before the exchange it
 * makes the call fail, and what slips in until then is found afterwards and put aside.
 */
export function rollBack(published: Published): Promise<RolledBack> {
  return withPublisher(published, async (publisher, identity) => {
    const left = await settled(published, publisher, identity);
    switch (await standing(left, publisher)) {
      case 'in place': {
        const changes = await refuseOrChanges(left, publisher);
        await takeBack(left, publisher);
        await tidy(left, publisher, identity, changes.length > 0);
        break;
      }
      case 'taken back':
        await tidy(left, publisher, identity, false);
        break;
      case 'over':
        break;
    }
    const result = await resultOf(left.tables, [], publisher);
    await published.journal('compensated', `rolled back after publishing: ${resultWords(result)}`);
    return result;
  });
}

/** in place: as published. taken back: the exchange has happened. over: nothing of it is left to do. */
type Standing = 'in place' | 'taken back' | 'over';

async function standing(published: Published, publisher: Publisher): Promise<Standing> {
  const state = await publisher.state();
  if (state === 'published' || state === 'half published') return 'in place';
  const replaced = published.tables.some(({ existing }) => existing !== null);
  if (state === 'staged' && (replaced || (await publisher.tablesIn('staging')).length > 0)) return 'taken back';
  // Where nothing was replaced, nothing of the run is left in the target but its tables.
  if (!replaced && (await anyStands(published, publisher))) return 'in place';
  if (state === 'staged') return 'taken back';
  if (published.brokenOff) return 'over';
  throw new DroverError('run.nothing-to-roll-back', `Of run ${published.run} nothing is left that could be undone.`, {
    cause: replaced
      ? 'The target holds no backup of this run.'
      : 'The tables that the run made are no longer in the target.',
    hint: 'What stands in the target stays; what was dropped comes back from a backup of your own alone.',
    where: { side: 'target' },
  });
}

async function anyStands({ tables }: Published, { session }: Publisher): Promise<boolean> {
  const names = new Set((await session.inspect()).tables.map((table) => table.name));
  return tables.some(({ target }) => names.has(target.name));
}

async function takeBack(published: Published, publisher: Publisher): Promise<void> {
  const { tables, keepNewer } = published;
  const names = tables.map(({ target }) => target.name);
  const newer = keepNewer ? ', what was written since is kept aside' : '';
  await published.journal('compensating', `rolling back what was published (${names.join(', ')})${newer}`);
  try {
    await publisher.reclaim();
    const standing = (await publisher.session.inspect()).tables;
    await publisher.unpublish(publicationOf(published.tables, standing), {
      keepNewer: published.keepNewer,
    });
  } catch (error) {
    // Only when the target itself says that nothing has moved: else the intent stays open, and the next try will see.
    if ((await publisher.state().catch(() => null)) === 'published') {
      await publisher.dropStaging();
      await published.journal('not compensated', asDroverError(error).message);
    }
    throw error;
  }
}
