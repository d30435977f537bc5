// SQLite's error codes as Drover's errors.

import Database from 'better-sqlite3';
import { DroverError, type ErrorCode, type ErrorDetails } from '../../../shared/errors.ts';
import { redactDatabaseText } from '../../support/redact.ts';
import { isOfARun } from './names.ts';

export interface ErrorContext {
  readonly path: string;
  readonly side: 'source' | 'target' | 'local';
  /** For what the code alone does not tell. */
  readonly otherwise: ErrorCode;
  readonly table?: string;
}

/** A DroverError stays as it is; anything that is not SQLite's passes untouched. */
export function asSqliteError(thrown: unknown, context: ErrorContext): unknown {
  if (!(thrown instanceof Database.SqliteError)) return thrown;
  const cause = withoutStagingNames(redactDatabaseText(thrown.message));
  const where = { side: context.side, ...(context.table === undefined ? {} : { table: context.table }) };
  return describe(thrown.code, context, { cause, where });
}

/** Runs `work`; what SQLite throws comes out as a DroverError. */
export function guarded<T>(context: ErrorContext, work: () => T): T {
  try {
    return work();
  } catch (thrown) {
    throw asSqliteError(thrown, context);
  }
}

/** Somebody else has a lock, as SQLite tells it, or as it was told on. */
export function isBusy(thrown: unknown): boolean {
  if (thrown instanceof DroverError) return thrown.data.code === 'publish.lock-timeout';
  return thrown instanceof Database.SqliteError && /^SQLITE_(BUSY|LOCKED)/.test(thrown.code);
}

function describe(code: string, { path, otherwise, table }: ErrorContext, details: ErrorDetails): DroverError {
  const kind = code.replace(/^SQLITE_/, '').replace(/_.*$/, '');
  switch (kind) {
    case 'NOTADB':
      return notSqlite(path, details);
    case 'CORRUPT':
      return corrupt(path, details);
    case 'READONLY':
      return new DroverError('connect.read-only', `${path} can't be written.`, {
        ...details,
        hint: 'Give write permission on the file and its folder, or choose another target.',
      });
    case 'CANTOPEN':
    case 'PERM':
    case 'AUTH':
      return new DroverError('connect.no-privilege', `${path} can't be opened.`, {
        ...details,
        hint: 'Check the permissions of the file and of its folder.',
      });
    case 'BUSY':
    case 'LOCKED':
      return new DroverError('publish.lock-timeout', `Another program holds a lock on ${path}.`, {
        ...details,
        hint: 'End the other program, or its transaction, and run again.',
      });
    case 'FULL':
      return new DroverError('support.disk-full', `The disk that holds ${path} is full.`, {
        ...details,
        hint: 'Free some space and run again.',
      });
    case 'IOERR':
      return new DroverError('connect.lost', `${path} can't be read or written any more.`, {
        ...details,
        hint: 'Check the disk, or the network drive, that holds the file.',
      });
    case 'NOMEM':
    case 'INTERRUPT':
    case 'PROTOCOL':
      return new DroverError('support.server', `SQLite can't go on with ${path}.`, {
        ...details,
        hint: 'Look at memory and the file system of this machine, then run again.',
      });
    case 'CONSTRAINT':
      return new DroverError('load.rejected', `SQLite refuses a row${table === undefined ? '' : ` of ${table}`}.`, {
        ...details,
        where: { ...details.where, ...columnIn(details.cause ?? '') },
        hint: 'Change the constraint or the type of this column in the project, or correct the rows in the source.',
      });
    default:
      return new DroverError(
        otherwise,
        `SQLite could not do this${table === undefined ? '' : ` for ${table}`}.`,
        details,
      );
  }
}

export function notSqlite(path: string, details: ErrorDetails = {}): DroverError {
  return new DroverError('connect.not-sqlite', `${path} is not an SQLite database.`, {
    ...details,
    hint: 'Choose a database file; an encrypted one must be decrypted first.',
  });
}

export function corrupt(path: string, details: ErrorDetails = {}): DroverError {
  return new DroverError('connect.corrupt', `${path} is damaged.`, {
    ...details,
    hint: 'Recover what can be read with: sqlite3 damaged.db .recover | sqlite3 new.db',
  });
}

/** "UNIQUE constraint failed: drover_x_s_orders.id" names the column behind the point. */
function columnIn(cause: string): { column?: string } {
  const column = /constraint failed: [^.,]+\.([^.,]+)$/.exec(cause)?.[1];
  return column === undefined ? {} : { column };
}

/** People know their tables, not Drover's names for them while they are staged. */
function withoutStagingNames(text: string): string {
  return text.replace(/\bdrover_[0-9a-z]{12}_[sba]_/g, (prefix) => (isOfARun(prefix) ? '' : prefix));
}
