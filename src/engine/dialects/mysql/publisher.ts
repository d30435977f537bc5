// The run's steps in the target: staging, the one RENAME that publishes, and its reverse.

import type { Access } from '../../../shared/model/connection.ts';
import { isWritten } from '../merging-words.ts';
import type { Publisher } from '../publishing.ts';
import type { RunIdentity } from '../session.ts';
import type { Told } from '../told.ts';
import { open } from './connection.ts';
import { telling } from './errors.ts';
import { backupsOf, backupsOfOthers, backupTies, contentsOf, putAside, runsHere, storedIn, tablesIn } from './kept.ts';
import { checkEpoch, readLedger } from './ledger.ts';
import { claim, endLeftovers, inUse, takeLock } from './lock.ts';
import {
  addedDatabase,
  asideDatabase,
  backupDatabase,
  CONTROL,
  MERGED,
  OWN_TABLES,
  PUBLISHED,
  READY,
  RETURNING,
  stagingDatabase,
} from './names.ts';
import {
  asking,
  createDatabase,
  dropStaging,
  epochOf,
  forget,
  inPublishing,
  reclaim,
  stateOf,
  tablesOf,
  takeControl,
} from './publisher/control.ts';
import { changedSince, mergedIn, mergingOf, strandedRows } from './publisher/merge.ts';
import { publishMerging, unpublishMerging } from './publisher/merging-moves.ts';
import { back, dropKeysToStanding, publishMoves } from './publisher/moves.ts';
import { countStaged } from './publisher/staged.ts';
import { renameAll } from './rename.ts';
import { sessionOf } from './session.ts';
import { qualified, quote } from './syntax.ts';

export async function openPublisher(access: Access, run: RunIdentity, told?: Told): Promise<Publisher> {
  const link = await open(access, 'target', told);
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
    // Where others refer to a table, the plan has it keep its place.
    stranded: (publication) => asking(() => strandedRows(link, run, publication)),
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
    async unpublish(publication, { keepNewer = false } = {}) {
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
