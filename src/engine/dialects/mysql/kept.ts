// Tables that a run holds in databases of its own: which they are, how large, and putting them aside.

import type { RunIdentity, StoredTable } from '../dialect.ts';
import type { Link } from './connection.ts';
import { telling } from './errors.ts';
import { asideDatabase, backupDatabase, OWN_TABLES, stagingDatabase } from './names.ts';
import { renameAll } from './rename.ts';
import { qualified } from './syntax.ts';

/** Tables up to this size are counted; of larger ones the server's estimate will do. */
const COUNTED_BYTES = 8 * 1024 * 1024;

/** The user's own among the tables of one of the run's databases. */
export async function tablesIn(link: Link, database: string): Promise<string[]> {
  const rows = await asked(() =>
    link.query('SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY 1', [
      database,
    ]),
  );
  return rows.map((row) => String(row.name)).filter((name) => !OWN_TABLES.includes(name));
}

export async function backupsOf(link: Link, run: RunIdentity): Promise<StoredTable[]> {
  const backup = backupDatabase(run);
  const rows = await asked(() =>
    link.query(
      `SELECT TABLE_NAME AS name, TABLE_ROWS AS estimate, DATA_LENGTH + INDEX_LENGTH AS bytes
       FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME`,
      [backup],
    ),
  );
  const tables: StoredTable[] = [];
  for (const row of rows) {
    const table = String(row.name);
    if (OWN_TABLES.includes(table)) continue;
    const bytes = row.bytes === null ? null : Number(row.bytes);
    const estimate = row.estimate === null ? null : Number(row.estimate);
    const small = bytes !== null && bytes <= COUNTED_BYTES;
    tables.push({ table, rows: small ? await countOf(link, qualified(backup, table)) : estimate, bytes });
  }
  return tables;
}

/** All of them by one RENAME. */
export async function putAside(
  link: Link,
  run: RunIdentity,
  create: (database: string) => Promise<void>,
): Promise<void> {
  const staging = stagingDatabase(run);
  const tables = await tablesIn(link, staging);
  if (tables.length === 0) return;
  const aside = asideDatabase(run);
  await create(aside);
  await renameAll(
    link,
    tables.map((table) => [qualified(staging, table), qualified(aside, table)] as const),
  );
}

async function countOf(link: Link, reference: string): Promise<number> {
  const [row] = await asked(() => link.query(`SELECT COUNT(*) AS counted FROM ${reference}`));
  return Number(row?.counted);
}

function asked<T>(work: () => Promise<T>): Promise<T> {
  return telling({ what: 'The tables that were kept can’t be read', code: 'connect.lost' }, work);
}
