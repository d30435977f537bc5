// One consistent view of the source for all readers: tables are locked only for the moment in which readers begin.

import type { Access } from '../../../shared/model/connection.ts';
import type { SnapshotHold, SnapshotOptions } from '../reading.ts';
import { type Link, open } from './connection.ts';
import { isLocked, type ServerError, statementError, telling } from './errors.ts';
import { qualified } from './syntax.ts';

/** A server joins at most 61 tables in one statement. */
const TABLES_PER_STATEMENT = 40;
const LOCK_TRIES = 3;

export async function holdSnapshot(
  access: Access,
  tables: readonly string[],
  options: SnapshotOptions,
): Promise<SnapshotHold> {
  const link = await open(access, 'source');
  try {
    const loose = await looseTables(link, tables);
    const locked = options.readers > 1 && (await lockTables(link, tables));
    const readers = locked ? options.readers : 1;
    const view = locked
      ? `consistent snapshots of ${readers} readers, begun under LOCK TABLES … READ`
      : 'consistent snapshot of one reader';
    return {
      token: JSON.stringify(tables),
      method:
        loose.length === 0 ? view : `${view}; not covered, because their engine has no snapshots: ${loose.join(', ')}`,
      readers,
      async joined() {
        if (locked) await telling(unlocking, () => link.query('UNLOCK TABLES'));
      },
      release: () => link.close(),
    };
  } catch (error) {
    link.destroy();
    throw error;
  }
}

const unlocking = { what: 'Releasing the locks on the source failed', code: 'load.failed' } as const;

/** Begins the reader's view and touches every table, which keeps others from altering them while it lasts. */
export async function joinSnapshot(link: Link, token: string): Promise<void> {
  const tables = JSON.parse(token) as string[];
  await telling({ what: 'The snapshot of the source could not be taken', code: 'load.failed' }, async () => {
    await link.query('START TRANSACTION WITH CONSISTENT SNAPSHOT');
    for (let i = 0; i < tables.length; i += TABLES_PER_STATEMENT) {
      const touches = tables
        .slice(i, i + TABLES_PER_STATEMENT)
        .map((table) => `(SELECT 1 FROM ${qualified(link.database, table)} LIMIT 0)`);
      await link.query(touches.join(' UNION ALL '));
    }
  });
}

/** False where the account may not lock, or where writers leave no gap: one reader needs no lock. */
async function lockTables(link: Link, tables: readonly string[]): Promise<boolean> {
  if (tables.length === 0) return false;
  const locks = tables.map((table) => `${qualified(link.database, table)} READ`).join(', ');
  await link.query('SET SESSION lock_wait_timeout = 10');
  for (let tries = 1; ; tries++) {
    try {
      await link.query(`LOCK TABLES ${locks}`);
      return true;
    } catch (error) {
      if ([1044, 1045, 1142, 1227].includes((error as ServerError).errno ?? 0)) return false;
      if (!isLocked(error))
        throw statementError(error, { what: 'Locking the tables of the source failed', code: 'load.failed' });
      if (tries === LOCK_TRIES) return false;
    }
  }
}

/** Tables whose engine takes no part in snapshots: MyISAM, Aria, MEMORY, CSV … */
async function looseTables(link: Link, tables: readonly string[]): Promise<string[]> {
  const rows = await telling({ what: 'The storage engines of the source can’t be read', code: 'inspect.failed' }, () =>
    link.query(
      `SELECT t.TABLE_NAME AS name, t.ENGINE AS engine FROM information_schema.TABLES t
       LEFT JOIN information_schema.ENGINES e ON e.ENGINE = t.ENGINE
       WHERE t.TABLE_SCHEMA = ? AND t.ENGINE IS NOT NULL AND COALESCE(e.TRANSACTIONS, 'NO') <> 'YES'
         AND t.TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')`,
      [link.database],
    ),
  );
  const wanted = new Set(tables);
  const missing = rows.filter((row) => wanted.has(String(row.name)));
  return missing.map((row) => `${row.name} (${row.engine})`);
}
