// What tells where a run stands: databases, control row and marker, made, asked, taken up again and dropped.

import type { TargetState } from '../../publishing.ts';
import type { RunIdentity } from '../../session.ts';
import type { Link } from '../connection.ts';
import { telling } from '../errors.ts';
import { bookkeeping, checkEpoch, forgetChunks, markerStatement } from '../ledger.ts';
import {
  backupDatabase,
  CONTROL,
  LEDGER,
  MARKERS,
  MERGED,
  MOVED,
  OWN_TABLES,
  PUBLISHED,
  type READY,
  stagingDatabase,
} from '../names.ts';
import { qualified, quote } from '../syntax.ts';
import { dropRemembered, mergingOf } from './merge.ts';

export function inPublishing<T>(work: () => Promise<T>): Promise<T> {
  return telling({ what: 'The databases for publishing could not be made', code: 'publish.failed' }, work);
}

export function asking<T>(work: () => Promise<T>): Promise<T> {
  return telling({ what: 'The state of the target can’t be read', code: 'publish.failed' }, work);
}

export async function stateOf(link: Link, run: RunIdentity): Promise<TargetState> {
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

export async function tablesOf(
  link: Link,
  databases: readonly string[],
): Promise<{ database: string; name: string }[]> {
  const rows = await telling({ what: 'The state of the target can’t be read', code: 'publish.failed' }, () =>
    link.query(
      'SELECT TABLE_SCHEMA AS db, TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA IN (?)',
      [databases],
    ),
  );
  return rows.map((row) => ({ database: String(row.db), name: String(row.name) }));
}

/** With the character set and collation of the user's own database. */
export async function createDatabase(link: Link, name: string): Promise<void> {
  const [row] = await link.query(
    `SELECT DEFAULT_CHARACTER_SET_NAME AS charset, DEFAULT_COLLATION_NAME AS collation
     FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = ?`,
    [link.database],
  );
  const words = row ? ` CHARACTER SET ${String(row.charset)} COLLATE ${String(row.collation)}` : '';
  await link.query(`CREATE DATABASE IF NOT EXISTS ${quote(name)}${words}`);
}

/** Control row and ledger, and the marker last: before it, nothing of the run is there that anybody would look for. */
export async function takeControl(
  link: Link,
  run: RunIdentity,
  marker: typeof READY | typeof PUBLISHED,
): Promise<void> {
  for (const statement of bookkeeping(link.database, run)) await link.query(statement);
  await checkEpoch(link, run);
  const marked = (await tablesOf(link, [stagingDatabase(run)])).some(({ name }) => MARKERS.includes(name));
  if (!marked) await link.query(markerStatement(run, marker));
}

export async function epochOf(link: Link, run: RunIdentity): Promise<number> {
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
export async function forget(link: Link, run: RunIdentity, table: string): Promise<void> {
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
export async function dropStaging(link: Link, run: RunIdentity): Promise<void> {
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
export async function reclaim(link: Link, run: RunIdentity): Promise<void> {
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
