// The backups of a run in its file, with what they hold.

import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { many } from '../../../shared/format.ts';
import type { RunTable, StoredTable, TableTie } from '../publishing.ts';
import type { RunIdentity } from '../session.ts';
import { isSmall, sizes } from './inspector/estimates.ts';
import { tablesWith } from './ledger.ts';
import { addedPrefix, backupIn, backupPrefix, madeUpName, runIn } from './names.ts';
import { attach } from './schema/detach.ts';
import { parseTable } from './schema/schema-parser.ts';
import { quote } from './syntax.ts';

/** SQLite keeps neither sizes nor estimates of tables: in small files they are counted, of large ones nothing is said. */
export function storedUnder(db: Database, prefixes: readonly string[]): StoredTable[] {
  const small = isSmall(db);
  const bytes = sizes(db, objectsOf(db), small);
  return prefixes.flatMap((prefix) =>
    tablesWith(db, prefix).map((name) => ({
      table: name.slice(prefix.length),
      keptAs: name,
      rows: small ? countOf(db, name) : null,
      estimated: false,
      bytes: bytes.get(name) ?? null,
    })),
  );
}

export function backupsOf(db: Database, run: RunIdentity): StoredTable[] {
  return storedUnder(db, [backupPrefix(run), addedPrefix(run)]);
}

export function runsHere(db: Database): string[] {
  return [...new Set(tablesWith(db, 'drover_').flatMap((name) => runIn(name) ?? []))].sort();
}

export function backupsOfOthers(db: Database, run: RunIdentity): RunTable[] {
  return tablesWith(db, 'drover_').flatMap((name) => {
    const kept = backupIn(name);
    return kept && kept.run !== run.id ? [kept] : [];
  });
}

/** From the texts that the tables had: as backups they refer to nobody. */
export function backupTies(db: Database, run: RunIdentity): TableTie[] {
  const prefix = backupPrefix(run);
  const kept = new Map(
    tablesWith(db, prefix).map((name) => [name.slice(prefix.length).toLowerCase(), name.slice(prefix.length)]),
  );
  const sqlOf = db.prepare("SELECT sql FROM main.sqlite_schema WHERE type = 'table' AND name = ?").pluck();
  return [...kept.values()].flatMap((table) => {
    const parsed = parseTable(attach(String(sqlOf.get(prefix + table))));
    return (parsed?.foreignKeys ?? []).flatMap(({ name, columns, parent }) => {
      const references = kept.get(parent.toLowerCase());
      if (references === undefined || references === table) return [];
      return [{ key: name ?? madeUpName('fk', table, columns), table, references }];
    });
  });
}

/** Rows as they lie in the file; whoever writes into a table and takes it back may change their order, and is found out. */
export function contentsOf(db: Database, tables: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    tables.map((table) => {
      const hash = createHash('sha256');
      let rows = 0;
      for (const row of db
        .prepare(`SELECT * FROM main.${quote(table)}`)
        .raw()
        .safeIntegers()
        .iterate()) {
        rows++;
        for (const value of row as (bigint | number | string | Buffer | null)[]) {
          hash.update(`${typeof value}:${Buffer.isBuffer(value) ? value.length : ''}:`);
          hash.update(Buffer.isBuffer(value) ? value : String(value));
        }
      }
      return [table, `${many(rows, 'row')}, ${hash.digest('hex')}`];
    }),
  );
}

function objectsOf(db: Database): { name: string; tbl_name: string }[] {
  return db.prepare('SELECT name, tbl_name FROM main.sqlite_schema').all() as { name: string; tbl_name: string }[];
}

function countOf(db: Database, table: string): number {
  return Number(
    db
      .prepare(`SELECT count(*) FROM main.${quote(table)}`)
      .pluck()
      .get(),
  );
}
