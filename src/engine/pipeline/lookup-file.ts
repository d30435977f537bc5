// Lookups: from a value of one column of a target table to that of another, in a file that any number of workers ask.
// A file keeps the memory bounded however large the table is; the last values found are remembered.

import { createHash } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { DroverError } from '../../shared/errors.ts';
import type { Find, LookupOf, Value } from './transforms/chain.ts';

/** Where the lookup stands in a run's folder. */
export function lookupFile(folder: string, lookup: LookupOf): string {
  const { in: table, match, take } = lookup;
  const name = createHash('sha256')
    .update(JSON.stringify([table, match, take]))
    .digest('hex')
    .slice(0, 24);
  return join(folder, `${name}.sqlite`);
}

/** Fills a lookup file. */
export class LookupWriter {
  readonly #database: Database.Database;
  readonly #insert: Database.Statement;
  readonly #column: string;
  readonly #placeOf: Database.Statement;
  #values = 0;
  #place = 0;

  /** `column` is what people call the column that values are matched with. */
  static async create(file: string, column: string): Promise<LookupWriter> {
    await mkdir(dirname(file), { recursive: true });
    await rm(file, { force: true });
    return new LookupWriter(new Database(file), column);
  }

  private constructor(database: Database.Database, column: string) {
    this.#database = database;
    this.#column = column;
    // Whoever finds it half written makes it again.
    database.pragma('journal_mode = OFF');
    database.pragma('synchronous = OFF');
    database.pragma('cache_size = -8192');
    database.exec('CREATE TABLE found (match TEXT PRIMARY KEY, take TEXT, place INTEGER) WITHOUT ROWID; BEGIN');
    this.#insert = database.prepare('INSERT OR IGNORE INTO found VALUES (?, ?, ?)');
    this.#placeOf = database.prepare('SELECT place FROM found WHERE match = ?').pluck();
  }

  /** What follows comes from another place: a value that was found before is no fault there. */
  next(): void {
    this.#place++;
  }

  /** NULL is never matched. */
  add(match: Value, take: Value): void {
    if (match === null) return;
    if (this.#insert.run(match, take, this.#place).changes > 0) this.#values++;
    else if (this.#placeOf.get(match) === this.#place) throw ambiguous(this.#column);
  }

  end(): number {
    this.#database.exec('COMMIT');
    this.#database.close();
    return this.#values;
  }

  abandon(): void {
    this.#database.close();
  }
}

function ambiguous(column: string): DroverError {
  return new DroverError('lookup.ambiguous', `A lookup can't tell rows apart: a value of ${column} is there twice.`, {
    hint: 'Match a column whose values are unique, or keep duplicates out with a filter or a rule.',
    where: { side: 'target' },
  });
}

/** Values that are remembered for each lookup. */
const REMEMBERED = 20_000;

interface Open {
  readonly database: Database.Database;
  readonly find: Find;
}

const opened = new Map<string, Open>();

/** Each thread opens a file once. */
export function openLookup(file: string): Find {
  let open = opened.get(file);
  if (!open) {
    open = reading(file);
    opened.set(file, open);
  }
  return open.find;
}

/** Those in this folder; all of them when none is named. */
export function closeLookups(folder = ''): void {
  for (const [file, { database }] of opened) {
    if (!file.startsWith(folder)) continue;
    database.close();
    opened.delete(file);
  }
}

function reading(file: string): Open {
  const database = new Database(file, { readonly: true, fileMustExist: true });
  database.pragma('cache_size = -4096');
  const statement = database.prepare('SELECT take FROM found WHERE match = ?').pluck();
  const known = new Map<string, Value | undefined>();
  return {
    database,
    find(value) {
      if (known.has(value)) return known.get(value);
      if (known.size >= REMEMBERED) known.clear();
      const found = statement.get(value) as Value | undefined;
      known.set(value, found);
      return found;
    },
  };
}
