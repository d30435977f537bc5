// Statements with an end in time, which the server itself keeps.

import type pg from 'pg';
import type { TextRows } from '../session.ts';
import { confined } from './confine.ts';
import { type ServerError, sqlState, telling } from './errors.ts';

/** SQLSTATE of a statement that took longer than it may, or was cancelled. */
export const CANCELED = '57014';

/** A setting for `confined`. */
export function timeout(seconds: number): string {
  return `SET LOCAL statement_timeout = ${seconds * 1000}`;
}

/** The rows of a SELECT; null where time was up. */
export async function rowsWithin(client: pg.Client, seconds: number, sql: string): Promise<TextRows | null> {
  return telling({ what: 'A question about values failed', code: 'inspect.failed', reads: true } as const, async () => {
    const ask = () => client.query<(string | null)[]>({ text: sql, rowMode: 'array' });
    try {
      return (await confined(client, ask, timeout(seconds))).rows;
    } catch (error) {
      if (sqlState(error as ServerError) === CANCELED) return null;
      throw error;
    }
  });
}
