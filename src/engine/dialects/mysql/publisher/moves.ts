// The one RENAME that publishes, what it must not leave behind, and the names that lead back.

import { DroverError } from '../../../../shared/errors.ts';
import type { Move, PublishOptions } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import type { Link } from '../connection.ts';
import { readDependants, readFollowers } from '../inspector/dependants.ts';
import { backupDatabase, PUBLISHED, READY, stagingDatabase } from '../names.ts';
import { renameAll } from '../rename.ts';
import { qualified, quote } from '../syntax.ts';
import { asking } from './control.ts';

type Rename = readonly [from: string, to: string];

export function forth({ database }: Link, run: RunIdentity, { table, replaces }: Move): Rename[] {
  const final = qualified(database, table);
  return [
    ...(replaces ? [[final, qualified(backupDatabase(run), table)] as const] : []),
    [qualified(stagingDatabase(run), table), final],
  ];
}

export function back({ database }: Link, run: RunIdentity, { table, replaces }: Move): Rename[] {
  const final = qualified(database, table);
  return [
    [final, qualified(stagingDatabase(run), table)],
    ...(replaces ? [[qualified(backupDatabase(run), table), final] as const] : []),
  ];
}

/**
 * Neither family lets RENAME be part of anything larger, and MariaDB refuses it to whoever has locked the tables. So what
 * hangs on the old tables is looked at before each try; a trigger refuses the RENAME by itself; and a foreign key that
 * was made in between has followed its table, where it is found, and all is put back.
 */
export async function publishMoves(
  link: Link,
  run: RunIdentity,
  moves: readonly Move[],
  { signal, look }: PublishOptions,
): Promise<void> {
  const staging = stagingDatabase(run);
  const [ready, published] = [qualified(staging, READY), qualified(staging, PUBLISHED)];
  const names = moves.map(({ table }) => table);
  const before = async (): Promise<void> => look?.(await readDependants(link, names));
  await renameAll(link, [...moves.flatMap((move) => forth(link, run, move)), [ready, published]], { signal, before });
  const followers = await asking(() => readFollowers(link, backupDatabase(run)));
  if (followers.length === 0) return;
  await renameAll(link, [...moves.flatMap((move) => back(link, run, move)), [published, ready]]);
  throw new DroverError('run.source-changed', 'A foreign key was made on a table while that was being replaced.', {
    cause: followers.join('; '),
    hint: 'Drop it or take its table into the migration, make the plan again, and run again.',
    where: { side: 'target' },
  });
}

/** A key of a table that was taken back, and leads to one that stays, would hold the rows of that for nobody. */
export async function dropKeysToStanding(link: Link, run: RunIdentity): Promise<void> {
  const staging = stagingDatabase(run);
  const keys = await link.query(
    `SELECT DISTINCT TABLE_NAME AS tab, CONSTRAINT_NAME AS name FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_SCHEMA = ?`,
    [staging, link.database],
  );
  for (const { tab, name } of keys) {
    await link.query(`ALTER TABLE ${qualified(staging, String(tab))} DROP FOREIGN KEY ${quote(String(name))}`);
  }
}
