// Reading: one view of the source for a whole run, and rows in batches.

import type { ChunkRange, ReadColumn } from '../../shared/model/plan.ts';
import type { Answers } from '../../shared/model/profile.ts';
import type { RowBatch } from '../pipeline/batch.ts';
import type { ProfileRequest, TableName, TextRows } from './session.ts';

export interface SnapshotOptions {
  /** Readers that will join. */
  readonly readers: number;
  /** A folder of the run, for engines whose snapshot is a private copy. */
  readonly folder: string;
}

export interface SnapshotHold {
  /** What readers need to join; null where joining in time is all there is to it. */
  readonly token: string | null;
  /** In words, for the report: "exported snapshot 00000003-1B", "private copy". */
  readonly method: string;
  /** How many readers may join; at least 1. */
  readonly readers: number;
  /** All readers have joined: locks that were only held to align them may go. */
  joined(): Promise<void>;
  release(): Promise<void>;
}

export interface Scan {
  readonly table: TableName;
  readonly columns: readonly ReadColumn[];
  readonly filter: string | null;
  readonly range: ChunkRange;
  /** Columns whose order the rows come in; absent: as it suits the database. */
  readonly order?: readonly string[];
  /** It may be broken off, and the reader is needed afterwards in the same snapshot. */
  readonly mayBreakOff?: boolean;
  /** Only the first rows are wanted, to be looked at. */
  readonly glance?: Glance;
}

export interface Glance {
  readonly limit: number;
  /** Told of a value that its column's type does not bind and that can't be read as that type; NULL is read instead. */
  misfit(misfit: Misfit): void;
}

export interface Misfit {
  /** Positions among the rows and the columns of the scan. */
  readonly row: number;
  readonly column: number;
  readonly stored: 'integer' | 'real' | 'text' | 'blob';
  /** For people: cut, bytes as hexadecimal digits. */
  readonly text: string;
  /** One sentence. */
  readonly reason: string;
}

export interface Reader {
  /** Rows in batches; asks the database for more only when the consumer is ready. Abort stops it promptly. */
  read(scan: Scan, signal: AbortSignal): AsyncIterable<RowBatch>;
  profile(request: ProfileRequest): Promise<Record<string, Answers>>;
  /** As a session's. */
  rowsWithin(seconds: number, sql: string): Promise<TextRows | null>;
  close(): Promise<void>;
}
