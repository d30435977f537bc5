// Work orders: serialisable pieces of work that any executor can carry out, and what each gives back.

import type { ChunkRange, Lane, ReadColumn, TargetTable } from '../../shared/model/plan.ts';
import type { Answers } from '../../shared/model/profile.ts';
import type { PlannedRule, RuleResult } from '../../shared/model/rule.ts';
import type { ProfileRequest, RunIdentity, TextRows } from '../dialects/session.ts';
import type { Limits } from './convert.ts';
import type { Digest } from './digest.ts';
import type { Holdings } from './fits.ts';
import type { LookupOrder } from './lookups.ts';
import type { Turn } from './turns.ts';

export type Side = 'source' | 'target';

/** What transforms need from outside of the row. Stays in memory: it holds secrets. */
export interface Shaping {
  readonly secrets: Readonly<Record<string, string>>;
  /** The moment that "in the future" means: one for the whole run, so that verifying it gives the same rows. ISO 8601. */
  readonly now: string;
  /** Folder of the lookup files. */
  readonly lookups: string;
}

/** What an order needs to know of a table to read it from either side in the same form. */
export interface TableWork {
  readonly source: string;
  /** A SELECT that is read in place of the table. */
  readonly query?: string;
  readonly target: TargetTable;
  readonly filter: string | null;
  /** In the target's words: only rows that meet it are compared. */
  readonly targetFilter?: string;
  readonly lanes: readonly Lane[];
  /** Read for the steps of lanes alone. */
  readonly besides: readonly ReadColumn[];
  /** Positions in `lanes` of the source's key columns; empty where it has no key. */
  readonly key: readonly number[];
  /** Positions in `lanes` by which a row of one side is found on the other; empty where only whole rows can be compared. */
  readonly match: readonly number[];
  readonly limits: Limits;
  readonly rules: readonly PlannedRule[];
  readonly shaping: Shaping;
  /**
   * Rows that a step or a type refuses are left out and told, by what both sides hold; null: the first one ends the
   * pass.
   */
  readonly quarantine: Holdings | null;
  /** The run may go on without this table: its reader is needed again whatever becomes of it. */
  readonly mayBeLeftOut?: boolean;
  /** Where the target's side stands: in a run's staging namespace, or in its final place. */
  readonly staging: RunIdentity | null;
}

export type WorkOrder =
  | {
      readonly kind: 'load';
      readonly work: TableWork;
      readonly chunk: number;
      readonly range: ChunkRange;
      readonly batchSize: number | null;
      /** When its transaction may begin; null where any number may write at once. */
      readonly turn: Turn | null;
    }
  | { readonly kind: 'lookup'; readonly lookup: LookupOrder }
  | {
      readonly kind: 'digest';
      readonly work: TableWork;
      readonly side: Side;
      /** Absent: the whole table. */
      readonly range?: ChunkRange;
    }
  | { readonly kind: 'profile'; readonly side: Side; readonly request: ProfileRequest }
  | { readonly kind: 'rows within'; readonly side: Side; readonly seconds: number; readonly sql: string }
  | { readonly kind: 'buckets'; readonly work: TableWork; readonly side: Side }
  | {
      readonly kind: 'rows';
      readonly work: TableWork;
      readonly side: Side;
      readonly buckets: readonly number[];
      readonly limit: number;
    };

export interface Scanned extends Digest {
  readonly bytes: number;
  /** Rows that were left out. */
  readonly refused: number;
  /** What was changed or normalised on the way, in words, with the number of rows. */
  readonly changes: readonly { readonly what: string; readonly rows: number; readonly changed: boolean }[];
  readonly rules: readonly RuleResult[];
}

/** A row of a suspicious bucket: its key and values as people read them, and a hash of each value. */
export interface SuspectRow {
  readonly id: string;
  readonly key: Readonly<Record<string, string>>;
  readonly values: readonly string[];
  readonly hashes: readonly string[];
}

export interface WorkResults {
  readonly load: Scanned;
  /** Values that can be found. */
  readonly lookup: number;
  readonly digest: Scanned;
  readonly profile: Record<string, Answers>;
  readonly 'rows within': TextRows | null;
  /** Bucket sums as hex digests with counts, by bucket number. */
  readonly buckets: readonly Digest[];
  readonly rows: { readonly rows: readonly SuspectRow[]; readonly cut: boolean };
}

export type ResultOf<O extends WorkOrder> = WorkResults[O['kind']];

export interface Progress {
  readonly rows: number;
  readonly bytes: number;
}
