// The run's steps in the target: staging, the one RENAME that publishes, and its reverse.

import { DroverError } from '../../../shared/errors.ts';
import type { Access } from '../../../shared/model/connection.ts';
import type { Move, Publication, Publisher, PublishOptions, RunIdentity, TargetState } from '../dialect.ts';
import { isWritten } from '../merging.ts';
import { type Link, open } from './connection.ts';
import { relateUnchecked } from './ddl.ts';
import { type ServerError, telling } from './errors.ts';
import { readDependants, readFollowers } from './inspector/dependants.ts';
import { backupsOf, backupsOfOthers, backupTies, contentsOf, putAside, runsHere, storedIn, tablesIn } from './kept.ts';
import { bookkeeping, checkEpoch, forgetChunks, markerStatement, readLedger } from './ledger.ts';
import { claim, endLeftovers, inUse, takeLock } from './lock.ts';
import { changedSince, dropRemembered, mergedIn, mergeRows, mergingOf, prepareMerges, takeRowsOut } from './merge.ts';
import {
  addedDatabase,
  asideDatabase,
  backupDatabase,
  CONTROL,
  LEDGER,
  MARKERS,
  MERGED,
  MOVED,
  OWN_TABLES,
  PUBLISHED,
  READY,
  RETURNING,
  stagingDatabase,
} from './names.ts';
import { renameAll } from './rename.ts';
import { sessionOf } from './session.ts';
import { countStaged } from './staged.ts';
import { qualified, quote } from './syntax.ts';

export async function openPublisher(access: Access, run: RunIdentity): Promise<Publisher> {
  const link = await open(access, 'target');
  const staging = stagingDatabase(run);
  const backup = backupDatabase(run);

  return {
    session: sessionOf(link, 'target', access),
    async lock() {
      await takeLock(link);
      await claim(link, run);
    },
    async createStaging() {
      await telling({ what: 'The staging database could not be made', code: 'load.failed' }, async () => {
        await createDatabase(link, staging);
        await takeControl(link, run, READY);
      });
    },
    endLeftovers: () => asking(() => endLeftovers(link, run)),
    epoch: () => asking(() => epochOf(link, run)),
    async forget(table) {
      await telling({ what: `The staged ${table} could not be dropped`, code: 'load.failed' }, () =>
        forget(link, run, table),
      );
    },
    ledger: () => readLedger(link, run),
    state: () => stateOf(link, run),
    async publish(publication, options = {}) {
      if ((await stateOf(link, run)) === 'published') return;
      const { moves, merges } = publication;
      await inPublishing(() => checkEpoch(link, run));
      if (merges.length > 0) {
        await publishMerging(link, run, publication, options);
        return;
      }
      if (moves.some((move) => move.replaces)) await inPublishing(() => createDatabase(link, backup));
      await publishMoves(link, run, moves, options);
    },
    async unpublish(publication, keepNewer = false) {
      const state = await stateOf(link, run);
      if (state !== 'published' && state !== 'half published') return;
      const { moves, merges } = publication;
      await inPublishing(() => createDatabase(link, staging));
      if (merges.length > 0) {
        await unpublishMerging(link, run, publication, keepNewer);
        return;
      }
      // After dropStaging marker, control row and ledger stand beside the backups.
      const kept = (await tablesOf(link, [backup])).filter(({ name }) => OWN_TABLES.includes(name));
      const returning = kept
        .filter(({ name }) => name !== PUBLISHED)
        .map(({ name }) => [qualified(backup, name), qualified(staging, name)] as const);
      const marker = qualified(kept.some(({ name }) => name === PUBLISHED) ? backup : staging, PUBLISHED);
      await renameAll(link, [
        ...moves.flatMap((move) => back(link, run, move)),
        ...returning,
        [marker, qualified(staging, READY)],
      ]);
    },
    async unpublishSome(moves) {
      const out = new Set(await tablesIn(link, staging));
      const standing = moves.filter(({ table }) => !out.has(table));
      if (standing.length > 0) {
        await inPublishing(() => checkEpoch(link, run));
        const [published, returning] = [qualified(staging, PUBLISHED), qualified(staging, RETURNING)];
        await renameAll(link, [
          [published, returning],
          ...standing.flatMap((move) => back(link, run, move)),
          [returning, published],
        ]);
      }
      await inPublishing(() => dropKeysToStanding(link, run));
    },
    backupTies: () => backupTies(link, run),
    async dropStaged(tables) {
      if (tables.length === 0) return;
      await telling({ what: 'Staged tables could not be dropped', code: 'compensate.failed' }, async () => {
        await link.query('SET SESSION foreign_key_checks = 0');
        await link.query(`DROP TABLE IF EXISTS ${tables.map((table) => qualified(staging, table)).join(', ')}`);
        await link.query('SET SESSION foreign_key_checks = 1');
      });
    },
    async dropStaging() {
      await telling({ what: 'The staging database could not be dropped', code: 'compensate.failed' }, () =>
        dropStaging(link, run),
      );
    },
    contentsOf: (tables) => asking(() => contentsOf(link, tables)),
    countStaged: (query) => countStaged(link, run, query),
    stagingName: `database ${staging}`,
    backupName: (table) => `${backup}.${table}`,
    writtenRows: (table, key) => isWritten(quote, table, qualified(addedDatabase(run), table), key),
    addedName: (table) => `${addedDatabase(run)}.${table}`,
    async merged() {
      const found = (await tablesOf(link, [staging, backup])).find(({ name }) => name === MERGED);
      return found ? asking(() => mergedIn(link, found.database)) : [];
    },
    async changedSince(merges) {
      const found = (await tablesOf(link, [staging, backup])).find(({ name }) => name === CONTROL);
      // Once they are taken out there is nothing left to compare.
      if (found && (await asking(() => mergingOf(link, found.database))) === 2) return [];
      return asking(() => changedSince(link, run, merges));
    },
    backups: () => backupsOf(link, run),
    backupsOfOthers: () => backupsOfOthers(link, run),
    stored: (place) => storedIn(link, databaseOf[place](run)),
    runsHere: () => runsHere(link),
    inUse: () => asking(() => inUse(link, run)),
    async dropBackups() {
      await telling({ what: 'The backups could not be dropped', code: 'compensate.failed' }, async () => {
        // Tables of the backup refer to each other in any order.
        await link.query('SET SESSION foreign_key_checks = 0');
        for (const name of [addedDatabase(run), backup]) await link.query(`DROP DATABASE IF EXISTS ${quote(name)}`);
        await link.query('SET SESSION foreign_key_checks = 1');
      });
    },
    async reclaim() {
      await telling({ what: 'The run could not be taken up again', code: 'compensate.failed' }, () =>
        reclaim(link, run),
      );
    },
    tablesIn: (place) => tablesIn(link, databaseOf[place](run)),
    async putAside() {
      await inPublishing(() => putAside(link, run, (database) => createDatabase(link, database)));
    },
    asideName: (table) => `${asideDatabase(run)}.${table}`,
    // The lock ends with the connection.
    close: () => link.close(),
  };
}

const databaseOf = { staging: stagingDatabase, backup: backupDatabase, added: addedDatabase, aside: asideDatabase };

function inPublishing<T>(work: () => Promise<T>): Promise<T> {
  return telling({ what: 'The databases for publishing could not be made', code: 'publish.failed' }, work);
}

/** With the character set and collation of the user's own database. */
async function createDatabase(link: Link, name: string): Promise<void> {
  const [row] = await link.query(
    `SELECT DEFAULT_CHARACTER_SET_NAME AS charset, DEFAULT_COLLATION_NAME AS collation
     FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?`,
    [link.database],
  );
  const words = row ? ` CHARACTER SET ${String(row.charset)} COLLATE ${String(row.collation)}` : '';
  await link.query(`CREATE DATABASE IF NOT EXISTS ${quote(name)}${words}`);
}

type Rename = readonly [from: string, to: string];

function forth({ database }: Link, run: RunIdentity, { table, replaces }: Move): Rename[] {
  const final = qualified(database, table);
  return [
    ...(replaces ? [[final, qualified(backupDatabase(run), table)] as const] : []),
    [qualified(stagingDatabase(run), table), final],
  ];
}

function back({ database }: Link, run: RunIdentity, { table, replaces }: Move): Rename[] {
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
async function publishMoves(
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
async function dropKeysToStanding(link: Link, run: RunIdentity): Promise<void> {
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

/**
 * No statement renames tables and takes rows in. New tables go first: nobody has used them yet. The rows follow in a
 * transaction that writes the control row too; where it fails, the new tables go back.
 */
async function publishMerging(
  link: Link,
  run: RunIdentity,
  publication: Publication,
  { signal }: PublishOptions,
): Promise<void> {
  const { moves, merges, late } = publication;
  const staging = stagingDatabase(run);
  const [ready, moved] = [qualified(staging, READY), qualified(staging, MOVED)];
  await inPublishing(async () => {
    for (const name of [backupDatabase(run), addedDatabase(run)]) await createDatabase(link, name);
    await prepareMerges(link, run, merges);
    for (const table of late) for (const { sql } of relateUnchecked(table, run)) await link.query(sql);
  });
  await renameAll(link, [...moves.flatMap((move) => forth(link, run, move)), [ready, moved]], { signal });
  try {
    await mergeRows(link, run, publication, signal);
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
async function unpublishMerging(
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

function asking<T>(work: () => Promise<T>): Promise<T> {
  return telling({ what: 'The state of the target can’t be read', code: 'publish.failed' }, work);
}

async function stateOf(link: Link, run: RunIdentity): Promise<TargetState> {
  const rows = await tablesOf(link, [stagingDatabase(run), backupDatabase(run)]);
  const control = rows.find(({ name }) => name === CONTROL);
  const merging = control ? await asking(() => mergingOf(link, control.database)) : 0;
  if (merging === 1) return 'published';
  const moved = rows.some(({ name }) => name === MOVED || (merging === 2 && name === PUBLISHED));
  if (moved) return 'half published';
  if (rows.some(({ name }) => name === PUBLISHED)) return 'published';
  const [database] = await telling({ what: 'The state of the target can’t be read', code: 'publish.failed' }, () =>
    link.query('SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?', [stagingDatabase(run)]),
  );
  return database ? 'staged' : 'absent';
}

async function tablesOf(link: Link, databases: readonly string[]): Promise<{ database: string; name: string }[]> {
  const rows = await telling({ what: 'The state of the target can’t be read', code: 'publish.failed' }, () =>
    link.query(
      'SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA IN (?)',
      [databases],
    ),
  );
  return rows.map((row) => ({ database: String(row.db), name: String(row.name) }));
}

/** Control row and ledger, and the marker last: before it, nothing of the run is there that anybody would look for. */
async function takeControl(link: Link, run: RunIdentity, marker: typeof READY | typeof PUBLISHED): Promise<void> {
  for (const statement of bookkeeping(link.database, run)) await link.query(statement);
  await checkEpoch(link, run);
  const marked = (await tablesOf(link, [stagingDatabase(run)])).some(({ name }) => MARKERS.includes(name));
  if (!marked) await link.query(markerStatement(run, marker));
}

async function epochOf(link: Link, run: RunIdentity): Promise<number> {
  const found = (await tablesOf(link, [stagingDatabase(run), backupDatabase(run)])).find(
    ({ name }) => name === CONTROL,
  );
  if (!found) return 0;
  const [row] = await link.query(`SELECT epoch FROM ${qualified(found.database, CONTROL)} WHERE id = 1`);
  return Number(row?.epoch ?? 0);
}

/**
 * Keys of other staged tables that lead to it go along; they are made anew with the others. Then the table: as long as the ledger
 * still speaks of it, whoever comes next sees that it is missing.
 */
async function forget(link: Link, run: RunIdentity, table: string): Promise<void> {
  const staging = stagingDatabase(run);
  const keys = await link.query(
    `SELECT DISTINCT TABLE_NAME AS tab, CONSTRAINT_NAME AS name FROM information_schema.KEY_COLUMN_USAGE
     WHERE TABLE_SCHEMA = ? AND REFERENCED_TABLE_SCHEMA = ? AND REFERENCED_TABLE_NAME = ? AND TABLE_NAME <> ?`,
    [staging, staging, table, table],
  );
  for (const { tab, name } of keys) {
    await link.query(`ALTER TABLE ${qualified(staging, String(tab))} DROP FOREIGN KEY ${quote(String(name))}`);
  }
  await link.query('SET SESSION foreign_key_checks = 0');
  await link.query(`DROP TABLE IF EXISTS ${qualified(stagingDatabase(run), table)}`);
  await link.query('SET SESSION foreign_key_checks = 1');
  await forgetChunks(link, run, table);
}

/** Where old tables are kept, marker and control row go with them: so the target can still tell its state. */
async function dropStaging(link: Link, run: RunIdentity): Promise<void> {
  const staging = stagingDatabase(run);
  const backup = backupDatabase(run);
  const state = await stateOf(link, run);
  if (state === 'staged' || state === 'absent') await dropRemembered(link, run);
  if (state === 'published') await settleMarker(link, run);
  const tables = await tablesOf(link, [staging, backup]);
  const has = (database: string, name: string) =>
    tables.some((each) => each.database === database && each.name === name);
  const kept = tables.some((each) => each.database === backup && !OWN_TABLES.includes(each.name));
  if (kept && has(staging, PUBLISHED)) {
    for (const name of [CONTROL, LEDGER, MERGED]) {
      if (has(staging, name) && !has(backup, name)) await move(link, name, staging, backup);
    }
    // Last: as long as it stands in staging, this is not finished.
    await move(link, PUBLISHED, staging, backup);
  }
  await link.query('SET SESSION foreign_key_checks = 0');
  await link.query(`DROP DATABASE IF EXISTS ${quote(staging)}`);
  if (!kept) await link.query(`DROP DATABASE IF EXISTS ${quote(backup)}`);
  await link.query('SET SESSION foreign_key_checks = 1');
}

/** The rows were committed, and the renaming of the marker was cut off. */
async function settleMarker(link: Link, run: RunIdentity): Promise<void> {
  const staging = stagingDatabase(run);
  const late = (await tablesOf(link, [staging])).find(({ name }) => name === MOVED);
  if (late) await link.query(`RENAME TABLE ${qualified(staging, MOVED)} TO ${qualified(staging, PUBLISHED)}`);
}

/** Marker, control row and ledger come back from the backups, or are made anew where nothing was replaced. */
async function reclaim(link: Link, run: RunIdentity): Promise<void> {
  const staging = stagingDatabase(run);
  const backup = backupDatabase(run);
  await createDatabase(link, staging);
  await settleMarker(link, run);
  const kept = (await tablesOf(link, [backup])).map(({ name }) => name);
  for (const name of [CONTROL, LEDGER, MERGED, PUBLISHED])
    if (kept.includes(name)) await move(link, name, backup, staging);
  await takeControl(link, run, PUBLISHED);
}

async function move(link: Link, table: string, from: string, to: string): Promise<void> {
  await link.query(`RENAME TABLE ${qualified(from, table)} TO ${qualified(to, table)}`);
}
