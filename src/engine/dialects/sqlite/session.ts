// A session: catalogue, profile, samples and statements on one file.

import { setImmediate } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { DroverError, type ErrorCode } from '../../../shared/errors.ts';
import type { Server } from '../../../shared/model/connection.ts';
import type { SampleRows } from '../../../shared/model/overview.ts';
import type { Statement } from '../../../shared/model/plan.ts';
import { SAMPLE_CHARACTERS } from '../sampling.ts';
import type { DescribedColumn, MissingPrivilege, SampleRequest, Session, SessionOptions } from '../session.ts';
import { OLDEST_VERSION } from './capabilities.ts';
import { emptyStandIn, fileExists, openToRead, openToWrite, refuseUnwritable } from './connection.ts';
import { inTime, rowsWithin } from './deadline.ts';
import { describe } from './describe.ts';
import { asSqliteError, guarded } from './errors.ts';
import { inspectDatabase } from './inspector.ts';
import { profileTable } from './profiler.ts';
import { condition, quote } from './syntax.ts';

export async function connect(path: string, { role, create, told }: SessionOptions): Promise<Session> {
  if (role === 'source') return new SqliteSession(path, role, openToRead(path, 'source'));
  if (create || fileExists(path)) return new SqliteSession(path, role, openToWrite(path, create ?? false, told));
  refuseUnwritable(path);
  return new SqliteSession(path, role, emptyStandIn());
}

export class SqliteSession implements Session {
  readonly server: Server;
  readonly tls = false;
  readonly #path: string;
  readonly #side: 'source' | 'target';
  #db: Database;

  constructor(path: string, side: 'source' | 'target', db: Database) {
    this.#path = path;
    this.#side = side;
    this.#db = db;
    this.server = serverOf(db);
  }

  get readOnly(): boolean {
    return this.#db.readonly;
  }

  get db(): Database {
    return this.#db;
  }

  /** The file is gone or was made: the session goes on with another database. */
  replace(db: Database): void {
    this.#db.close();
    this.#db = db;
  }

  async query(sql: string, parameters: readonly unknown[] = []): Promise<readonly Record<string, unknown>[]> {
    return this.#guarded('inspect.failed', () => {
      const rows = this.#db
        .prepare(sql)
        .safeIntegers()
        .all(...parameters) as Record<string, unknown>[];
      return rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [name, small(value)])));
    });
  }

  async execute(statements: readonly Statement[], options?: { readonly again: boolean }): Promise<void> {
    for (const { sql, purpose, refuses } of statements) {
      // Each holds up the thread: between them others get their turn.
      await setImmediate();
      try {
        this.#guarded('index.failed', () => {
          if (!refuses) this.#db.exec(sql);
          else if (this.#db.prepare(sql).get()) throw new DroverError('index.failed', refuses, TARGET);
        });
      } catch (thrown) {
        if (options?.again && thrown instanceof DroverError && standsAlready(thrown)) continue;
        if (!(thrown instanceof DroverError) || thrown.message === refuses) throw thrown;
        throw DroverError.from({ ...thrown.data, message: `Could not ${purpose}. ${thrown.message}` });
      }
    }
  }

  async inspect() {
    const context = { path: this.#path, side: this.#side, otherwise: 'inspect.failed' } as const;
    return inspectDatabase(this.#db, this.#path, this.server).catch((thrown: unknown) => {
      throw asSqliteError(thrown, context);
    });
  }

  async profile(request: Parameters<Session['profile']>[0]) {
    return this.#guarded('inspect.failed', () => profileTable(this.#db, request), request.table.name);
  }

  async rowsWithin(seconds: number, sql: string) {
    return this.#guarded('inspect.failed', () => rowsWithin(this.#db, seconds, sql));
  }

  /** A file has no roles: whoever can open it may do everything. */
  async missingPrivileges(): Promise<readonly MissingPrivilege[]> {
    return [];
  }

  async describe(query: string): Promise<readonly DescribedColumn[]> {
    return this.#guarded('inspect.failed', () => describe(this.#db, query));
  }

  async sample({ table, limit, filter }: SampleRequest): Promise<SampleRows> {
    return this.#guarded(
      filter === null ? 'inspect.failed' : 'plan.bad-filter',
      () => {
        const names = this.#db.prepare('SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1').pluck();
        const columns = names.all(table) as string[];
        const list = columns.map((name) => sampled(quote(name))).join(', ') || '1';
        const where = filter === null ? '' : ` WHERE ${inTime(this.#db, table)} AND ${condition(filter, table)}`;
        const statement = this.#db.prepare(`SELECT ${list} FROM main.${quote(table)}${where} LIMIT ?`);
        return { columns, rows: statement.raw().all(limit) as (string | null)[][] };
      },
      table,
    );
  }

  /** A statement holds up this thread: there is never one to interrupt. */
  interrupt(): void {}

  async close(): Promise<void> {
    this.#db.close();
  }

  #guarded<T>(otherwise: ErrorCode, work: () => T, table?: string): T {
    const context = { path: this.#path, side: this.#side, otherwise };
    return guarded(table === undefined ? context : { ...context, table }, work);
  }
}

const TARGET = { where: { side: 'target' } } as const;

function serverOf(db: Database): Server {
  const version = db.prepare('SELECT sqlite_version()').pluck().get() as string;
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const versionNumber = major * 10_000 + minor * 100 + patch;
  if (versionNumber < OLDEST_VERSION) {
    throw new DroverError('connect.unsupported-version', `SQLite ${version} is older than 3.40.`);
  }
  return { family: 'sqlite', variant: 'SQLite', version, versionNumber };
}

function small(value: unknown): unknown {
  if (typeof value !== 'bigint') return value;
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : String(value);
}

function sampled(c: string): string {
  const hex = `'0x' || lower(hex(substr(${c}, 1, ${SAMPLE_CHARACTERS / 2})))`;
  return `iif(typeof(${c}) = 'blob', ${hex}, substr(CAST(${c} AS TEXT), 1, ${SAMPLE_CHARACTERS}))`;
}

/** The statement made what it makes when it was carried out before. */
function standsAlready({ data }: DroverError): boolean {
  return /^(?:table|index) .+ already exists$/s.test(data.cause ?? '');
}
