// A dialect is what Drover knows of one database family: eleven cohesive parts, one file each, the same in every folder.
// Nothing outside the folder asks which family it has; what differs is a declared capability.

import type { KnownConnection } from '../../shared/contract.ts';
import type { Catalog, Column, Table } from '../../shared/model/catalog.ts';
import type { Access, Connection, Family, Server } from '../../shared/model/connection.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { SampleRows } from '../../shared/model/overview.ts';
import type { ChunkRange, Merge, ReadColumn, Statement, TargetTable } from '../../shared/model/plan.ts';
import type { Answers, Question } from '../../shared/model/profile.ts';
import type { Merged } from '../../shared/model/report.ts';
import type { RowBatch } from '../pipeline/batch.ts';
import type { StopFlag } from '../support/stop-flag.ts';
import type { ColumnProfiler, ProfilerOptions } from './column-profiler.ts';
import type { ColumnWords, NamedColumn } from './column-words.ts';
import type { ExpressionSyntax } from './expression.ts';
import type { RelationSyntax } from './relation.ts';

export interface Dialect {
  readonly family: Family;
  readonly url: UrlForm;
  readonly types: Types;
  readonly ddl: Ddl;
  /** How this family writes the small SQL that Drover can translate: literals, quotes, operators, functions. */
  readonly syntax: ExpressionSyntax;
  /** How a person's own SQL is let into a SELECT. */
  readonly relation: RelationSyntax;
  /** How questions about the values of a column are put. */
  words(column: NamedColumn, server: Server): ColumnWords;
  /** Its driver holds up the thread that asks: questions are better asked from another one. */
  readonly blocksThread: boolean;

  capabilities(server: Server): Capabilities;

  /** Opens a session for catalogue queries and DDL. Throws DroverError `connect.*`. */
  connect(access: Access, options: SessionOptions): Promise<Session>;

  /** Opens a read-only connection that looks closely at the columns of one table. Throws DroverError `connect.*`. */
  openProfiler(access: Access, table: Table, options: ProfilerOptions): Promise<ColumnProfiler>;

  /** Holds one consistent view of the source for the whole run. */
  holdSnapshot(access: Access, tables: readonly string[], options: SnapshotOptions): Promise<SnapshotHold>;

  /** Opens a reader; with a token it joins the held snapshot. Without one it reads the target, unless told otherwise. */
  openReader(access: Access, token: string | null, side?: 'source' | 'target'): Promise<Reader>;

  /** Opens a connection that loads chunks into the staging namespace. */
  openWriter(access: Access, run: RunIdentity): Promise<Writer>;

  /** The run's steps in the target that must be atomic or undone. */
  openPublisher(access: Access, run: RunIdentity): Promise<Publisher>;
}

// connection ---------------------------------------------------------------------------------------------------------

export interface UrlForm {
  readonly schemes: readonly string[];
  /** Throws `connect.bad-url`. The password of the URL, if any, is returned beside the connection. */
  parse(url: string): { readonly connection: Connection; readonly password: string | null };
  /** The URL again, without any password: what is saved, shown and logged. */
  format(connection: Connection): string;
  /** A password from the clients' own places: PGPASSWORD and .pgpass, MYSQL_PWD and .my.cnf; null where there is none. */
  ambientPassword(connection: Connection, environment: NodeJS.ProcessEnv): string | null;
  /** Connections that stand in the clients' own files; none where a file is missing or can't be understood. */
  knownConnections(environment: NodeJS.ProcessEnv): readonly KnownConnection[];
  /** True for sources that need a password to be asked for at all. */
  readonly hasPassword: boolean;
}

export interface SessionOptions {
  /** A source is opened read-only wherever the database can promise it. */
  readonly role: 'source' | 'target';
  /** A target file that does not exist may be made (SQLite). */
  readonly create?: boolean;
  /** The run that it works for, which whoever takes the run over can tell. */
  readonly run?: RunIdentity;
}

/** One connection for catalogue queries, profiling and DDL; not for rows in bulk. */
export interface Session {
  readonly server: Server;
  readonly tls: boolean;
  readonly readOnly: boolean;
  /** Rows as objects; for small answers only. Integers beyond 2^53 and decimals come as strings. */
  query(sql: string, parameters?: readonly unknown[]): Promise<readonly Record<string, unknown>[]>;
  /** With `again` some of the statements may have been carried out before: what they would make then stands already. */
  execute(statements: readonly Statement[], options?: { readonly again: boolean }): Promise<void>;
  /** The whole structure, by catalogue queries per kind (not per table). */
  inspect(): Promise<Catalog>;
  /** Asks all questions of one table, and may answer more of them. The column '' holds what is asked of the table. */
  profile(request: ProfileRequest): Promise<Record<string, Answers>>;
  /** The rows of a SELECT, all values as text; null where it took longer. For small answers only. */
  rowsWithin(seconds: number, sql: string): Promise<TextRows | null>;
  /** What this role lacks for the given use, in words; empty when all is there. Asked of these tables, or of all there are. */
  missingPrivileges(use: 'read' | 'load', tables: readonly string[] | 'all'): Promise<readonly MissingPrivilege[]>;
  /** The columns that a SELECT gives, without running it over rows. Throws what the database says of it. */
  describe(query: string): Promise<readonly DescribedColumn[]>;
  /** The first rows as text, for people. Throws `plan.bad-filter`, `inspect.too-slow`. */
  sample(request: SampleRequest): Promise<SampleRows>;
  /**
   * What it is doing fails at once, the server stops with it, and the session is over but for `close`. Without effect
   * where the driver holds up the thread.
   */
  interrupt(): void;
  close(): Promise<void>;
}

export type TextRows = readonly (readonly (string | null)[])[];

/** Rows by the statement that gave them; null where it took too long. */
export type Statements = Readonly<Record<string, TextRows | null>>;

export type DescribedColumn = Pick<Column, 'name' | 'native' | 'logical'>;

export interface SampleRequest {
  readonly table: string;
  readonly limit: number;
  readonly filter: string | null;
}

export interface MissingPrivilege {
  readonly message: string;
  readonly remedy: string;
}

export interface ProfileRequest {
  readonly table: TableName;
  readonly filter: string | null;
  /** For drivers that hold up the thread: with a filter, the scan fails once it is raised. */
  readonly stop?: StopFlag;
  readonly questions: readonly {
    readonly column: string;
    readonly logical: LogicalType;
    readonly ask: readonly Question[];
  }[];
}

/** A table in the user's own namespace (`staging` null) or in the staging namespace of a run. */
export interface TableName {
  readonly name: string;
  readonly staging: RunIdentity | null;
  /** A SELECT that stands for the table; `name` is then what people call it. */
  readonly query?: string;
}

// types --------------------------------------------------------------------------------------------------------------

/** What is known of a column's values when its target type is chosen; absent means unknown. */
export interface ColumnFacts {
  readonly answers: Answers;
  /** Part of a primary, unique or foreign key, or of an index. */
  readonly keyed: boolean;
  readonly identity: boolean;
  /** The source's own words for the type, and whose words they are: within one family a type stays exactly itself. */
  readonly native?: string;
  readonly family?: Family;
}

export interface TypeProposal {
  /** In the dialect's own words; `parse` understands it. */
  readonly native: string;
  /** The target has no such type: hold the values to this list with a CHECK. */
  readonly checkLabels?: readonly string[];
  /** What is weaker or different in the target, one sentence for a note; absent when nothing is. */
  readonly note?: string;
}

export interface Types {
  /** A type as a person or the catalogue writes it; null when the family has no such type. */
  parse(native: string): LogicalType | null;
  /** The type of this family that holds such values best. Never fails: opaque becomes text. */
  propose(logical: LogicalType, facts: ColumnFacts, server: Server): TypeProposal;
  /** What must be asked of a column before `propose` can decide well, with this family as the target. */
  doubts(logical: LogicalType, keyed: boolean): readonly Question[];
  /** A collation of another server of this family, as this one calls it; null where it is not known to have it. */
  collationOn(name: string, from: Server, to: Server): string | null;
  /** The type as one that tells all texts apart; null where every one does. */
  exactType(native: string, server: Server): string | null;
  /** Types for a person to choose from, most usual first; `parse` understands each. */
  usual(server: Server): readonly string[];
}

// ddl ----------------------------------------------------------------------------------------------------------------

/** Pure: tables in, statements out. With a run the statements build in the staging namespace, without in place. */
export interface Ddl {
  quote(identifier: string): string;
  /** The table bare enough to load fast: columns, NOT NULL, primary key where loading is not slowed, comments. */
  create(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[];
  /** A staged table whose columns are those of the table of that name which stands there, for rows that go into it. */
  createAlike(table: TargetTable, server: Server, staging: RunIdentity): Statement[];
  /** Everything of one table that is better built after loading: keys, indexes, checks, defaults, identity. */
  index(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[];
  /** Foreign keys: run once all tables are loaded and indexed. */
  relate(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[];
  /** Sets the next number of identity columns beyond the highest present; uses the loaded data. */
  resetIdentity(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[];
  /** What a row of the table may take of a page; null where a table is made whatever that is. */
  pageUse(table: TargetTable, server: Server): PageUse | null;
  /** A default or literal in this family's SQL; null when it has no such thing for the type. */
  defaultSql(value: TargetTable['columns'][number]['default'], logical: LogicalType): string | null;
}

export interface PageUse {
  readonly bytes: number;
  readonly most: number;
  /** Columns that would take less as large values. */
  readonly heaviest: readonly string[];
}

export interface Capabilities {
  readonly maxIdentifier: { readonly length: number; readonly unit: 'bytes' | 'characters' };
  /** Identifiers that differ only in case are the same. */
  readonly identifiersIgnoreCase: boolean;
  readonly foldsIdentifiersTo: 'lower' | null;
  readonly transactionalDdl: boolean;
  readonly nativeEnum: boolean;
  readonly checks: boolean;
  readonly partialIndexes: boolean;
  readonly expressionIndexes: boolean;
  readonly includeColumns: boolean;
  readonly descendingIndexes: boolean;
  readonly deferrableForeignKeys: boolean;
  /** All rows meet a foreign key that is not called invalid: nobody could switch off looking while they came. */
  readonly provesForeignKeys: boolean;
  readonly generated: { readonly stored: boolean; readonly virtual: boolean };
  readonly comments: boolean;
  readonly touchedOnUpdate: boolean;
  readonly identityPerTable: 'any' | 'one primary-key column';
  /** Checks and generated columns may use a column that hands out its own numbers. */
  readonly identityInExpressions: boolean;
  /** How many writers may load at once; null is as many as wished. */
  readonly writers: number | null;
  /** How many readers can share one snapshot; null is as many as wished. */
  readonly readers: number | null;
  readonly texts: { readonly nulCharacter: boolean };
  readonly values: ValueLimits;
  /** Whether text that is equal but for case is equal in a unique key by default. */
  readonly caseSensitiveByDefault: boolean;
  /** Longest key in bytes; null where there is no such limit. */
  readonly keyBytes: number | null;
  /** Longest row in bytes, large objects aside; null where there is no such limit. */
  readonly rowBytes: number | null;
  /** Where an index's name must be its own: beside all tables and indexes of the schema, or within its table. */
  readonly indexNames: 'per schema' | 'per table';
  /** The same for foreign keys and checks. */
  readonly constraintNames: 'per schema' | 'per table';
  /** Index methods this family can build, lower case: btree, hash, gin, fulltext … */
  readonly indexMethods: readonly string[];
  /** Indexes over the first n characters of a column. */
  readonly prefixIndexes: boolean;
  readonly nullsNotDistinct: boolean;
  /** A column may hold values of another type than its own (SQLite): what is there must be asked of the values. */
  readonly dynamicTypes: boolean;
  /** Decimals are computed exactly, not in binary floating point. */
  readonly exactDecimals: boolean;
  /** JSON keeps every digit of a number. */
  readonly exactJsonNumbers: boolean;
  /** What hangs on a table and stays with the old one when another table takes its name. */
  readonly staysBehindOnReplace: readonly DependantKind[];
  /** How the new tables take the place of the old, for the plan to say. */
  readonly publish: string;
  /** A foreign key may join integers of different widths. */
  readonly foreignKeysAcrossIntegers: boolean;
  /** Tables can be replaced in the very act in which rows go into others. */
  readonly mergesBesideReplacing: boolean;
}

export type DependantKind = Table['dependants'][number]['kind'];

/** Which odd values a family can hold; the plan and the conversions compare source and target by it. */
export interface ValueLimits {
  /** 0000-00-00 and dates with month or day zero. */
  readonly zeroDates: boolean;
  readonly infiniteDates: boolean;
  /** Years a date or timestamp may have; years before 1 are BC. */
  readonly years: { readonly min: number; readonly max: number };
  /** NaN and infinities in floats and decimals. */
  readonly notFinite: boolean;
  /** Infinities in floats, if not NaN. */
  readonly infiniteFloats: boolean;
}

// reading ------------------------------------------------------------------------------------------------------------

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

// writing ------------------------------------------------------------------------------------------------------------

/** Names everything a run makes in the target. `id` is 12 characters of [0-9a-z]. */
export interface RunIdentity {
  readonly id: string;
  /** Fencing: raised by whoever takes the run over; a chunk of an older epoch must not commit. */
  readonly epoch: number;
}

export interface LoadOrder {
  readonly table: TargetTable;
  /** Columns in the order of the batch's fields. */
  readonly columns: readonly string[];
  readonly chunk: number;
  /** Rows sent at once; null lets the writer choose by bytes. */
  readonly batchSize: number | null;
}

export interface Writer {
  /**
   * Opens the chunk's transaction: checks the epoch, writes the ledger row FIRST, then takes rows.
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

// publishing ---------------------------------------------------------------------------------------------------------

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
}

/** By table. */
export type Dependants = ReadonlyMap<string, Table['dependants']>;

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
  /** All tables or none, with the control row in the same act. Bounded waits: throws `publish.lock-timeout`. */
  publish(publication: Publication, options?: PublishOptions): Promise<void>;
  /**
   * Puts the old tables back and the new ones into staging again, takes added rows out and gives overwritten ones their
   * values again: the reverse of publish. Idempotent. Throws `run.changed-since` where merged rows were changed since,
   * unless these shall be kept: they come to stand in staging then.
   */
  unpublish(publication: Publication, keepNewer?: boolean): Promise<void>;
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
  /** A digest of all rows of tables that stand there, by the database's own reckoning: for comparing before and after. */
  contentsOf(tables: readonly string[]): Promise<string>;
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
