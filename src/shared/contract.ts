// The contract between any screen and the engine: each call with its input and output, each stream with its items.

import { z } from 'zod';
import { catalog, table } from './model/catalog.ts';
import { columnProfile, personalMark } from './model/column-profile.ts';
import { connection, server } from './model/connection.ts';
import { desk, fileEntry, savedConnection, secretState, settings } from './model/desk.ts';
import { drift } from './model/drift.ts';
import { imported, loadCommand } from './model/loadfile.ts';
import {
  columnMapping,
  namingPolicy,
  onConflict,
  project,
  tableMapping,
  tableMode,
  typeRule,
} from './model/mapping.ts';
import { overview, sampleRows } from './model/overview.ts';
import { plan } from './model/plan.ts';
import { preview, trace } from './model/preview.ts';
import { quarantinePage, quarantineQuery } from './model/quarantine.ts';
import { report, signature, tableReport } from './model/report.ts';
import {
  changesPage,
  changesQuery,
  findingsPage,
  findingsQuery,
  reportOverview,
  tablesPage,
  tablesQuery,
} from './model/report-page.ts';
import { retyped } from './model/retyped.ts';
import { auditEntry, backup, intent, leftover, returning, runEvent, runSummary, standing } from './model/run.ts';

/** A database to open: its URL without a password, and the password beside it; null: as the host knows it. */
export const endpoint = z.object({ url: z.string(), password: z.string().nullable() });
export type Endpoint = z.infer<typeof endpoint>;

const pair = z.object({ source: endpoint, target: endpoint });

export const side = z.enum(['source', 'target']);
export type Side = z.infer<typeof side>;

const oneSide = z.object({ endpoint, side });

export const runOptions = z.object({
  /** Rows sent to the target at once; the engine also bounds them in bytes. */
  batchSize: z.number().int().min(1).max(100_000).optional(),
  /** Tables (or key ranges of one) in flight at once. */
  workers: z.number().int().min(1).max(64).optional(),
  /** Bytes of resident memory above which the run slows down rather than grows. */
  memoryLimit: z.number().int().positive().optional(),
  /** Stops when all is loaded and verified; publishing is another act. */
  hold: z.boolean().optional(),
  /** Stops there too, and takes everything back: the target must be found as it was. */
  rehearse: z.boolean().optional(),
});
export type RunOptions = z.infer<typeof runOptions>;

const saved = z.object({
  project,
  /** Where to connect; the project's own URLs when absent. Passwords are never in the project. */
  source: endpoint,
  target: endpoint,
});

const ofRun = z.object({ run: z.string() });

/** How a person agreed to an act, for the audit log; absent where nobody was asked. */
export const consent = z.enum(['typed', 'answered', 'option', 'screens']);
export type Consent = z.infer<typeof consent>;
const agreed = z.object({ consent: consent.optional() });

/** A run that is to begin. */
const begun = saved.extend({ options: runOptions, ...agreed.shape });
/** What is done about a run in a target. */
const deed = ofRun.extend({ target: endpoint, ...agreed.shape });
const nothing = z.object({});

/** A run that was interrupted or is held, taken up again with the databases it was of. */
const resumed = ofRun.extend({
  ...pair.shape,
  /** From a process that does not answer any more: its sessions are ended, and it can write nothing from then on. */
  takeOver: z.boolean(),
  /** Lets go what waits to be published. */
  publish: z.boolean(),
  ...agreed.shape,
});

export const reportFormat = z.enum(['md', 'html', 'json', 'csv']);
export type ReportFormat = z.infer<typeof reportFormat>;

/** A connection found in the clients' own files. */
export const knownConnection = z.object({
  name: z.string(),
  url: z.string(),
  /** The file it stands in. */
  from: z.string(),
  /** The file that holds its password, which Drover then uses and never copies; null where none does. */
  passwordFrom: z.string().nullable(),
});
export type KnownConnection = z.infer<typeof knownConnection>;

/** What the engine answers. */
export const engineCalls = {
  'connect.parse': {
    input: z.object({ url: z.string() }),
    /** `url` without a password; `asksPassword` is false for files. */
    output: z.object({ url: z.string(), connection, asksPassword: z.boolean(), hasPassword: z.boolean() }),
  },
  'connect.format': { input: z.object({ connection }), output: z.object({ url: z.string() }) },
  'connect.test': {
    input: endpoint.extend({ side: side.optional() }),
    output: z.object({
      server,
      latencyMs: z.number(),
      tls: z.boolean(),
      readOnly: z.boolean(),
      /** What this user may not do and would need for this side. */
      missing: z.array(z.object({ message: z.string(), remedy: z.string() })),
    }),
  },
  'connect.known': { input: nothing, output: z.array(knownConnection) },
  inspect: { input: endpoint, output: catalog },
  /** Remembers the catalogue, so that tables can be asked for one by one; `refresh` looks again. */
  'inspect.overview': { input: oneSide.extend({ refresh: z.boolean() }), output: overview },
  'inspect.table': { input: oneSide.extend({ table: z.string() }), output: table },
  /** Columns whose names say that they hold data about persons. Reads no values. */
  'inspect.personal': { input: oneSide.extend({ table: z.string() }), output: z.array(personalMark) },
  'inspect.sample': {
    input: oneSide.extend({
      table: z.string(),
      limit: z.number().int().min(1).max(200),
      filter: z.string().nullable(),
    }),
    output: sampleRows,
  },
  map: {
    input: pair.extend({
      name: z.string(),
      naming: namingPolicy.optional(),
      mode: tableMode.optional(),
      onConflict: onConflict.optional(),
      typeRules: z.array(typeRule).optional(),
      /** Only these source tables; all when absent. */
      tables: z.array(z.string()).optional(),
    }),
    output: project,
  },
  /** What is otherwise in the two databases than when the project was mapped; what `inspect.overview` remembers serves. */
  'map.drift': { input: saved.extend({ refresh: z.boolean() }), output: drift },
  /** The project as mapped against what is there now; nothing that it maps changes. */
  'map.accept': { input: saved, output: project },
  /** The project on these two databases. Where one is of another family, types not set by hand are proposed anew. */
  'map.bind': { input: saved, output: retyped },
  /** The types that were not set by hand, proposed anew by these rules. */
  'map.retype': { input: saved.extend({ typeRules: z.array(typeRule) }), output: retyped },
  /** A command of a load file on these two databases, and what was taken of it. */
  'map.load': { input: pair.extend({ name: z.string(), command: loadCommand }), output: imported },
  /** The project with every target name made anew after a policy. Opens nothing. */
  'map.names': { input: z.object({ project, naming: namingPolicy, target: server }), output: project },
  /** Types of the target to choose from, most usual first. Opens nothing. */
  'map.types': { input: z.object({ target: server }), output: z.array(z.string()) },
  'map.preview': {
    input: saved.extend({
      /** Source table and target table of one mapping in the project. */
      table: z.object({ source: z.string(), target: z.string() }),
      limit: z.number().int().min(1).max(200),
    }),
    output: preview,
  },
  /** As `map.preview`, step by step for one column. */
  'map.trace': {
    input: saved.extend({
      table: z.object({ source: z.string(), target: z.string() }),
      column: z.object({ source: z.string(), target: z.string() }),
      limit: z.number().int().min(1).max(200),
    }),
    output: trace,
  },
  /**
   * What a mapping reads, as a table of the source, and a proposal for each of its columns, those that its own columns
   * compute among them. Throws `map.bad-query` and `map.bad-expression` with the source's words.
   */
  'map.describe': {
    input: pair.extend({
      mapping: tableMapping,
      naming: namingPolicy.optional(),
      typeRules: z.array(typeRule).optional(),
    }),
    output: z.object({ table, columns: z.array(columnMapping) }),
  },
  /** Rows of a table, or of a SELECT in its place, and those that meet the filter. */
  'map.count': {
    input: z.object({ source: endpoint, table: z.string(), query: z.string().optional(), filter: z.string() }),
    output: z.object({ rows: z.number(), matching: z.number() }),
  },
  plan: { input: saved, output: plan },
  /** Where rows went into tables of the target, `run` tells which: only those are compared. */
  verify: { input: saved.extend({ run: z.string().optional() }), output: report },
  /** Begins a run that goes on by itself, whoever watches; throws when it can't begin, and then nothing was touched. */
  'run.start': { input: begun, output: ofRun },
  /** Both take effect between two batches. `paused` is false where nothing is left that could wait. */
  'run.pause': { input: ofRun, output: z.object({ paused: z.boolean() }) },
  'run.continue': { input: ofRun, output: nothing },
  /** Rolls back whatever was done, unless it is published by then. */
  'run.cancel': { input: ofRun, output: nothing },
  /** Ends it where it is: everything stays for whoever resumes it. */
  'run.leave': { input: ofRun, output: nothing },
  /** Throws `run.not-resumable`, and `run.target-locked` while it is being carried out. */
  'run.resume': { input: resumed, output: ofRun },
  /** Of a run that was interrupted or is held: what the target itself says of it. Reads only. */
  'run.standing': { input: ofRun.extend({ target: endpoint }), output: standing },
  /** Runs under way in this process. */
  'run.active': { input: nothing, output: z.array(ofRun.extend({ project: z.string(), startedAt: z.string() })) },
  'run.project': { input: ofRun, output: project },
  /** As it was decided when the run began. */
  'run.intent': { input: ofRun, output: intent },
  'run.audit': { input: ofRun, output: z.array(auditEntry) },
  /** Rows that are kept aside as a run of their own, through the mapping as it is now; nothing is run yet. */
  'run.retry': {
    input: ofRun.extend({
      /** Mended; null: as the run had it. */
      project: project.nullable(),
      table: z.string().nullable(),
    }),
    output: z.object({
      project,
      rows: z.number(),
      /** Tables that the run left out, which a retry can't bring. */
      left: z.array(z.string()),
    }),
  },
  /** Rows that did not move; unsorted in the order in which they were refused. */
  'run.quarantine': { input: ofRun.extend(quarantineQuery.shape), output: quarantinePage },
  /**
   * Compares both databases as they are now by the mapping that the run had. The answer has a name of its own, by which
   * the calls of `report.` know it as long as the engine runs and not many others were made since.
   */
  'run.verify': { input: ofRun.extend(pair.shape), output: reportOverview },
  'run.backups': { input: ofRun.extend({ target: endpoint }), output: z.array(backup) },
  /** Drops the backups of a published run; it can't be rolled back from then on. Returns what was dropped. */
  'run.clean': { input: deed, output: z.array(backup) },
  /**
   * Puts the tables back that the run replaced, and takes away what an interrupted or held run left. Throws
   * `run.changed-since` when rows were written after it, unless `keepNewer`; `run.superseded` when a newer run has
   * replaced them.
   */
  'run.rollback': {
    input: deed.extend({
      keepNewer: z.boolean(),
      /**
       * Only these tables of a published run, all or none; all when absent. Throws `run.depended-on` where foreign keys
       * tie them to others.
       */
      tables: z.array(z.string()).min(1).optional(),
    }),
    output: z.object({
      /** Tables that stand again as they were. */
      restored: z.array(z.string()),
      /** Tables that the run had made and that are gone. */
      removed: z.array(z.string()),
      /** Newer tables that were kept aside, by the name they have now. */
      kept: z.array(z.object({ table: z.string(), keptAs: z.string() })),
      /** Tables of the run that stay published. */
      staying: z.array(z.string()),
    }),
  },
  /** Every table of a published run, with those that rolling it back alone would take along. Reads only. */
  'run.ties': { input: ofRun.extend({ target: endpoint }), output: z.array(returning) },
  /** What runs have left in a target, those among them that this machine does not remember. Reads only. */
  'target.runs': { input: endpoint, output: z.array(leftover) },
  /**
   * Takes away what a run left in staging, without its history: of a published one only that knows what to put back.
   * Throws `run.nothing-to-roll-back`, and `run.target-locked` while somebody is at work on it.
   */
  'target.rollback': {
    input: deed,
    output: z.object({
      removed: z.array(z.string()),
      /** Staged tables with other rows than the run had loaded, by the name they have now. */
      kept: z.array(z.object({ table: z.string(), keptAs: z.string() })),
    }),
  },
  /** Drops what a published run keeps of earlier tables, without its history. Returns what was dropped. */
  'target.clean': { input: deed, output: z.array(backup) },
  runs: { input: nothing, output: z.array(runSummary) },
  /** Whole, however long it is: for programs and for paper. Screens ask for its overview, and for pages of the rest. */
  'report.read': { input: ofRun, output: report },
  'report.overview': { input: ofRun, output: reportOverview },
  'report.tables': { input: ofRun.extend(tablesQuery.shape), output: tablesPage },
  /** All that is known of one table, by its name in the target. */
  'report.table': { input: ofRun.extend({ table: z.string() }), output: tableReport },
  /** Unsorted the gravest come first. */
  'report.findings': { input: ofRun.extend(findingsQuery.shape), output: findingsPage },
  /** Of all tables, what was stored otherwise by decision. */
  'report.changes': { input: ofRun.extend(changesQuery.shape), output: changesPage },
  'report.sign': { input: ofRun.extend({ signature: signature.omit({ at: true }) }), output: reportOverview },
  'report.export': {
    input: ofRun.extend({ format: reportFormat }),
    output: z.object({ text: z.string(), mediaType: z.string() }),
  },
} as const;

/** What the host answers by itself: files, settings and secrets of this machine. */
export const deskCalls = {
  desk: { input: nothing, output: desk },
  'desk.settings': { input: settings.partial(), output: settings },
  'desk.connections': { input: z.object({ connections: z.array(savedConnection) }), output: z.array(savedConnection) },
  'desk.forget': { input: z.object({ path: z.string() }), output: nothing },
  /** A password in the file goes no further than to the host's memory. */
  'project.open': {
    input: z.object({ path: z.string() }),
    output: z.object({ path: z.string(), version: z.string(), project }),
  },
  /** A load file of pgloader's. Passwords in it go no further than to the host's memory. */
  'load.open': {
    input: z.object({ path: z.string() }),
    output: z.object({ path: z.string(), name: z.string(), commands: z.array(loadCommand) }),
  },
  /**
   * Without a path it is saved among Drover's own projects, under a name that is free. `version` is that of the file as
   * it was last opened or saved: throws `project.changed-elsewhere` when the file is another by now; null writes over it.
   */
  'project.save': {
    input: z.object({ path: z.string().nullable(), project, version: z.string().nullable() }),
    output: z.object({ path: z.string(), version: z.string() }),
  },
  /** null: the person's own folder. */
  'files.list': {
    input: z.object({ folder: z.string().nullable() }),
    output: z.object({ folder: z.string(), parent: z.string().nullable(), entries: z.array(fileEntry) }),
  },
  /** Makes the sample database, unless it is there, and says where a copy could go. */
  /** A database to try things with; `reshape` is laid over the mapping of its tables as they are. */
  'sample.make': {
    input: nothing,
    output: z.object({
      name: z.string(),
      source: z.string(),
      target: z.string(),
      reshape: project.pick({ errors: true, rules: true, tables: true }),
    }),
  },
  'secrets.keep': {
    input: z.object({ url: z.string(), secret: z.string(), remember: z.boolean() }),
    output: secretState,
  },
  /** The same login by another URL: what opens `from` opens `to`, too. Nothing where `to` is another login. */
  'secrets.carry': { input: z.object({ from: z.string(), to: z.string() }), output: secretState },
  'secrets.state': { input: z.object({ url: z.string() }), output: secretState },
  'secrets.forget': { input: z.object({ url: z.string() }), output: secretState },
} as const;

export const calls = { ...engineCalls, ...deskCalls } as const;

export const streams = {
  /** What the values of a table's columns look like, one column after the other. Leaving stops the database's work. */
  'inspect.profile': {
    input: oneSide.extend({
      table: z.string(),
      /** All, in the table's order, where null. */
      columns: z.array(z.string()).nullable(),
      /** Tables of more rows than this are sampled; null is the engine's own limit. */
      rows: z.number().int().min(100).nullable(),
    }),
    item: columnProfile,
  },
  /** Ends after `finished`. Cancelling the stream cancels the run and rolls it back. */
  run: { input: begun, item: runEvent },
  /** As `run`, for one that is taken up again. */
  'run.again': { input: resumed, item: runEvent },
  /**
   * What happened in a run since event `after`, then what happens, at most ten times a second; ends after `finished`.
   * Whoever comes late or is slow gets, of each table, only where it stands. Leaving does not touch the run.
   */
  'run.watch': {
    input: ofRun.extend({ after: z.number().int() }),
    item: z.object({ seq: z.number().int(), events: z.array(runEvent) }),
  },
} as const;

export type EngineCalls = typeof engineCalls;
export type EngineCallName = keyof EngineCalls;
export type DeskCalls = typeof deskCalls;
export type DeskCallName = keyof DeskCalls;
export type Calls = typeof calls;
export type CallName = keyof Calls;
export type CallInput<N extends CallName> = z.input<Calls[N]['input']>;
export type CallOutput<N extends CallName> = z.output<Calls[N]['output']>;

export type Streams = typeof streams;
export type StreamName = keyof Streams;
export type StreamInput<N extends StreamName> = z.input<Streams[N]['input']>;
export type StreamItem<N extends StreamName> = z.output<Streams[N]['item']>;
