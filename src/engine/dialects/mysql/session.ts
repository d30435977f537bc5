// A session for catalogue queries, profiling, privileges and DDL.

import { DroverError } from '../../../shared/errors.ts';
import type { Access } from '../../../shared/model/connection.ts';
import type { SampleRows } from '../../../shared/model/overview.ts';
import type { Statement } from '../../../shared/model/plan.ts';
import { SAMPLE_CHARACTERS, SAMPLE_SECONDS, tooSlow } from '../sampling.ts';
import type { SampleRequest, Session, SessionOptions } from '../session.ts';
import { type Link, open } from './connection.ts';
import { describe } from './describe.ts';
import { isTimeout, standsAlready, telling } from './errors.ts';
import { inspect } from './inspector.ts';
import { kill } from './kill.ts';
import { claim } from './lock.ts';
import { missingPrivileges } from './privileges.ts';
import { profile } from './profiler.ts';
import { readExpression } from './select.ts';
import { condition, qualified, quote } from './syntax.ts';
import { rowsWithin, timed } from './timed.ts';
import { isTextual, nativeType, parseType } from './type-parse.ts';

export async function connect(access: Access, { role, run, told }: SessionOptions): Promise<Session> {
  const link = await open(access, role, told);
  if (run) await claim(link, run);
  return sessionOf(link, role, access);
}

export function sessionOf(link: Link, role: 'source' | 'target', access: Access): Session {
  return {
    server: link.server,
    tls: link.tls,
    readOnly: role === 'source',
    query: (sql, parameters) =>
      telling({ what: 'A query failed', code: 'inspect.failed', reads: role === 'source' }, () =>
        link.query(sql, parameters),
      ),
    execute: (statements, options) => execute(link, statements, options?.again ?? false),
    inspect: () => inspect(link),
    profile: (request) => profile(link, request),
    rowsWithin: (seconds, sql) => rowsWithin(link, seconds, sql),
    missingPrivileges: (use, tables) => missingPrivileges(link, use, tables),
    describe: (query) => describe(link, query),
    sample: (request) => sample(link, request),
    interrupt: () => kill(link, access),
    close: () => link.close(),
  };
}

async function execute(link: Link, statements: readonly Statement[], again: boolean): Promise<void> {
  for (const { sql, purpose, refuses } of statements) {
    const code = /^\s*ALTER\b/i.test(sql) ? 'index.failed' : 'load.failed';
    const rows = await telling({ what: `Could not ${purpose}`, code, where: { side: 'target' } }, () =>
      link.query(sql).catch((error) => {
        if (again && standsAlready(error)) return [];
        throw error;
      }),
    ).catch(async (error) => {
      // One that fails between two others must not leave the session without its checks.
      await link.query('SET foreign_key_checks = 1').catch(() => undefined);
      throw error;
    });
    if (refuses && rows.length > 0) throw new DroverError('index.failed', refuses, { where: { side: 'target' } });
  }
}

async function sample(link: Link, { table, limit, filter }: SampleRequest): Promise<SampleRows> {
  const doing = {
    what: `Rows of ${table} can't be read`,
    code: 'inspect.failed',
    reads: true,
    where: { table },
  } as const;
  const ask = async (): Promise<SampleRows> => {
    const columns = await link.query(
      `SELECT COLUMN_NAME AS name, COLUMN_TYPE AS type FROM information_schema.COLUMNS
       WHERE TABLE_SCHEMA = ? AND TABLE_NAME = ? ORDER BY ORDINAL_POSITION`,
      [link.database, table],
    );
    const list = columns.map((column, i) => `${shortText(String(column.name), String(column.type), link)} AS c${i}`);
    const where = filter === null ? '' : ` WHERE ${condition(filter, table)}`;
    const rows = await link.query(
      timed(
        `SELECT ${list.join(', ') || '1'} FROM ${qualified(link.database, table)}${where} LIMIT ${limit}`,
        SAMPLE_SECONDS,
        link,
      ),
    );
    return {
      columns: columns.map(({ name }) => String(name)),
      rows: rows.map((row) => columns.map((_, i) => (row[`c${i}`] == null ? null : String(row[`c${i}`])))),
    };
  };
  return telling(
    doing,
    () =>
      ask().catch((error) => {
        throw isTimeout(error) ? tooSlow(table) : error;
      }),
    filter,
  );
}

function shortText(name: string, native: string, { server }: Link): string {
  const logical = parseType(native);
  if (logical?.kind === 'binary') return `CONCAT('0x', HEX(LEFT(${quote(name)}, ${SAMPLE_CHARACTERS / 2 - 1})))`;
  if (logical?.kind === 'bit') return `LPAD(BIN(${quote(name)} + 0), ${logical.length ?? 1}, '0')`;
  const type = nativeType(native);
  const value = logical ? readExpression(quote(name), native, logical, server.variant) : quote(name);
  return `LEFT(${type && isTextual(type) ? value : `CAST(${value} AS CHAR)`}, ${SAMPLE_CHARACTERS})`;
}
