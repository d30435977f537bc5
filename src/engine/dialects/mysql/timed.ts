// Statements with an end in time, which the server itself keeps.

import type { TextRows } from '../session.ts';
import { isMariaDb } from './capabilities.ts';
import type { Link } from './connection.ts';
import { isTimeout, telling } from './errors.ts';

/** A statement that begins with SELECT, as one that ends by then. */
export function timed(select: string, seconds: number, { server }: Link): string {
  return isMariaDb(server)
    ? `SET STATEMENT max_statement_time = ${seconds} FOR ${select}`
    : select.replace('SELECT', `SELECT /*+ MAX_EXECUTION_TIME(${seconds * 1000}) */`);
}

/** The rows of a SELECT; null where time was up. */
export async function rowsWithin(link: Link, seconds: number, sql: string): Promise<TextRows | null> {
  return telling({ what: 'A question about values failed', code: 'inspect.failed', reads: true }, async () => {
    try {
      const rows = await link.query(timed(sql, seconds, link));
      return rows.map((row) => Object.values(row).map((value) => (value == null ? null : String(value))));
    } catch (error) {
      if (isTimeout(error)) return null;
      throw error;
    }
  });
}
