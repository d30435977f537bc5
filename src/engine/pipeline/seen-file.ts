// Values that were seen before, in a file that is gone when it is closed: so that memory stays bounded.

import Database from 'better-sqlite3';

const AT_ONCE = 50_000;

export class SeenFile {
  /** Recent values, before they are written. */
  readonly #fresh = new Set<string>();
  #file: {
    readonly database: Database.Database;
    readonly insert: Database.Statement;
    readonly find: Database.Statement;
  } | null = null;

  /** False where the value was added before. */
  add(value: string): boolean {
    if (this.#fresh.has(value)) return false;
    if (this.#file && this.#file.find.get(value) !== undefined) return false;
    this.#fresh.add(value);
    if (this.#fresh.size >= AT_ONCE) this.#spill();
    return true;
  }

  #spill(): void {
    this.#file ??= open();
    const { database, insert } = this.#file;
    database.transaction(() => {
      for (const value of this.#fresh) insert.run(value);
    })();
    this.#fresh.clear();
  }
}

/** SQLite deletes a database without a name when it is closed, at the latest with the process. */
function open() {
  const database = new Database('');
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -8192');
  database.exec('CREATE TABLE seen (value TEXT PRIMARY KEY) WITHOUT ROWID');
  const insert = database.prepare('INSERT INTO seen VALUES (?)');
  return { database, insert, find: database.prepare('SELECT 1 FROM seen WHERE value = ?') };
}
