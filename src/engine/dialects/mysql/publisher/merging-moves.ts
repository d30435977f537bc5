// Publishing and taking back where rows go into tables: new tables and rows in two acts, with a marker between them.

import type { Publication, PublishOptions } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import type { Link } from '../connection.ts';
import { relateUnchecked } from '../ddl.ts';
import type { ServerError } from '../errors.ts';
import { addedDatabase, backupDatabase, CONTROL, MARKERS, MOVED, PUBLISHED, READY, stagingDatabase } from '../names.ts';
import { renameAll } from '../rename.ts';
import { qualified, quote } from '../syntax.ts';
import { asking, createDatabase, inPublishing, reclaim, stateOf, tablesOf } from './control.ts';
import { dropRemembered, mergeRows, mergingOf, prepareMerges, takeRowsOut } from './merge.ts';
import { back, forth } from './moves.ts';

/**
 * No statement renames tables and takes rows in. New tables go first: nobody has used them yet. The rows follow in a
 * transaction that writes the control row too; where it fails, the new tables go back.
 */
export async function publishMerging(
  link: Link,
  run: RunIdentity,
  publication: Publication,
  options: PublishOptions,
): Promise<void> {
  const { moves, merges, late } = publication;
  const staging = stagingDatabase(run);
  const [ready, moved] = [qualified(staging, READY), qualified(staging, MOVED)];
  await inPublishing(async () => {
    for (const name of [backupDatabase(run), addedDatabase(run)]) await createDatabase(link, name);
    await prepareMerges(link, run, merges);
    for (const table of late) for (const { sql } of relateUnchecked(table, run)) await link.query(sql);
  });
  await renameAll(link, [...moves.flatMap((move) => forth(link, run, move)), [ready, moved]], options);
  try {
    await mergeRows(link, run, publication, options);
  } catch (error) {
    // Its answer may have been lost, and the rows be there.
    if ((await stateOf(link, run)) !== 'published') {
      await renameAll(link, [...moves.flatMap((move) => back(link, run, move)), [moved, ready]]);
    }
    throw error;
  }
  // The control row says it already; the marker says it to whoever looks at names.
  await renameAll(link, [[moved, qualified(staging, PUBLISHED)]]);
}

/** The rows first, then the new tables; each is skipped where it has happened. */
export async function unpublishMerging(
  link: Link,
  run: RunIdentity,
  { moves, merges, late }: Publication,
  keepNewer: boolean,
): Promise<void> {
  const staging = stagingDatabase(run);
  const backup = backupDatabase(run);
  if ((await tablesOf(link, [backup])).some(({ name }) => name === CONTROL)) await reclaim(link, run);
  if ((await asking(() => mergingOf(link, staging))) === 1) {
    for (const { name, foreignKeys } of late) {
      for (const key of foreignKeys) {
        const sql = `ALTER TABLE ${qualified(link.database, name)} DROP FOREIGN KEY ${quote(key.name)}`;
        await link.query(sql).catch((error) => {
          if ((error as ServerError).errno !== NO_SUCH_KEY) throw error;
        });
      }
    }
    await takeRowsOut(link, run, merges, keepNewer);
  }
  const marker = (await tablesOf(link, [staging])).find(({ name }) => MARKERS.includes(name))?.name;
  if (marker !== undefined && marker !== READY) {
    await renameAll(link, [
      ...moves.flatMap((move) => back(link, run, move)),
      [qualified(staging, marker), qualified(staging, READY)],
    ]);
  }
  await inPublishing(() => dropRemembered(link, run));
}

const NO_SUCH_KEY = 1091;
