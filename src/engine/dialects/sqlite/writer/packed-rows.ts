// Rows that come into a table by a parcel; those that are not for one are bound. The transaction is needed when there is
// something to insert, which is when all rows are packed, as long as the parcel holds them.

import { setImmediate } from 'node:timers/promises';
import type { RowBatch } from '../../../pipeline/batch.ts';
import type { BoundRows } from './bound-rows.ts';
import type { Parcel } from './parcel.ts';

/** After so many rows that had to be bound, and when they are not rare, all that follow are. */
const PATIENCE = 200;
const RARE = 8;

export interface Transaction {
  readonly hasBegun: boolean;
  /** Unless it has begun. */
  begin(): Promise<void>;
}

export class PackedRows {
  readonly #parcel: Parcel;
  readonly #bound: BoundRows;
  readonly #keepsOrder: boolean;
  readonly #transaction: Transaction;
  /** Rows still go into the parcel. */
  #isOpen = true;
  #packed = 0;
  #misfits = 0;
  #inserted = 0;

  /** `keepsOrder`: rows are to come into the table in their order, since SQLite numbers them. */
  constructor(parcel: Parcel, bound: BoundRows, keepsOrder: boolean, transaction: Transaction) {
    this.#parcel = parcel;
    this.#bound = bound;
    this.#keepsOrder = keepsOrder;
    this.#transaction = transaction;
  }

  /** So many are in the table. */
  get inserted(): number {
    return this.#inserted + this.#bound.inserted;
  }

  async add(batch: RowBatch): Promise<void> {
    const { bytes, rows } = batch;
    const fits = this.#isOpen && this.#parcel.take(batch);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      if (fits && this.#isOpen) {
        const packed = this.#parcel.pack(at, rows - row);
        this.#packed += packed.rows;
        row += packed.rows;
        at = packed.next;
        if (row === rows) return;
        await this.#transaction.begin();
        if (packed.full) await this.#close();
      }
      if (!this.#transaction.hasBegun) await this.#transaction.begin();
      at = this.#isOpen ? await this.#bindBetween(bytes, at) : this.#bound.bind(bytes, at);
    }
  }

  async finish(): Promise<void> {
    await this.#transaction.begin();
    await this.#close();
    this.#bound.finish();
  }

  async #bindBetween(bytes: Buffer, start: number): Promise<number> {
    if (this.#keepsOrder) await this.#handOver();
    const end = this.#bound.bind(bytes, start);
    if (this.#keepsOrder) this.#bound.finish();
    if (++this.#misfits > PATIENCE && this.#misfits * RARE > this.#packed) await this.#close();
    return end;
  }

  async #close(): Promise<void> {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    await this.#handOver();
  }

  /** Inserting blocks the thread: between two tables of the parcel others get their turn. */
  async #handOver(): Promise<void> {
    for (const rows of this.#parcel.handOver()) {
      this.#inserted += rows;
      await setImmediate();
    }
  }
}
