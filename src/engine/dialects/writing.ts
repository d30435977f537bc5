// Writing: chunks into the staging namespace, each with its ledger row in one transaction.

import type { TargetTable } from '../../shared/model/plan.ts';
import type { RowBatch } from '../pipeline/batch.ts';

export interface LoadOrder {
  readonly table: TargetTable;
  /** Columns in the order of the batch's fields. */
  readonly columns: readonly string[];
  readonly chunk: number;
  /** Rows sent at once; null lets the writer choose by bytes. */
  readonly batchSize: number | null;
  /** Where transactions come one after the other: resolves when it is this one's turn, which it keeps until it has ended. */
  readonly turn?: () => Promise<void>;
}

export interface Writer {
  /**
   * Opens the chunk's transaction: checks the epoch, writes the ledger row FIRST, then takes rows. Where transactions take
   * turns, that may be when rows are ready for it, and at the latest when it is to be committed.
   * Throws DroverError `load.*`, naming table and column where the database does.
   */
  begin(order: LoadOrder): Promise<Loader>;
  close(): Promise<void>;
}

export interface Loader {
  /** Copies what it needs: the batch may be reused when the promise resolves. Resolves under back-pressure. */
  write(batch: RowBatch): Promise<void>;
  /** Completes the ledger row with rows and digest and commits. Fails unless the target took exactly `rows`. */
  commit(result: { readonly rows: number; readonly digest: string }): Promise<void>;
  rollback(): Promise<void>;
}

export interface LedgerRow {
  readonly table: string;
  readonly chunk: number;
  readonly rows: number;
  readonly digest: string;
}
