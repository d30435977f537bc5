// A dialect is what Drover knows of one database family: eleven cohesive parts, one file each, the same in every folder.
// Nothing outside the folder asks which family it has; what differs is a declared capability.

import type { KnownConnection } from '../../shared/contract.ts';
import type { Table } from '../../shared/model/catalog.ts';
import type { Access, Connection, Family, Server } from '../../shared/model/connection.ts';
import type { Capabilities } from './capabilities.ts';
import type { ColumnProfiler, ProfilerOptions } from './column-profiler.ts';
import type { ColumnWords, NamedColumn } from './column-words.ts';
import type { Ddl, Types } from './ddl.ts';
import type { ExpressionSyntax } from './expression.ts';
import type { Publisher } from './publishing.ts';
import type { Reader, SnapshotHold, SnapshotOptions } from './reading.ts';
import type { RelationSyntax } from './relation.ts';
import type { RunIdentity, Session, SessionOptions } from './session.ts';
import type { Told } from './told.ts';
import type { Writer } from './writing.ts';

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

  /** The run's steps in the target that must be atomic or undone. `told` hears of what changes something there. */
  openPublisher(access: Access, run: RunIdentity, told?: Told): Promise<Publisher>;
}

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
