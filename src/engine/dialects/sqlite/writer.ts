// Loads chunks into staging: one transaction a chunk, the ledger first, many rows to a statement.

import { setImmediate } from 'node:timers/promises';
import type { Database, Statement } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import { fieldLength, NULL_LENGTH, type RowBatch } from '../../pipeline/batch.ts';
import type { RunIdentity } from '../session.ts';
import type { Loader, LoadOrder, Writer } from '../writing.ts';
import { type Binder, type Bound, binderFor } from './binders.ts';
import { openToWrite } from './connection.ts';
import { asSqliteError } from './errors.ts';
import { completeEntry, openEntry, refuseOtherEpoch } from './ledger.ts';
import { physicalName } from './names.ts';
import { quote } from './syntax.ts';
import { attachSource, takeRows, takingConditions } from './taking.ts';
import { beginImmediate, commit, rollback } from './transaction.ts';

const MAX_PARAMETERS = 32_766;

/** More rows to a statement gain nothing, and hold more values back until it is full. */
const ROWS_A_STATEMENT = 50;

/** Long values are sent on without waiting for a full statement. */
const HELD_BYTES = 1024 * 1024;

export function openWriter(path: string, run: RunIdentity): Writer {
  const db = openToWrite(path, false);
  const failure = (thrown: unknown, table: string) =>
    asSqliteError(thrown, { path, side: 'target', table, otherwise: 'load.failed' });
  return {
    async begin(order, signal) {
      const table = order.table.name;
      const conditions = order.lying?.family === 'sqlite' ? takingConditions(order, order.lying) : null;
      const taking = conditions !== null && attachSource(db, order.lying!.path);
      try {
        await beginImmediate(db);
        openEntry(db, run, table, order.chunk);
        refuseOtherEpoch(db, run);
        const taken = taking ? await takeRows(db, run, order, order.lying!, conditions, signal) : null;
        return new SqliteLoader(db, run, order, taken, (thrown) => failure(thrown, table));
      } catch (thrown) {
        rollback(db);
        throw failure(thrown, table);
      }
    },
    async close() {
      rollback(db);
      db.close();
    },
  };
}

class SqliteLoader implements Loader {
  readonly #db: Database;
  readonly #run: RunIdentity;
  readonly #order: LoadOrder;
  readonly #failure: (thrown: unknown) => unknown;
  readonly #binders: readonly Binder[];
  readonly #rowsAStatement: number;
  readonly #many: Statement;
  readonly #one: Statement;
  /** Values of rows that wait for a full statement. */
  #values: Bound[] = [];
  #bytes = 0;
  #inserted: number;
  readonly hasTaken: boolean;

  /** `taken`: rows that are there already; null where they are to be written. */
  constructor(
    db: Database,
    run: RunIdentity,
    order: LoadOrder,
    taken: number | null,
    failure: (thrown: unknown) => unknown,
  ) {
    this.hasTaken = taken !== null;
    this.#inserted = taken ?? 0;
    this.#db = db;
    this.#run = run;
    this.#order = order;
    this.#failure = failure;
    const { table, columns, batchSize } = order;
    this.#binders = columns.map((name) => binderFor(table.columns.find((column) => column.name === name)!, table.name));
    const fitting = Math.floor(MAX_PARAMETERS / Math.max(1, columns.length));
    this.#rowsAStatement = Math.max(1, Math.min(fitting, batchSize ?? ROWS_A_STATEMENT));
    this.#many = db.prepare(insertSql(order, run, this.#rowsAStatement));
    this.#one = db.prepare(insertSql(order, run, 1));
  }

  async write(batch: RowBatch): Promise<void> {
    try {
      this.#take(batch);
    } catch (thrown) {
      throw this.#failure(thrown);
    }
    // Writing blocks the thread: the reader, and word of an abort, get their turn between batches.
    await setImmediate();
  }

  async commit({ rows, digest }: { readonly rows: number; readonly digest: string }): Promise<void> {
    const { table, chunk } = this.#order;
    try {
      this.#flush();
      if (this.#inserted !== rows) throw this.#miscounted(rows);
      completeEntry(this.#db, this.#run, { table: table.name, chunk, rows, digest });
      await commit(this.#db);
    } catch (thrown) {
      rollback(this.#db);
      throw this.#failure(thrown);
    }
  }

  async rollback(): Promise<void> {
    this.#values = [];
    rollback(this.#db);
  }

  #take({ bytes, rows }: RowBatch): void {
    const binders = this.#binders;
    const full = this.#rowsAStatement * binders.length;
    let at = 0;
    for (let row = 0; row < rows; row++) {
      const began = at;
      for (let i = 0; i < binders.length; i++) {
        const length = fieldLength(bytes, at);
        at += 4;
        if (length === NULL_LENGTH) {
          this.#values.push(null);
          continue;
        }
        this.#values.push(binders[i]!(bytes, at, at + length));
        at += length;
      }
      this.#bytes += at - began;
      if (this.#values.length === full && full > 0) {
        this.#inserted += this.#many.run(this.#values).changes;
        this.#values = [];
        this.#bytes = 0;
      } else if (this.#bytes > HELD_BYTES) this.#flush();
      if (binders.length === 0) this.#inserted += this.#one.run().changes;
    }
  }

  /** The rows that did not fill a statement, one by one. */
  #flush(): void {
    const width = this.#binders.length;
    for (let at = 0; at < this.#values.length; at += width) {
      this.#inserted += this.#one.run(this.#values.slice(at, at + width)).changes;
    }
    this.#values = [];
    this.#bytes = 0;
  }

  #miscounted(rows: number): DroverError {
    const { name } = this.#order.table;
    return new DroverError('load.count', `${rows} rows of ${name} were sent, but SQLite took ${this.#inserted}.`, {
      hint: 'Run again; if it happens twice, please report it with the audit log.',
      where: { side: 'target', table: name },
    });
  }
}

function insertSql({ table, columns }: LoadOrder, run: RunIdentity, rows: number): string {
  const into = quote(physicalName({ name: table.name, staging: run }));
  if (columns.length === 0) return `INSERT INTO ${into} DEFAULT VALUES`;
  const row = `(${columns.map(() => '?').join(',')})`;
  return `INSERT INTO ${into} (${columns.map(quote).join(', ')}) VALUES ${new Array(rows).fill(row).join(',')}`;
}
