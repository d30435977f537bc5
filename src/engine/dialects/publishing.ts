// Publishing: what takes the new tables to their places at once, and back.

import type { Dependant } from '../../shared/model/catalog.ts';
import type { Merge, TargetTable } from '../../shared/model/plan.ts';
import type { Merged } from '../../shared/model/report.ts';
import type { Session } from './session.ts';
import type { LedgerRow } from './writing.ts';

export type TargetState =
  /** Nothing of this run is in the target. */
  | 'absent'
  /** Staging exists, nothing is published. */
  | 'staged'
  /** New tables stand in their places, rows that go into others do not: it must be undone. */
  | 'half published'
  | 'published';

/** A table to publish; `replaces` says whether one of that name stands there now. */
export interface Move {
  readonly table: string;
  readonly replaces: boolean;
}

/** Rows of a staged table that go into the table of that name which stands there. */
export interface MergeIn extends Merge {
  readonly table: string;
  /** Those that were loaded. */
  readonly columns: readonly string[];
}

/** All that one act publishes. */
export interface Publication {
  readonly moves: readonly Move[];
  /** Parents first. */
  readonly merges: readonly MergeIn[];
  /** Moved tables with those of their foreign keys alone that refer to merged ones: they hold once the rows are there. */
  readonly late: readonly TargetTable[];
}

export interface PublishOptions {
  /** Aborted, it ends the waiting, and nothing is published. */
  readonly signal?: AbortSignal;
  /**
   * Told what hangs on which table, as late as the family allows, where anything would stay behind. What it throws ends
   * the publishing, and the target is as it was.
   */
  readonly look?: (dependants: Dependants) => void | Promise<void>;
  /** Where rows go into tables: called once nobody else can write into these or change them. What it throws ends it. */
  readonly locked?: () => Promise<void>;
}

export interface UnpublishOptions {
  /** Merged rows that were changed since come to stand in staging; else they make it fail. */
  readonly keepNewer?: boolean;
}

/** Rows of a table outside the run that refer to rows which the new table does not have. */
export interface Stranded {
  readonly key: string;
  readonly table: string;
  readonly references: string;
  readonly rows: number;
  /** Of one of them, the columns with their values as far as messages may name them. */
  readonly example: string;
}

/** By table. */
export type Dependants = ReadonlyMap<string, readonly Dependant[]>;

/** What the target recorded in the act that merged the rows. */
export interface MergedTable extends Merged {
  readonly table: string;
}

/** Where a run holds tables in the target, beside their final place. */
export type HoldingPlace = 'staging' | 'backup' | 'added' | 'aside';

export interface StoredTable {
  readonly table: string;
  /** In words a client understands. */
  readonly keptAs: string;
  /** Exact where counting is cheap, else the server's estimate; null where it has none. */
  readonly rows: number | null;
  readonly estimated: boolean;
  /** With indexes; null where the database can't say. */
  readonly bytes: number | null;
}

/** A foreign key from one table to another, by their own names. */
export interface TableTie {
  readonly key: string;
  readonly table: string;
  readonly references: string;
}

/** A table of the target by its own name, and the run that it is known of. */
export interface RunTable {
  readonly run: string;
  readonly table: string;
}

export interface Publisher {
  readonly session: Session;
  /** Takes the session lock on the target; throws `run.target-locked` naming who holds it. */
  lock(): Promise<void>;
  /**
   * Ends sessions of this run that somebody before left behind: a server may not have noticed yet that they are gone,
   * and what they hold would be waited for. Before the executor of this epoch has opened any.
   */
  endLeftovers(): Promise<void>;
  /** Makes the staging namespace with control row and ledger, or raises the epoch of what is there. Idempotent. */
  createStaging(): Promise<void>;
  /** The epoch of whoever has the run; 0 where the target knows nothing of it. */
  epoch(): Promise<number>;
  /** Empty where there is none. */
  ledger(): Promise<readonly LedgerRow[]>;
  /** Takes a staged table away, with what the ledger says of it, so that it can be made and loaded anew. Idempotent. */
  forget(table: string): Promise<void>;
  /** Asks the target itself. */
  state(): Promise<TargetState>;
  /** Rows outside the run that could not stay as they are when these are published; by the staged rows. */
  stranded(publication: Publication): Promise<readonly Stranded[]>;
  /**
   * All tables or none, with the control row in the same act, and what is carried. Bounded waits: throws
   * `publish.lock-timeout`; `publish.dependant` where the database refuses what should be carried.
   */
  publish(publication: Publication, options?: PublishOptions): Promise<void>;
  /**
   * Puts the old tables back and the new ones into staging again, takes added rows out and gives overwritten ones their
   * values again: the reverse of publish. Idempotent. Throws `run.changed-since` where merged rows were changed since,
   * unless these shall be kept: they come to stand in staging then;
   * `run.depended-on` where something can't be put back onto the old tables.
   */
  unpublish(publication: Publication, options?: UnpublishOptions): Promise<void>;
  /**
   * The same for some of the moved tables, in one act; the run stays published. Keys by which the new ones refer to
   * what stays in its place are gone from them. Idempotent.
   */
  unpublishSome(moves: readonly Move[]): Promise<void>;
  /** Foreign keys between the backups, as they were between the tables. */
  backupTies(): Promise<readonly TableTie[]>;
  /** What publish merged; empty before it, and after unpublish. */
  merged(): Promise<readonly MergedTable[]>;
  /** Tables with the number of their merged rows that are no longer as publish left them. */
  changedSince(merges: readonly MergeIn[]): Promise<readonly { readonly table: string; readonly rows: number }[]>;
  /** Drops these tables from staging, with what ties them to each other. Idempotent. */
  dropStaged(tables: readonly string[]): Promise<void>;
  /** Drops staging tables, control row and ledger; backups stay. Idempotent. */
  dropStaging(): Promise<void>;
  /**
   * Of each of these tables, which stand there, how many rows it has and a digest of them, by the database's own reckoning:
   * for comparing before and after.
   */
  contentsOf(tables: readonly string[]): Promise<ReadonlyMap<string, string>>;
  /** Rows of a SELECT in which staged tables go by their final names. Changes nothing. Throws `rule.failed`. */
  countStaged(query: string): Promise<number>;
  /** Where the new tables stand until they are published, in words: `schema drover_x`. */
  readonly stagingName: string;
  /** A condition on a table into which rows went: of its rows those that the run wrote. */
  writtenRows(table: string, key: readonly string[]): string;
  /** Where an old table is kept after publish, in words a client understands: `drover_x_backup.orders`. */
  backupName(table: string): string;
  /** Where the rows are kept that publish wrote into a table, as it left them. */
  addedName(table: string): string;
  /** The backups that stand now. */
  backups(): Promise<readonly StoredTable[]>;
  /** What other runs keep of tables of this target: they have put theirs in the place of these. */
  backupsOfOthers(): Promise<readonly RunTable[]>;
  /** Tables that the run holds there, with their sizes. */
  stored(place: HoldingPlace): Promise<readonly StoredTable[]>;
  /** Every run that has left something in this target, known or not. */
  runsHere(): Promise<readonly string[]>;
  /** A process is at work for this run now. */
  inUse(): Promise<boolean>;
  /** Drops the backups of this run. Idempotent. */
  dropBackups(): Promise<void>;
  /**
   * Takes a published run up again, so that it can be unpublished: the control row is there again, says `published`,
   * and has this epoch. `dropStaging` is the way back. Idempotent.
   */
  reclaim(): Promise<void>;
  /** Tables in staging, among the backups, or among those that were put aside. */
  tablesIn(place: HoldingPlace): Promise<readonly string[]>;
  /** Puts all that is in staging where `dropStaging` does not reach: rows that somebody else wrote. Idempotent. */
  putAside(): Promise<void>;
  /** Where a table is after `putAside`, in words a client understands. */
  asideName(table: string): string;
  /** Releases the lock and closes. */
  close(): Promise<void>;
}
