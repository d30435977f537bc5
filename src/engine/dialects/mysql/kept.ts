// Tables that a run holds in databases of its own: which they are, how large, and putting them aside.

import { many } from '../../../shared/format.ts';
import type { RunTable, StoredTable, TableTie } from '../publishing.ts';
import type { RunIdentity } from '../session.ts';
import type { Link, Row } from './connection.ts';
import { telling } from './errors.ts';
import {
  addedDatabase,
  asideDatabase,
  backupDatabase,
  CONTROL,
  controlRemark,
  OWN_TABLES,
  stagingDatabase,
} from './names.ts';
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
  return [...(await storedIn(link, backupDatabase(run))), ...(await storedIn(link, addedDatabase(run)))];
}

export async function storedIn(link: Link, database: string): Promise<StoredTable[]> {
  const rows = await asked(() =>
    link.query(
      `SELECT TABLE_NAME AS name, TABLE_ROWS AS estimate, DATA_LENGTH + INDEX_LENGTH AS bytes
       FROM information_schema.TABLES WHERE TABLE_SCHEMA = ? ORDER BY TABLE_NAME`,
      [database],
    ),
  );
  const tables: StoredTable[] = [];
  for (const row of rows) {
    const table = String(row.name);
    if (OWN_TABLES.includes(table)) continue;
    const bytes = row.bytes === null ? null : Number(row.bytes);
    const estimate = row.estimate === null ? null : Number(row.estimate);
    const small = bytes !== null && bytes <= COUNTED_BYTES;
    const counted = small ? await countOf(link, qualified(database, table)) : estimate;
    tables.push({ table, keptAs: `${database}.${table}`, rows: counted, estimated: !small, bytes });
  }
  return tables;
}

/** By the names of their databases. What the control row's table says to be of another database is left out. */
export async function runsHere(link: Link): Promise<string[]> {
  const rows = await asked(() =>
    link.query(
      `SELECT SCHEMA_NAME AS db FROM information_schema.SCHEMATA
       WHERE SCHEMA_NAME REGEXP '^drover_[0-9a-z]{12}(_(backup|added|newer))?$'`,
    ),
  );
  const controls = await asked(() =>
    link.query(
      `SELECT TABLE_SCHEMA AS db, TABLE_COMMENT AS comment FROM information_schema.TABLES
       WHERE TABLE_SCHEMA REGEXP '^drover_[0-9a-z]{12}(_backup)?$' AND TABLE_NAME = ?`,
      [CONTROL],
    ),
  );
  const runIn = ({ db }: Row): string => String(db).slice(7, 19);
  const elsewhere = new Set(
    controls.filter(({ comment }) => comment !== '' && comment !== controlRemark(link.database)).map(runIn),
  );
  return [...new Set(rows.map(runIn))].filter((run) => !elsewhere.has(run)).sort();
}

/** Backups stand beside all databases of the server: which it was, the control row's table tells, if anything does. */
export async function backupsOfOthers(link: Link, run: RunIdentity): Promise<RunTable[]> {
  const rows = await asked(() =>
    link.query(
      `SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name, TABLE_COMMENT AS comment FROM information_schema.TABLES
       WHERE TABLE_SCHEMA REGEXP '^drover_[0-9a-z]{12}(_backup)?$'`,
    ),
  );
  const found = rows.map((row) => ({ run: String(row.db).slice(7, 19), ...namesOf(row) }));
  const elsewhere = new Set(
    found
      .filter(({ table, comment }) => table === CONTROL && comment !== '' && comment !== controlRemark(link.database))
      .map((each) => each.run),
  );
  return found
    .filter((each) => each.run !== run.id && each.kept && !OWN_TABLES.includes(each.table))
    .filter((each) => !elsewhere.has(each.run))
    .map((each) => ({ run: each.run, table: each.table }));
}

function namesOf(row: Row): { readonly table: string; readonly comment: string; readonly kept: boolean } {
  return { table: String(row.name), comment: String(row.comment ?? ''), kept: String(row.db).endsWith('_backup') };
}

export async function backupTies(link: Link, run: RunIdentity): Promise<TableTie[]> {
  const backup = backupDatabase(run);
  const rows = await asked(() =>
    link.query(
      `SELECT CONSTRAINT_NAME AS name, TABLE_NAME AS tab, REFERENCED_TABLE_NAME AS parent
       FROM information_schema.REFERENTIAL_CONSTRAINTS
       WHERE CONSTRAINT_SCHEMA = ? AND UNIQUE_CONSTRAINT_SCHEMA = ? AND TABLE_NAME <> REFERENCED_TABLE_NAME
       ORDER BY 2, 1`,
      [backup, backup],
    ),
  );
  return rows.map((row) => ({ key: String(row.name), table: String(row.tab), references: String(row.parent) }));
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

/** By the server's own checksum of rows, which does not mind their order, and their number. */
export async function contentsOf(link: Link, tables: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const sums = new Map<string, string>();
  for (const table of tables) {
    const name = qualified(link.database, table);
    const [sum] = await link.query(`CHECKSUM TABLE ${name} EXTENDED`);
    const [counted] = await link.query(`SELECT COUNT(*) AS number FROM ${name}`);
    sums.set(table, `${many(Number(counted?.number), 'row')}, ${String(sum?.Checksum)}`);
  }
  return sums;
}
