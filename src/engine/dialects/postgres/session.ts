// One connection for catalogue queries, profiling and DDL.

import type { Access } from '../../../shared/model/connection.ts';
import type { SampleRows } from '../../../shared/model/overview.ts';
import type { Statement } from '../../../shared/model/plan.ts';
import { SAMPLE_CHARACTERS, SAMPLE_SECONDS, tooSlow } from '../sampling.ts';
import type { SampleRequest, Session, SessionOptions } from '../session.ts';
import { confined } from './confine.ts';
import { close, type Link, open, type Role } from './connection.ts';
import { describe } from './describe.ts';
import { blaming, type Doing, type ServerError, sqlState, standsAlready, statementError, telling } from './errors.ts';
import { inspect } from './inspector.ts';
import { missingPrivileges } from './privileges.ts';
import { profile, scannable } from './profiler.ts';
import { condition, literal, quote } from './syntax.ts';
import { CANCELED, rowsWithin, timeout } from './timed.ts';
import { cancelStatement } from './wire/cancel.ts';

export async function connect(access: Access, { role, run, told }: SessionOptions): Promise<Session> {
  const link = await open(access, role, run?.id ?? 'session', told);
  return sessionOn(link, await isReadOnly(link, role));
}

/** A session on a connection that is open already. */
export function sessionOn(link: Link, readOnly: boolean): Session {
  const { client, server, tls } = link;
  return {
    server,
    tls,
    readOnly,
    query(sql, parameters = []) {
      const ask = () => client.query<Record<string, unknown>>(sql, [...parameters]);
      return telling({ what: 'A query failed', code: 'inspect.failed', reads: readOnly }, async () => {
        const { rows } = await (readOnly ? confined(client, ask) : ask());
        return rows;
      });
    },
    execute: (statements, options) => execute(link, statements, options?.again ?? false),
    inspect: () => inspect(link),
    profile: (request) => profile(client, server, request),
    rowsWithin: (seconds, sql) => rowsWithin(client, seconds, sql),
    missingPrivileges(use, tables) {
      const doing = { what: 'Reading the privileges failed', code: 'inspect.failed' } as const;
      return telling(doing, () => missingPrivileges(link, use, tables));
    },
    describe: (query) => describe(link, query),
    sample: (request) => sample(link, request),
    interrupt: () => void cancelStatement(client, link.dialled).then(() => close(client)),
    close: () => close(client),
  };
}

/** Each statement on its own: some may not stand in a transaction, and a failure names the one at fault. */
async function execute({ client }: Link, statements: readonly Statement[], again: boolean): Promise<void> {
  for (const { sql, purpose } of statements) {
    try {
      await client.query(sql);
    } catch (error) {
      if (again && standsAlready(error as ServerError, sql)) continue;
      throw statementError(error, { what: `The step "${purpose}" failed`, code: 'index.failed' });
    }
  }
}

/** One statement by the extended protocol, so that a filter can't smuggle in a second one. */
async function sample({ client }: Link, { table, limit, filter }: SampleRequest): Promise<SampleRows> {
  const doing: Doing = { what: `Reading ${table} failed`, code: 'inspect.failed', reads: true, where: { table } };
  try {
    const found = await client.query<{ name: string }>(
      `SELECT a.attname AS name FROM pg_attribute a
       WHERE a.attrelid = to_regclass(${literal(quote(table))}) AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attnum`,
    );
    const columns = found.rows.map(({ name }) => name);
    const list = columns.map((name, i) => `left(${quote(name)}::text, ${SAMPLE_CHARACTERS}) AS c${i}`);
    const from = await scannable(client, { name: table, staging: null });
    const where = filter === null ? '' : ` WHERE ${condition(filter, table)}`;
    const select = `SELECT ${list.join(', ')} FROM ${from}${where} LIMIT $1`;
    const ask = () => client.query<Record<string, string | null>>(select, [String(limit)]);
    const { rows } = await confined(client, ask, timeout(SAMPLE_SECONDS));
    return { columns, rows: rows.map((row) => columns.map((_, i) => row[`c${i}`] ?? null)) };
  } catch (error) {
    if (sqlState(error as ServerError) === CANCELED) throw tooSlow(table);
    throw statementError(error, blaming(filter, error, doing));
  }
}

async function isReadOnly({ client }: Link, role: Role): Promise<boolean> {
  if (role === 'source') return true;
  const { rows } = await client.query<{ only: string }>(
    `SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS only`,
  );
  return rows[0]?.only === 't';
}
