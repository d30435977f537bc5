// Opens SQLite files: sources read-only, targets to write, and says in plain words why one can't be opened.

import { accessSync, constants, existsSync, type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import { Teller, type Told } from '../told.ts';
import { asSqliteError, corrupt, notSqlite } from './errors.ts';
import { BUSY_TIMEOUT_MS, settleReader, settleWriter } from './settings.ts';

/** Files up to this size are checked for damage when they are opened; larger ones show it when they are read. */
const CHECKED_BYTES = 64 * 1024 * 1024;

/** Damage found or not, a file that has not changed since need not be looked through again. */
const checked = new Set<string>();

/** Opens a file that exists, to read only. Throws `connect.missing-file`, `not-sqlite`, `corrupt`, `no-privilege`. */
export function openToRead(path: string, side: 'source' | 'target', ownCopy = false): Database.Database {
  const file = stat(path);
  if (!file) throw missing(path, side);
  refuseForeign(path, file);
  return opened(path, side, () => {
    const db = readable(path);
    settleReader(db);
    const state = `${path} ${file.size} ${file.mtimeMs}`;
    if (side === 'source' && !ownCopy && file.size <= CHECKED_BYTES && !checked.has(state)) {
      refuseDamaged(db, path);
      checked.add(state);
    }
    return db;
  });
}

/** Opens a file to write; makes it where `create` says so. Throws the same, and `connect.read-only`. */
export function openToWrite(path: string, create: boolean, told?: Told): Database.Database {
  const file = stat(path);
  if (!file && !create) throw missing(path, 'target');
  if (file) refuseForeign(path, file);
  refuseUnwritable(path, file);
  return opened(path, 'target', () => {
    const db = new Database(path, { fileMustExist: !create, timeout: BUSY_TIMEOUT_MS });
    settleWriter(db);
    if (told) listen(db, new Teller(told));
    return db;
  });
}

function listen(db: Database.Database, teller: Teller): void {
  const heard = <T>(sql: string, act: () => T): T => {
    try {
      const answer = act();
      teller.done(sql);
      return answer;
    } catch (error) {
      // A COMMIT for which somebody else's reader is in the way is tried again.
      if (!(db.inTransaction && /^COMMIT/i.test(sql))) teller.failed(sql, error, true);
      throw error;
    }
  };
  const { exec, prepare, pragma } = db;
  db.exec = (sql) => heard(sql, () => exec.call(db, sql));
  db.pragma = (sql, options) => heard(`PRAGMA ${sql}`, () => pragma.call(db, sql, options));
  db.prepare = ((sql: string) => {
    const statement = prepare.call(db, sql);
    const run = statement.run.bind(statement) as (...values: unknown[]) => Database.RunResult;
    statement.run = (...values: unknown[]) => heard(sql, () => run(...values));
    return statement;
  }) as typeof prepare;
}

/** Stands in for a target that does not exist yet: an empty database that touches no disk. */
export function emptyStandIn(): Database.Database {
  const db = new Database(':memory:');
  settleWriter(db);
  return db;
}

export function fileExists(path: string): boolean {
  return existsSync(path);
}

/** Whether a target could be written, without writing; throws `connect.read-only`. */
export function refuseUnwritable(path: string, file: Stats | null = stat(path)): void {
  const folder = dirname(path);
  const place = stat(folder);
  if (!place) {
    throw new DroverError('connect.missing-file', `The folder ${folder} does not exist.`, {
      hint: 'Make the folder, or choose another place for the target.',
      where: { side: 'target' },
    });
  }
  // The bits are looked at as well: root may write everything, but a file marked read-only is meant to stay as it is.
  if (file && !writable(path, file)) throw readOnly(path);
  if (!writable(folder, place)) throw readOnly(folder);
}

function opened(path: string, side: 'source' | 'target', open: () => Database.Database): Database.Database {
  let db: Database.Database | undefined;
  try {
    db = open();
    // The first look into the file; opening alone reads nothing.
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (thrown) {
    db?.close();
    throw asSqliteError(thrown, { path, side, otherwise: 'connect.not-sqlite' });
  }
}

function readable(path: string): Database.Database {
  const db = new Database(path, { readonly: true, fileMustExist: true, timeout: 5000 });
  try {
    db.prepare('SELECT count(*) FROM sqlite_schema').get();
    return db;
  } catch (thrown) {
    db.close();
    // A file in WAL mode wants its -shm beside it. Where the folder can't be written and nobody else has it open,
    // the file as it lies there is the whole database.
    const cantOpen = thrown instanceof Database.SqliteError && /^SQLITE_(CANTOPEN|READONLY)/.test(thrown.code);
    if (!cantOpen || existsSync(`${path}-wal`)) throw thrown;
    return new Database(`${pathToFileURL(path).href}?immutable=1`, { readonly: true });
  }
}

/**
 * Whether the file is one of SQLite's, SQLite itself says: whoever opens the file beside it and closes it again gives back
 * all locks that this process holds on it (POSIX), and other programs may write what is being read or written here.
 */
function refuseForeign(path: string, file: Stats): void {
  if (file.isFile()) return;
  throw notSqlite(path, { cause: file.isDirectory() ? 'It is a folder.' : 'It is no ordinary file.' });
}

/** Violated constraints are no damage: the rows can be read, and it is for the plan to speak of them. */
function refuseDamaged(db: Database.Database, path: string): void {
  const findings = db.prepare('PRAGMA quick_check(20)').pluck().all() as string[];
  const damage = findings.find((text) => text.startsWith('***') || /malformed|wrong # of entries/i.test(text));
  if (damage) throw corrupt(path, { cause: damage.replaceAll(/\s+/g, ' ') });
}

function writable(path: string, file: Stats): boolean {
  if (process.platform !== 'win32' && (file.mode & 0o222) === 0) return false;
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function stat(path: string): Stats | null {
  try {
    return statSync(path);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return null;
    throw new DroverError('connect.no-privilege', `${path} can't be looked at.`, { cause: (thrown as Error).message });
  }
}

function missing(path: string, side: 'source' | 'target'): DroverError {
  return new DroverError('connect.missing-file', `There is no file ${path}.`, {
    hint: 'Check the path; relative paths count from the folder that Drover was started in.',
    where: { side },
  });
}

function readOnly(path: string): DroverError {
  return new DroverError('connect.read-only', `${path} can't be written.`, {
    hint: 'Give write permission on the file and its folder, or choose another target.',
    where: { side: 'target' },
  });
}
