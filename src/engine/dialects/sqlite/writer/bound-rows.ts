// Rows that come into a table by binding their values, many to a statement.

import type { Database, Statement } from 'better-sqlite3';
import { fieldLength, NULL_LENGTH, type RowBatch } from '../../../pipeline/batch.ts';
import { quote } from '../syntax.ts';
import type { Binder, Bound } from './binders.ts';

const MAX_PARAMETERS = 32_766;

/** More rows to a statement gain nothing, and hold more values back until it is full. */
const ROWS_A_STATEMENT = 50;

/** Long values are sent on without waiting for a full statement. */
const HELD_BYTES = 1024 * 1024;

/** Where rows are to go. */
export interface Destination {
  /** The table, quoted. */
  readonly into: string;
  readonly columns: readonly string[];
}

/** Inside of a transaction. */
export class BoundRows {
  readonly #binders: readonly Binder[];
  readonly #rowsAStatement: number;
  readonly #prepare: (rows: number) => Statement;
  /** Prepared when they are needed: SQLite may have to look into the file for it. */
  #many: Statement | null = null;
  #one: Statement | null = null;
  /** Values of rows that wait for a full statement. */
  #values: Bound[] = [];
  #bytes = 0;
  /** So many are in the table. */
  inserted = 0;

  constructor(db: Database, destination: Destination, binders: readonly Binder[], batchSize: number | null) {
    this.#binders = binders;
    const fitting = Math.floor(MAX_PARAMETERS / Math.max(1, binders.length));
    this.#rowsAStatement = Math.max(1, Math.min(fitting, batchSize ?? ROWS_A_STATEMENT));
    this.#prepare = (rows) => db.prepare(insertSql(destination, rows));
  }

  add({ bytes, rows }: RowBatch): void {
    let at = 0;
    for (let row = 0; row < rows; row++) at = this.bind(bytes, at);
  }

  /** Takes the row at `start`, and returns where it ends. */
  bind(bytes: Buffer, start: number): number {
    const binders = this.#binders;
    let at = start;
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
    this.#bytes += at - start;
    if (binders.length === 0) this.inserted += this.#single().run().changes;
    else if (this.#values.length === this.#rowsAStatement * binders.length) {
      this.#many ??= this.#prepare(this.#rowsAStatement);
      this.inserted += this.#many.run(this.#values).changes;
      this.#values = [];
      this.#bytes = 0;
    } else if (this.#bytes > HELD_BYTES) this.finish();
    return at;
  }

  /** None is held back any more: the rows that did not fill a statement go one by one. */
  finish(): void {
    const width = this.#binders.length;
    for (let at = 0; at < this.#values.length; at += width) {
      this.inserted += this.#single().run(this.#values.slice(at, at + width)).changes;
    }
    this.#values = [];
    this.#bytes = 0;
  }

  #single(): Statement {
    this.#one ??= this.#prepare(1);
    return this.#one;
  }
}

function insertSql({ into, columns }: Destination, rows: number): string {
  if (columns.length === 0) return `INSERT INTO ${into} DEFAULT VALUES`;
  const row = `(${columns.map(() => '?').join(',')})`;
  return `INSERT INTO ${into} (${columns.map(quote).join(', ')}) VALUES ${new Array(rows).fill(row).join(',')}`;
}
