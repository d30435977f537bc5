// A session: one connection for catalogue queries, questions about values, and statements.

import type { Catalog, Column } from '../../shared/model/catalog.ts';
import type { Server } from '../../shared/model/connection.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { SampleRows } from '../../shared/model/overview.ts';
import type { Statement } from '../../shared/model/plan.ts';
import type { Answers, Question } from '../../shared/model/profile.ts';
import type { StopFlag } from '../support/stop-flag.ts';
import type { Told } from './told.ts';

/** Names everything a run makes in the target. `id` is 12 characters of [0-9a-z]. */
export interface RunIdentity {
  readonly id: string;
  /** Fencing: raised by whoever takes the run over; a chunk of an older epoch must not commit. */
  readonly epoch: number;
}

export interface SessionOptions {
  /** A source is opened read-only wherever the database can promise it. */
  readonly role: 'source' | 'target';
  /** A target file that does not exist may be made (SQLite). */
  readonly create?: boolean;
  /** The run that it works for, which whoever takes the run over can tell. */
  readonly run?: RunIdentity;
  /** Hears of statements that change something. */
  readonly told?: Told;
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
    /** The column's, where it is known: it may spare the database a conversion. */
    readonly collation?: string | null;
  }[];
}

/** A table in the user's own namespace (`staging` null) or in the staging namespace of a run. */
export interface TableName {
  readonly name: string;
  readonly staging: RunIdentity | null;
  /** A SELECT that stands for the table; `name` is then what people call it. */
  readonly query?: string;
}
