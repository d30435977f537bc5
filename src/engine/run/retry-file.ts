// Rows of a quarantine as a database of their own, so that they are replayed as any rows are migrated.

import { rename, rm } from 'node:fs/promises';
import Database from 'better-sqlite3';
import type { Feed } from '../../shared/model/plan.ts';
import type { KeptRow } from './quarantine/rows.ts';

/** Rows of one source that are still kept aside. */
export interface KeptOf {
  readonly feed: Feed;
  readonly rows: readonly KeptRow[];
}

/** A table for each source, with the columns that were read of it. Writes a whole file or none. */
export async function writeRetryFile(file: string, kept: readonly KeptOf[]): Promise<void> {
  const scratch = `${file}.new`;
  await rm(scratch, { force: true });
  const database = new Database(scratch);
  try {
    database.pragma('journal_mode = OFF');
    database.exec('BEGIN');
    for (const { feed, rows } of kept) fill(database, feed.source, rows, bytesColumns(feed));
    database.exec('COMMIT');
  } finally {
    database.close();
  }
  await rename(scratch, file);
}

/** Columns of bytes, which a quarantine holds as hexadecimal digits. */
function bytesColumns({ lanes, besides }: Feed): ReadonlySet<string> {
  return new Set([
    ...lanes.flatMap((lane) => (lane.sourceLogical.kind === 'binary' ? [lane.source] : [])),
    ...besides.flatMap(({ name, logical }) => (logical.kind === 'binary' ? [name] : [])),
  ]);
}

function fill(database: Database.Database, table: string, rows: readonly KeptRow[], bytes: ReadonlySet<string>): void {
  const columns = Object.keys(rows[0]!.row.values);
  const declared = columns.map((name) => `${quoted(name)} ${bytes.has(name) ? 'BLOB' : 'TEXT'}`);
  database.exec(`CREATE TABLE ${quoted(table)} (${declared.join(', ')})`);
  const insert = database.prepare(`INSERT INTO ${quoted(table)} VALUES (${columns.map(() => '?').join(', ')})`);
  for (const { row } of rows) {
    insert.run(
      columns.map((name) => {
        const value = row.values[name] ?? null;
        return value !== null && bytes.has(name) ? Buffer.from(value, 'hex') : value;
      }),
    );
  }
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
