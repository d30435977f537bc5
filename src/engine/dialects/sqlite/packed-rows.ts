// Rows that come into a table by a parcel; those that are not for one are bound.

import type { RowBatch } from '../../pipeline/batch.ts';
import type { BoundRows, IncomingRows } from './bound-rows.ts';
import type { Parcel } from './parcel.ts';

/** After so many rows that had to be bound, and when they are not rare, all that follow are. */
const PATIENCE = 200;
const RARE = 8;

export class PackedRows implements IncomingRows {
  readonly #parcel: Parcel;
  readonly #bound: BoundRows;
  readonly #keepsOrder: boolean;
  /** Rows still go into the parcel. */
  #isOpen = true;
  #packed = 0;
  #misfits = 0;
  #inserted = 0;

  /** `keepsOrder`: rows are to come into the table in their order, since SQLite numbers them. */
  constructor(parcel: Parcel, bound: BoundRows, keepsOrder: boolean) {
    this.#parcel = parcel;
    this.#bound = bound;
    this.#keepsOrder = keepsOrder;
  }

  get inserted(): number {
    return this.#inserted + this.#bound.inserted;
  }

  add(batch: RowBatch): void {
    const { bytes, rows } = batch;
    const fits = this.#isOpen && this.#parcel.take(batch);
    let at = 0;
    for (let row = 0; row < rows; row++) {
      if (fits && this.#isOpen) {
        const packed = this.#parcel.pack(at, rows - row);
        this.#packed += packed.rows;
        this.#inserted += packed.inserted;
        row += packed.rows;
        at = packed.next;
        if (row === rows) return;
        if (packed.full) this.#close();
      }
      at = this.#isOpen ? this.#bindBetween(bytes, at) : this.#bound.bind(bytes, at);
    }
  }

  finish(): void {
    this.#close();
    this.#bound.finish();
  }

  #bindBetween(bytes: Buffer, start: number): number {
    if (this.#keepsOrder) this.#inserted += this.#parcel.handOver();
    const end = this.#bound.bind(bytes, start);
    if (this.#keepsOrder) this.#bound.finish();
    if (++this.#misfits > PATIENCE && this.#misfits * RARE > this.#packed) this.#close();
    return end;
  }

  #close(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#inserted += this.#parcel.handOver();
  }
}
