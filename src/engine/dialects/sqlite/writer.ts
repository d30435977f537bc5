// Loads chunks into staging: one transaction a chunk, the ledger first, rows by parcels, or bound many to a statement.

import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { DroverError } from '../../../shared/errors.ts';
import type { TargetColumn, TargetTable } from '../../../shared/model/plan.ts';
import type { RowBatch } from '../../pipeline/batch.ts';
import type { RunIdentity } from '../session.ts';
import type { Loader, LoadOrder, Writer } from '../writing.ts';
import { binderFor } from './binders.ts';
import { BoundRows, type IncomingRows } from './bound-rows.ts';
import { openToWrite } from './connection.ts';
import { asSqliteError } from './errors.ts';
import { completeEntry, openEntry, refuseOtherEpoch } from './ledger.ts';
import { physicalName } from './names.ts';
import { PackedRows } from './packed-rows.ts';
import { Parcel } from './parcel.ts';
import { formOf } from './parcel-kernel.ts';
import { quote } from './syntax.ts';
import { attachSource, takeRows, takingConditions } from './taking.ts';
import { beginImmediate, commit, rollback } from './transaction.ts';
import { split } from './type-parse.ts';

/** `plain`: without parcels, which must come to the same. */
export function openWriter(path: string, run: RunIdentity, plain = false): Writer {
  const db = openToWrite(path, false);
  let parcel: Parcel | null = null;
  /** There can be none beside this file. */
  let refused = false;
  const failure = (thrown: unknown, table: string) =>
    asSqliteError(thrown, { path, side: 'target', table, otherwise: 'load.failed' });
  return {
    async begin(order, signal) {
      const table = order.table.name;
      const conditions = order.lying?.family === 'sqlite' ? takingConditions(order, order.lying) : null;
      const taking = conditions !== null && attachSource(db, order.lying!.path);
      // Whoever says how many rows are to be sent at once wants them bound.
      const packs = !plain && !refused && order.batchSize === null && order.columns.length > 0;
      if (packs) {
        parcel = fittingParcel(db, path, order, parcel);
        refused = parcel === null;
      }
      try {
        await beginImmediate(db);
        openEntry(db, run, table, order.chunk);
        refuseOtherEpoch(db, run);
        const taken = taking ? await takeRows(db, run, order, order.lying!, conditions, signal) : null;
        const rows = taken ?? incomingRows(db, run, order, packs ? parcel : null);
        return new SqliteLoader(db, run, order, rows, (thrown) => failure(thrown, table));
      } catch (thrown) {
        rollback(db);
        throw failure(thrown, table);
      }
    },
    async close() {
      rollback(db);
      db.close();
      parcel?.close();
    },
  };
}

/** The one that is attached, or another. Outside of a transaction. Null where there can be none. */
function fittingParcel(db: Database, path: string, order: LoadOrder, attached: Parcel | null): Parcel | null {
  const columns = order.columns.length;
  if (attached && columns <= attached.width) return attached;
  attached?.detach();
  return Parcel.attach(db, path, columns);
}

class SqliteLoader implements Loader {
  readonly #db: Database;
  readonly #run: RunIdentity;
  readonly #order: LoadOrder;
  readonly #failure: (thrown: unknown) => unknown;
  /** Null where the rows are there already. */
  readonly #rows: IncomingRows | null;
  readonly #taken: number;
  readonly hasTaken: boolean;

  /** `rows`: how they are to come in, or how many are there already. */
  constructor(
    db: Database,
    run: RunIdentity,
    order: LoadOrder,
    rows: IncomingRows | number,
    failure: (thrown: unknown) => unknown,
  ) {
    this.hasTaken = typeof rows === 'number';
    this.#rows = typeof rows === 'number' ? null : rows;
    this.#taken = typeof rows === 'number' ? rows : 0;
    this.#db = db;
    this.#run = run;
    this.#order = order;
    this.#failure = failure;
  }

  async write(batch: RowBatch): Promise<void> {
    try {
      this.#rows?.add(batch);
    } catch (thrown) {
      throw this.#failure(thrown);
    }
    // Writing blocks the thread: the reader, and word of an abort, get their turn between batches.
    await setImmediate();
  }

  async commit({ rows, digest }: { readonly rows: number; readonly digest: string }): Promise<void> {
    const { table, chunk } = this.#order;
    try {
      this.#rows?.finish();
      const inserted = this.#rows?.inserted ?? this.#taken;
      if (inserted !== rows) throw this.#miscounted(rows, inserted);
      completeEntry(this.#db, this.#run, { table: table.name, chunk, rows, digest });
      await commit(this.#db);
    } catch (thrown) {
      rollback(this.#db);
      throw this.#failure(thrown);
    }
  }

  async rollback(): Promise<void> {
    rollback(this.#db);
  }

  #miscounted(rows: number, inserted: number): DroverError {
    const { name } = this.#order.table;
    return new DroverError('load.count', `${rows} rows of ${name} were sent, but SQLite took ${inserted}.`, {
      hint: 'Run again; if it happens twice, please report it with the audit log.',
      where: { side: 'target', table: name },
    });
  }
}

/** By the parcel where there is one. */
function incomingRows(db: Database, run: RunIdentity, order: LoadOrder, parcel: Parcel | null): IncomingRows {
  const { table, columns, batchSize } = order;
  const targets = columns.map((name) => table.columns.find((column) => column.name === name)!);
  const into = `main.${quote(physicalName({ name: table.name, staging: run }))}`;
  const binders = targets.map((column) => binderFor(column, table.name));
  const bound = new BoundRows(db, { into, columns }, binders, batchSize);
  if (!parcel) return bound;
  parcel.begin({ into, columns }, Uint8Array.from(targets, formOf));
  return new PackedRows(parcel, bound, !targets.some((column) => isRowid(table, column)));
}

/** INTEGER PRIMARY KEY */
function isRowid({ primaryKey }: TargetTable, { name, native }: TargetColumn): boolean {
  const [only, ...more] = primaryKey?.columns ?? [];
  return only === name && more.length === 0 && split(native).declared.toUpperCase() === 'INTEGER';
}
