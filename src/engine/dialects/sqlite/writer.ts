// Loads chunks into staging: one transaction a chunk, the ledger first, rows by parcels, or bound many to a statement.

import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import type { TargetColumn, TargetTable } from '../../../shared/model/plan.ts';
import type { RowBatch } from '../../pipeline/batch.ts';
import type { RunIdentity } from '../session.ts';
import type { Loader, LoadOrder, Writer } from '../writing.ts';
import { openToWrite } from './connection.ts';
import { asSqliteError, isBusy } from './errors.ts';
import { completeEntry, openEntry, refuseOtherEpoch } from './ledger.ts';
import { physicalName } from './names.ts';
import { quote } from './syntax.ts';
import { beginImmediate, commit, patiently, rollback } from './transaction.ts';
import { split } from './type-parse.ts';
import { binderFor } from './writer/binders.ts';
import { BoundRows } from './writer/bound-rows.ts';
import { PackedRows, type Transaction } from './writer/packed-rows.ts';
import { Parcel } from './writer/parcel.ts';
import { formOf } from './writer/parcel-kernel.ts';

/** `plain`: without parcels, which must come to the same. */
export function openWriter(path: string, run: RunIdentity, plain = false): Writer {
  let db: Database | null = null;
  let parcel: Parcel | null = null;
  /** There can be none beside this file. */
  let refused = false;

  /** Outside of a transaction. Null for rows that are to be bound. */
  function prepared({ batchSize, columns }: LoadOrder): { readonly open: Database; readonly fitting: Parcel | null } {
    const open = db ?? openToWrite(path, false);
    db = open;
    // Whoever says how many rows are to be sent at once wants them bound.
    const packs = !plain && !refused && batchSize === null && columns.length > 0;
    if (packs && !(parcel && columns.length <= parcel.width)) {
      parcel?.detach();
      parcel = null;
      parcel = Parcel.attach(open, path, columns.length);
      refused = parcel === null;
    }
    return { open, fitting: packs ? parcel : null };
  }

  return {
    async begin(order) {
      const turn = order.turn ?? (async () => undefined);
      const failure = (thrown: unknown) =>
        asSqliteError(thrown, { path, side: 'target', table: order.table.name, otherwise: 'load.failed' });
      try {
        const { open, fitting } = await beforeOrIn(turn, () => prepared(order));
        const chunk = new ChunkTransaction(open, run, order, turn);
        if (!order.turn || !fitting) await chunk.begin();
        return new SqliteLoader(chunk, order.table.name, incomingRows(open, run, order, fitting, chunk), failure);
      } catch (thrown) {
        if (db) rollback(db);
        throw failure(thrown);
      }
    },
    async close() {
      if (!db) return;
      rollback(db);
      db.close();
      parcel?.close();
    },
  };
}

/** Another writer of the run may hold the file. Then this is done when its own turn has come. */
async function beforeOrIn<T>(turn: () => Promise<void>, prepare: () => T): Promise<T> {
  try {
    return prepare();
  } catch (thrown) {
    if (!isBusy(thrown)) throw thrown;
    await turn();
    return patiently(prepare);
  }
}

/** Of one chunk: with its ledger row first, and last. */
class ChunkTransaction implements Transaction {
  readonly #db: Database;
  readonly #run: RunIdentity;
  readonly #order: LoadOrder;
  readonly #turn: () => Promise<void>;
  hasBegun = false;

  constructor(db: Database, run: RunIdentity, order: LoadOrder, turn: () => Promise<void>) {
    this.#db = db;
    this.#run = run;
    this.#order = order;
    this.#turn = turn;
  }

  async begin(): Promise<void> {
    if (this.hasBegun) return;
    await this.#turn();
    await beginImmediate(this.#db);
    this.hasBegun = true;
    openEntry(this.#db, this.#run, this.#order.table.name, this.#order.chunk);
    refuseOtherEpoch(this.#db, this.#run);
  }

  async commit(rows: number, digest: string): Promise<void> {
    const { table, chunk } = this.#order;
    completeEntry(this.#db, this.#run, { table: table.name, chunk, rows, digest });
    await commit(this.#db);
    // Mostly another one writes next, and what this one remembers of the file holds no longer.
    this.#db.pragma('shrink_memory');
  }

  rollback(): void {
    rollback(this.#db);
  }
}

class SqliteLoader implements Loader {
  readonly #chunk: ChunkTransaction;
  readonly #table: string;
  readonly #rows: BoundRows | PackedRows;
  readonly #failure: (thrown: unknown) => unknown;

  constructor(
    chunk: ChunkTransaction,
    table: string,
    rows: BoundRows | PackedRows,
    failure: (thrown: unknown) => unknown,
  ) {
    this.#chunk = chunk;
    this.#table = table;
    this.#rows = rows;
    this.#failure = failure;
  }

  async write(batch: RowBatch): Promise<void> {
    try {
      await this.#rows.add(batch);
    } catch (thrown) {
      throw this.#failure(thrown);
    }
    // Writing blocks the thread: the reader, and word of an abort, get their turn between batches.
    await setImmediate();
  }

  async commit({ rows, digest }: { readonly rows: number; readonly digest: string }): Promise<void> {
    try {
      await this.#rows.finish();
      if (this.#rows.inserted !== rows) throw miscounted(this.#table, rows, this.#rows.inserted);
      await this.#chunk.commit(rows, digest);
    } catch (thrown) {
      this.#chunk.rollback();
      throw this.#failure(thrown);
    }
  }

  async rollback(): Promise<void> {
    this.#chunk.rollback();
  }
}

function miscounted(table: string, rows: number, inserted: number): DroverError {
  return new DroverError('load.count', `${rows} rows of ${table} were sent, but SQLite took ${inserted}.`, {
    hint: 'Run again; if it happens twice, please report it with the audit log.',
    where: { side: 'target', table },
  });
}

/** By the parcel where there is one. */
function incomingRows(
  db: Database,
  run: RunIdentity,
  { table, columns, batchSize }: LoadOrder,
  parcel: Parcel | null,
  chunk: ChunkTransaction,
): BoundRows | PackedRows {
  const targets = columns.map((name) => table.columns.find((column) => column.name === name)!);
  const into = `main.${quote(physicalName({ name: table.name, staging: run }))}`;
  const binders = targets.map((column) => binderFor(column, table.name));
  const bound = new BoundRows(db, { into, columns }, binders, batchSize);
  if (!parcel) return bound;
  parcel.begin({ into, columns }, Uint8Array.from(targets, formOf));
  const keepsOrder = !targets.some((column) => isRowid(table, column));
  return new PackedRows(parcel, bound, keepsOrder, chunk);
}

/** INTEGER PRIMARY KEY */
function isRowid({ primaryKey }: TargetTable, { name, native }: TargetColumn): boolean {
  const [only, ...more] = primaryKey?.columns ?? [];
  return only === name && more.length === 0 && split(native).declared.toUpperCase() === 'INTEGER';
}
