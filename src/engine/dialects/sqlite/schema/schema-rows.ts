// The rows of sqlite_schema, read once and changed one by one. ALTER TABLE … RENAME parses all others for each table: of
// 1,000 tables that took nine seconds, with the file locked.

import type { Database } from 'better-sqlite3';
import { literal } from '../syntax.ts';
import { retargetTrigger } from './detach.ts';

interface Row {
  readonly rowid: number;
  readonly type: 'table' | 'index' | 'view' | 'trigger';
  name: string;
  /** The table that it is, or belongs to. */
  table: string;
  /** Null for the indexes of constraints. */
  sql: string | null;
}

export interface Named {
  readonly name: string;
  readonly sql: string;
}

/** In front of the names of indexes that SQLite makes for constraints: the table's name and a number follow. */
const OWN_INDEX = 'sqlite_autoindex_';

/**
 * What is changed here stands in the file, and SQLite knows nothing of it before it reads the schema anew: till then no
 * statement may name what was renamed. Needs writable_schema, in a transaction of the caller.
 */
export class SchemaRows {
  readonly #db: Database;
  /** Tables, views and indexes, which share their names. */
  readonly #named = new Map<string, Row>();
  /** Indexes and triggers by their table. */
  readonly #hanging = new Map<string, Row[]>();
  /** Tables with AUTOINCREMENT of which a number was given out. */
  readonly #counting: Set<string>;

  constructor(db: Database) {
    this.#db = db;
    const rows = db
      .prepare('SELECT rowid, type, name, tbl_name AS "table", sql FROM main.sqlite_schema ORDER BY name')
      .all() as Row[];
    for (const row of rows) {
      if (row.type !== 'trigger') this.#named.set(folded(row.name), row);
      if (row.type === 'index' || row.type === 'trigger') this.#put(row);
    }
    const counting = this.isTaken('sqlite_sequence')
      ? db.prepare('SELECT name FROM main.sqlite_sequence').pluck()
      : null;
    this.#counting = new Set(counting?.all() as string[] | undefined);
  }

  hasTable(name: string): boolean {
    return this.#named.get(folded(name))?.type === 'table';
  }

  /** By a table, a view or an index. */
  isTaken(name: string): boolean {
    return this.#named.has(folded(name));
  }

  /** Those made by CREATE INDEX; SQLite names those of constraints itself. */
  indexesOf(table: string): Named[] {
    return this.#of(table, 'index');
  }

  triggersOf(table: string): Named[] {
    return this.#of(table, 'trigger');
  }

  /**
   * `rewrite` is given the text of CREATE TABLE, and returns the one under the new name. What belongs to the table goes
   * along, as ALTER TABLE has it; the texts of indexes are for `renameIndex`.
   */
  renameTable(from: string, to: string, rewrite: (sql: string) => string): void {
    const row = this.#find('table', from);
    const old = row.name;
    this.#change(row, to, to, rewrite(row.sql!));
    const hanging = this.#hanging.get(folded(old)) ?? [];
    this.#hanging.delete(folded(old));
    for (const each of hanging) {
      const own = each.type === 'index' && each.name.startsWith(OWN_INDEX);
      const name = own ? `${OWN_INDEX}${to}${each.name.slice(OWN_INDEX.length + old.length)}` : each.name;
      this.#change(each, name, to, each.type === 'trigger' ? retargetTrigger(each.sql!, to) : each.sql);
      this.#put(each);
    }
    if (!this.#counting.delete(old)) return;
    this.#db.prepare(`UPDATE main.sqlite_sequence SET name = ${literal(to)} WHERE name = ${literal(old)}`).run();
    this.#counting.add(to);
  }

  renameIndex(from: string, to: string, sql: string): void {
    const row = this.#find('index', from);
    this.#change(row, to, row.table, sql);
  }

  #find(type: 'table' | 'index', name: string): Row {
    const row = this.#named.get(folded(name));
    if (row?.type !== type) throw new Error(`no ${type} ${name} in the schema`);
    return row;
  }

  /** The audit tells the statement, so the names stand in it. */
  #change(row: Row, name: string, table: string, sql: string | null): void {
    const { changes } = this.#db
      .prepare(
        `UPDATE main.sqlite_schema SET name = ${literal(name)}, tbl_name = ${literal(table)}, sql = ?
         WHERE rowid = ${row.rowid} AND name = ${literal(row.name)}`,
      )
      .run(sql);
    if (changes !== 1) throw new Error(`no ${row.type} ${row.name} in the schema`);
    if (row.type !== 'trigger') {
      this.#named.delete(folded(row.name));
      this.#named.set(folded(name), row);
    }
    Object.assign(row, { name, table, sql });
  }

  #put(row: Row): void {
    const key = folded(row.table);
    this.#hanging.set(key, [...(this.#hanging.get(key) ?? []), row]);
  }

  #of(table: string, type: Row['type']): Named[] {
    return (this.#hanging.get(folded(table)) ?? []).flatMap((row) =>
      row.type === type && row.sql !== null ? [{ name: row.name, sql: row.sql }] : [],
    );
  }
}

/** As SQLite compares names: only the letters of ASCII have another case. */
function folded(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
}
