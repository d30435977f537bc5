// What a thread that stands aside is asked on behalf of one session or one reader, and what it answers.

import type { DroverErrorData } from '../../shared/errors.ts';
import type { Catalog, Table } from '../../shared/model/catalog.ts';
import type { Access, Server } from '../../shared/model/connection.ts';
import type { SampleRows } from '../../shared/model/overview.ts';
import type { Statement } from '../../shared/model/plan.ts';
import type { Answers as ProfileAnswers } from '../../shared/model/profile.ts';
import type { Misfit, Scan } from '../dialects/reading.ts';
import type {
  DescribedColumn,
  MissingPrivilege,
  ProfileRequest,
  SampleRequest,
  SessionOptions,
  TextRows,
} from '../dialects/session.ts';

/** The first question of a session is `connect`, that of a reader `open`, the last of both `close`. */
export type Question =
  | { readonly ask: 'connect'; readonly access: Access; readonly options: Omit<SessionOptions, 'told'> }
  | { readonly ask: 'query'; readonly sql: string; readonly parameters: readonly unknown[] }
  | { readonly ask: 'execute'; readonly statements: readonly Statement[]; readonly again: boolean }
  | { readonly ask: 'inspect' }
  | { readonly ask: 'tables' }
  | { readonly ask: 'profile'; readonly request: ProfileRequest }
  | { readonly ask: 'rows within'; readonly seconds: number; readonly sql: string }
  | { readonly ask: 'privileges'; readonly use: 'read' | 'load'; readonly tables: readonly string[] | 'all' }
  | { readonly ask: 'describe'; readonly query: string }
  | { readonly ask: 'sample'; readonly request: SampleRequest }
  | { readonly ask: 'open'; readonly access: Access; readonly side: 'source' | 'target' }
  | { readonly ask: 'scan'; readonly scan: Omit<Scan, 'glance'>; readonly limit: number | null }
  | { readonly ask: 'batch' }
  | { readonly ask: 'close' };

export interface Answers {
  readonly connect: { readonly server: Server; readonly tls: boolean; readonly readOnly: boolean };
  readonly query: readonly Record<string, unknown>[];
  readonly execute: null;
  /** Its tables are asked for afterwards, a thousand at a time: taking in all of them at once holds up a thread. */
  readonly inspect: Omit<Catalog, 'tables'>;
  /** Those that come next of what was inspected; none when all have come. */
  readonly tables: readonly Table[];
  readonly profile: Record<string, ProfileAnswers>;
  readonly 'rows within': TextRows | null;
  readonly privileges: readonly MissingPrivilege[];
  readonly describe: readonly DescribedColumn[];
  readonly sample: SampleRows;
  readonly open: null;
  readonly scan: null;
  /** null: the scan is at its end. */
  readonly batch: BatchAside | null;
  readonly close: null;
}

export type AnswerTo<Q extends Question> = Answers[Q['ask']];

/** A row batch with a buffer of its own, and what did not fit among its rows. */
export interface BatchAside {
  readonly bytes: Uint8Array;
  readonly rows: number;
  readonly misfits: readonly Misfit[];
}

export type FromAside =
  | { readonly kind: 'answer'; readonly answer: unknown }
  | { readonly kind: 'failed'; readonly error: DroverErrorData };

/** What such a thread is born with. */
export interface AsideData {
  readonly aside: true;
}
