// Rolling back what is published: the old tables stand again, those that the run made are gone, all at once.

import { at, DroverError } from '../../../shared/errors.ts';
import { many } from '../../../shared/format.ts';
import type { Publisher, RunIdentity } from '../../dialects/dialect.ts';
import { changedWords } from '../../dialects/merging.ts';
import { asDroverError } from '../../support/failure.ts';
import { publicationOf } from '../publication.ts';
import { askTarget } from '../standing.ts';
import { type Change, changesSince, gone } from './changes.ts';
import { refuseDependants } from './dependants.ts';
import type { Published, RolledBack } from './published.ts';
import { refuseSuperseded } from './superseded.ts';

/** Where the target does not say any more which one the run had: it began with 1. */
const FIRST_EPOCH = 2;

/**
 * The exchange is one act of the target, and the target's answer decides what is left to do: whoever begins again after
 * a crash, at any point, comes to the same end. What was written after the run is never dropped: before the exchange it
 * makes the call fail, and what slips in until then is found afterwards and put aside.
 */
export async function rollBack(published: Published): Promise<RolledBack> {
  const { dialect, access } = published.target;
  // A run that was cut off several times has raised its own.
  const last = (await askTarget(published.run, published.target)).epoch;
  const identity: RunIdentity = { id: published.run, epoch: Math.max(FIRST_EPOCH + published.begun, last + 1) };
  const publisher = await dialect.openPublisher(access, identity);
  try {
    await publisher.lock();
    switch (await standing(published, publisher)) {
      case 'in place': {
        const changes = await refuseOrChanges(published, publisher);
        await takeBack(published, publisher);
        await tidy(published, publisher, identity, changes.length > 0);
        break;
      }
      case 'taken back':
        await tidy(published, publisher, identity, false);
        break;
      case 'over':
        break;
    }
    const result = await resultOf(published, publisher);
    await published.journal('compensated', wordsFor(result));
    return result;
  } catch (thrown) {
    throw at(asDroverError(thrown), { side: 'target' });
  } finally {
    await publisher.close();
  }
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
    where: { side: 'target' },
  });
}

async function anyStands({ tables }: Published, { session }: Publisher): Promise<boolean> {
  const names = new Set((await session.inspect()).tables.map((table) => table.name));
  return tables.some(({ target }) => names.has(target.name));
}

/** Throws where the target is no longer as the run left it; what may be put aside is returned. */
async function refuseOrChanges(published: Published, publisher: Publisher): Promise<readonly Change[]> {
  await refuseSuperseded(published, publisher);
  const catalog = await publisher.session.inspect();
  const missing = gone(published, catalog);
  if (missing.length > 0) {
    throw new DroverError('run.changed-since', `${missing.join(', ')} is no longer in the target as the run made it.`, {
      hint: 'Look at the target: only all tables of a run can be rolled back together.',
    });
  }
  await refuseLostBackups(published, publisher);
  refuseDependants(published, catalog);
  const changes = [
    ...(await changesSince(moved(published), catalog, null)),
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

async function takeBack(published: Published, publisher: Publisher): Promise<void> {
  await published.journal('compensating', 'rolling back what was published');
  try {
    await publisher.reclaim();
    const standing = (await publisher.session.inspect()).tables;
    await publisher.unpublish(publicationOf(published.tables, standing), published.keepNewer);
  } catch (error) {
    // Only when the target itself says that nothing has moved: else the intent stays open, and the next try will see.
    if ((await publisher.state().catch(() => null)) === 'published') {
      await publisher.dropStaging();
      await published.journal('not compensated', asDroverError(error).message);
    }
    throw error;
  }
}

/** The new tables are out of everybody's reach now: what they hold decides whether they may go. */
async function tidy(
  published: Published,
  publisher: Publisher,
  identity: RunIdentity,
  changed: boolean,
): Promise<void> {
  const staged = new Set(await publisher.tablesIn('staging'));
  const { merges } = publicationOf(published.tables);
  const { tables } = moved(published);
  const there = { ...published, tables: tables.filter(({ target }) => staged.has(target.name)) };
  // Only rows that somebody changed since are put where those of the run were staged.
  const keep =
    changed || merges.some(({ table }) => staged.has(table)) || (await changesSince(there, null, identity)).length > 0;
  if (keep) await publisher.putAside();
  await publisher.dropStaging();
}

async function resultOf({ tables }: Published, publisher: Publisher): Promise<RolledBack> {
  const kept = await publisher.tablesIn('aside');
  const names = (replaced: boolean) =>
    tables.filter(({ existing }) => (existing !== null) === replaced).map(({ target }) => target.name);
  return {
    restored: names(true),
    removed: names(false).filter((table) => !kept.includes(table)),
    kept: kept.map((table) => ({ table, keptAs: publisher.asideName(table) })),
  };
}

/** Without the tables into which rows went: the target itself knows of these what has changed. */
function moved(published: Published): Published {
  return { ...published, tables: published.tables.filter(({ merge }) => merge === null) };
}

function wordsFor({ restored, removed, kept }: RolledBack): string {
  const parts = [`${many(restored.length, 'table')} restored`, `${many(removed.length, 'table')} removed`];
  if (kept.length > 0) parts.push(`${many(kept.length, 'newer table')} kept aside`);
  return `rolled back after publishing: ${parts.join(', ')}`;
}
