// One connection for catalogue queries, profiling and DDL.

import type { Access } from '../../../shared/model/connection.ts';
import type { Statement } from '../../../shared/model/plan.ts';
import type { Session, SessionOptions } from '../dialect.ts';
import { close, type Link, open, type Role } from './connection.ts';
import { statementError, telling } from './errors.ts';
import { inspect } from './inspector.ts';
import { missingPrivileges } from './privileges.ts';
import { profile } from './profiler.ts';
import { literal, quote } from './syntax.ts';

const SAMPLE_CHARACTERS = 200;

export async function connect(access: Access, { role }: SessionOptions): Promise<Session> {
  const link = await open(access, role, 'session');
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
      return telling({ what: 'A query failed', code: 'inspect.failed' }, async () => {
        const { rows } = await client.query<Record<string, unknown>>(sql, [...parameters]);
        return rows;
      });
    },
    execute: (statements) => execute(link, statements),
    inspect: () => inspect(link),
    profile: (request) => profile(client, server, request),
    missingPrivileges(use, tables) {
      const doing = { what: 'Reading the privileges failed', code: 'inspect.failed' } as const;
      return telling(doing, () => missingPrivileges(link, use, tables));
    },
    sample: (table, limit) => sample(link, table, limit),
    close: () => close(client),
  };
}

/** Each statement on its own: some may not stand in a transaction, and a failure names the one at fault. */
async function execute({ client }: Link, statements: readonly Statement[]): Promise<void> {
  for (const { sql, purpose } of statements) {
    try {
      await client.query(sql);
    } catch (error) {
      throw statementError(error, { what: `The step "${purpose}" failed`, code: 'index.failed' });
    }
  }
}

async function sample(
  { client }: Link,
  table: string,
  limit: number,
): Promise<readonly Record<string, string | null>[]> {
  const doing = { what: `Reading ${table} failed`, code: 'inspect.failed', where: { table } } as const;
  return telling(doing, async () => {
    const columns = await client.query<{ name: string }>(
      `SELECT a.attname AS name FROM pg_attribute a
       WHERE a.attrelid = to_regclass(${literal(quote(table))}) AND a.attnum > 0 AND NOT a.attisdropped
       ORDER BY a.attnum`,
    );
    const list = columns.rows.map(({ name }) => `left(${quote(name)}::text, ${SAMPLE_CHARACTERS}) AS ${quote(name)}`);
    const { rows } = await client.query<Record<string, string | null>>(
      `SELECT ${list.join(', ')} FROM ${quote(table)} LIMIT ${Math.trunc(limit)}`,
    );
    return rows;
  });
}

async function isReadOnly({ client }: Link, role: Role): Promise<boolean> {
  if (role === 'source') return true;
  const { rows } = await client.query<{ only: string }>(
    `SELECT pg_is_in_recovery() OR current_setting('default_transaction_read_only') = 'on' AS only`,
  );
  return rows[0]?.only === 't';
}
