// Statements with an end in time, which the server itself keeps.

import type pg from 'pg';
import type { TextRows } from '../dialect.ts';
import { type ServerError, sqlState, telling } from './errors.ts';

/** SQLSTATE of a statement that took longer than it may, or was cancelled. */
export const CANCELED = '57014';

/** The rows of a SELECT; null where time was up. */
export async function rowsWithin(client: pg.Client, seconds: number, sql: string): Promise<TextRows | null> {
  return telling({ what: 'A question about values failed', code: 'inspect.failed' }, async () => {
    await client.query(`SET statement_timeout = ${seconds * 1000}`);
    try {
      return (await client.query<(string | null)[]>({ text: sql, rowMode: 'array' })).rows;
    } catch (error) {
      if (sqlState(error as ServerError) === CANCELED) return null;
      throw error;
    } finally {
      await client.query('SET statement_timeout = 0').catch(() => undefined);
    }
  });
}
