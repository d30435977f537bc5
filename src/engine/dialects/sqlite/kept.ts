// The backups of a run in its file, with what they hold.

import type { Database } from 'better-sqlite3';
import type { RunIdentity, RunTable, StoredTable } from '../dialect.ts';
import { tablesWith } from './ledger.ts';
import { addedPrefix, backupIn, backupPrefix } from './names.ts';
import { quote } from './syntax.ts';

/** Counting reads the table: in files up to this size nobody waits for that. */
const COUNTED_BYTES = 256 * 1024 * 1024;

/** SQLite keeps neither sizes nor estimates of tables. */
export function backupsOf(db: Database, run: RunIdentity): StoredTable[] {
  const fileBytes =
    Number(db.pragma('page_count', { simple: true })) * Number(db.pragma('page_size', { simple: true }));
  return [backupPrefix(run), addedPrefix(run)].flatMap((prefix) =>
    tablesWith(db, prefix).map((name) => ({
      table: name.slice(prefix.length),
      keptAs: name,
      rows: fileBytes <= COUNTED_BYTES ? countOf(db, name) : null,
      bytes: null,
    })),
  );
}

export function backupsOfOthers(db: Database, run: RunIdentity): RunTable[] {
  return tablesWith(db, 'drover_').flatMap((name) => {
    const kept = backupIn(name);
    return kept && kept.run !== run.id ? [kept] : [];
  });
}

function countOf(db: Database, table: string): number {
  return Number(
    db
      .prepare(`SELECT count(*) FROM main.${quote(table)}`)
      .pluck()
      .get(),
  );
}
