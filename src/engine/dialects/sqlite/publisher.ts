// The run's steps on the target file that must be atomic or undone.

import { rmSync, statSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import { isWritten } from '../merging-words.ts';
import type { Publisher, TargetState } from '../publishing.ts';
import type { RunIdentity } from '../session.ts';
import type { Told } from '../told.ts';
import { emptyStandIn, fileExists, openToWrite } from './connection.ts';
import { asSqliteError } from './errors.ts';
import { backupsOf, backupsOfOthers, backupTies, contentsOf, runsHere, storedUnder } from './kept.ts';
import { forgetEntries, makeControl, readControl, readLedger, tablesWith, takeControl } from './ledger.ts';
import { FileLock } from './lock.ts';
import {
  addedPrefix,
  asidePrefix,
  backupPrefix,
  controlTable,
  ledgerTable,
  mergedTable,
  stagedPrefix,
} from './names.ts';
import { changedSince, merged } from './publisher/merge.ts';
import { countStaged } from './publisher/staged.ts';
import { exchange, giveBack, giveSomeBack, moveAside } from './publisher/swap.ts';
import { SqliteSession } from './session.ts';
import { settleIndexer } from './settings.ts';
import { quote } from './syntax.ts';
import { inTransaction } from './transaction.ts';

/** Makes the file where there is none; the control row remembers that, so that undoing the run removes it again. */
export function openPublisher(path: string, run: RunIdentity, told?: Told): Publisher {
  const lock = new FileLock(path, run);
  let madeFile = !fileExists(path);
  const opened = (): Database => {
    const db = openToWrite(path, true, told);
    settleIndexer(db);
    return db;
  };
  const session = new SqliteSession(path, 'target', opened());

  async function attempt<T>(work: (db: Database) => T | Promise<T>): Promise<T> {
    try {
      return await work(session.db);
    } catch (thrown) {
      throw asSqliteError(thrown, { path, side: 'target', otherwise: 'publish.failed' });
    }
  }

  return {
    session,

    async lock() {
      lock.take();
    },

    async createStaging() {
      // The file went with the staging of an earlier attempt.
      if (session.db.memory) {
        session.replace(opened());
        madeFile = true;
      }
      await attempt((db) => inTransaction(db, () => makeControl(db, run, madeFile)));
    },

    /** A process holds the lock on the file as long as it lives: nobody can be left behind. */
    async endLeftovers() {},

    async epoch() {
      return attempt((db) => readControl(db, run)?.epoch ?? 0);
    },

    async forget(table) {
      await attempt((db) =>
        inTransaction(db, () => {
          db.exec(`DROP TABLE IF EXISTS main.${quote(stagedPrefix(run) + table)}`);
          forgetEntries(db, run, table);
        }),
      );
    },

    async ledger() {
      return attempt((db) => readLedger(db, run));
    },

    async state() {
      return attempt((db) => stateOf(db, run));
    },

    /** They are found when the tables are exchanged, before that is committed. */
    async stranded() {
      return [];
    },

    async publish(publication) {
      await attempt((db) => exchange(db, run, publication));
    },

    async unpublish(publication, { keepNewer = false } = {}) {
      await attempt((db) => giveBack(db, run, publication, keepNewer));
    },

    async unpublishSome(moves) {
      await attempt((db) => giveSomeBack(db, run, moves));
    },

    async backupTies() {
      return attempt((db) => backupTies(db, run));
    },

    async merged() {
      return attempt((db) => merged(db, run));
    },

    async changedSince(merges) {
      return attempt((db) => changedSince(db, run, merges));
    },

    async dropStaged(tables) {
      const names = tables.map((table) => stagedPrefix(run) + table);
      await attempt((db) => inTransaction(db, () => dropTables(db, [], names)));
    },

    async dropStaging() {
      await attempt(async (db) => {
        const control = readControl(db, run);
        await inTransaction(db, () => dropTables(db, [stagedPrefix(run)], [ledgerTable(run), controlTable(run)]));
        const made = control?.madeFile ?? madeFile;
        if (made && control?.state !== 'published' && isEmpty(db) && !db.memory) {
          session.replace(emptyStandIn());
          removeFile(path);
        }
      });
    },

    async contentsOf(tables) {
      return attempt((db) => contentsOf(db, tables));
    },

    async countStaged(query) {
      try {
        return countStaged(session.db, run, query);
      } catch (thrown) {
        throw asSqliteError(thrown, { path, side: 'target', otherwise: 'rule.failed' });
      }
    },

    stagingName: `tables named ${stagedPrefix(run)}…`,

    backupName(table) {
      return backupPrefix(run) + table;
    },

    writtenRows(table, key) {
      return isWritten(quote, table, `main.${quote(addedPrefix(run) + table)}`, key);
    },

    addedName(table) {
      return addedPrefix(run) + table;
    },

    async backups() {
      return attempt((db) => backupsOf(db, run));
    },

    async backupsOfOthers() {
      return attempt((db) => backupsOfOthers(db, run));
    },

    async stored(place) {
      return attempt((db) => storedUnder(db, [prefixOf[place](run)]));
    },

    async runsHere() {
      return attempt(runsHere);
    },

    async inUse() {
      return lock.isHeldForRun();
    },

    async dropBackups() {
      await attempt((db) =>
        inTransaction(db, () => dropTables(db, [backupPrefix(run), addedPrefix(run)], [mergedTable(run)])),
      );
    },

    async reclaim() {
      await attempt((db) => inTransaction(db, () => takeControl(db, run, 'published', false)));
    },

    async tablesIn(place) {
      const prefix = prefixOf[place](run);
      return attempt((db) => tablesWith(db, prefix).map((name) => name.slice(prefix.length)));
    },

    async putAside() {
      await attempt((db) => moveAside(db, run));
    },

    asideName(table) {
      return asidePrefix(run) + table;
    },

    async close() {
      const unused = madeFile && !session.db.memory && isEmpty(session.db);
      await session.close();
      if (unused && statSync(path, { throwIfNoEntry: false })?.size === 0) removeFile(path);
      lock.release();
    },
  };
}

const prefixOf = { staging: stagedPrefix, backup: backupPrefix, added: addedPrefix, aside: asidePrefix };

/** The control row knows; once it is gone, kept tables tell that the run was published. */
function stateOf(db: Database, run: RunIdentity): TargetState {
  const control = readControl(db, run);
  if (control) return control.state;
  if (tablesWith(db, stagedPrefix(run)).length > 0) return 'staged';
  return tablesWith(db, backupPrefix(run)).length > 0 ? 'published' : 'absent';
}

function dropTables(db: Database, prefixes: readonly string[], names: readonly string[]): void {
  for (const table of [...prefixes.flatMap((prefix) => tablesWith(db, prefix)), ...names]) {
    db.exec(`DROP TABLE IF EXISTS main.${quote(table)}`);
  }
}

function isEmpty(db: Database): boolean {
  return (
    db.prepare("SELECT 1 FROM main.sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' LIMIT 1").get() ===
    undefined
  );
}

function removeFile(path: string): void {
  try {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(path + suffix, { force: true });
  } catch (thrown) {
    throw new DroverError('compensate.failed', `${path} was made by this run and can't be removed.`, {
      cause: (thrown as Error).message,
      hint: 'Delete the file; it holds no tables.',
      where: { side: 'target' },
    });
  }
}
