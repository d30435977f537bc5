// Newer runs at the same tables: what stands there is theirs, so they have to be rolled back first.

import { DroverError } from '../../../shared/errors.ts';
import { list } from '../../../shared/format.ts';
import { nameKey } from '../../dialects/names.ts';
import type { Publisher } from '../../dialects/publishing.ts';
import { isLater } from '../../support/ids.ts';
import type { Published } from './published.ts';

/**
 * Throws `run.superseded`. A run that replaced tables has left its proof in the target: they stand among its backups.
 * One that found nothing to replace, or whose backups were dropped, is known to the history alone.
 */
export async function refuseSuperseded(published: Published, publisher: Publisher): Promise<void> {
  const { run, tables, target, others } = published;
  const key = (name: string): string => nameKey(name, target.capabilities);
  const own = new Set(tables.map((table) => key(table.target.name)));
  const found = [...(await publisher.backupsOfOthers()), ...others].filter(
    (each) => isLater(each.run, run) && own.has(key(each.table)),
  );
  if (found.length === 0) return;
  const newest = found.map((each) => each.run).reduce((a, b) => (isLater(a, b) ? a : b));
  const names = [...new Set(found.filter((each) => each.run === newest).map((each) => each.table))];
  throw new DroverError('run.superseded', `Run ${newest} is newer and has published ${list(names)}.`, {
    cause: `Rolling back run ${run} now would take away what run ${newest} put there.`,
    hint: `Roll back run ${newest} first.`,
    where: { side: 'target' },
  });
}
