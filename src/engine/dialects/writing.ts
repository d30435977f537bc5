// Writing: chunks into the staging namespace, each with its ledger row in one transaction.

import type { TargetTable } from '../../shared/model/plan.ts';
import type { RowBatch } from '../pipeline/batch.ts';
import type { LyingRows } from './reading.ts';

export interface LoadOrder {
  readonly table: TargetTable;
  /** Columns in the order of the batch's fields. */
  readonly columns: readonly string[];
  readonly chunk: number;
  /** Rows sent at once; null lets the writer choose by bytes. */
  readonly batchSize: number | null;
  /** All rows of the chunk as they lie in the source, where they are to arrive unchanged. */
  readonly lying?: LyingRows | null;
}

export interface Writer {
  /**
   * Opens the chunk's transaction: checks the epoch, writes the ledger row FIRST, then takes rows.
   * Throws DroverError `load.*`, naming table and column where the database does. The signal ends what takes long here.
   */
  begin(order: LoadOrder, signal?: AbortSignal): Promise<Loader>;
  close(): Promise<void>;
}

export interface Loader {
  /** The rows of the chunk are in the target already, taken from where they lay: none is to be written. */
  readonly hasTaken?: boolean;
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
