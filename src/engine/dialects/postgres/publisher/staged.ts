// Questions about the staged tables by their final names, before they are published.

import type { RunIdentity } from '../../session.ts';
import { confined } from '../confine.ts';
import type { Link } from '../connection.ts';
import { telling } from '../errors.ts';
import { stagingSchema } from '../namespace.ts';
import { quote } from '../syntax.ts';

/** Rows of a SELECT in which staged tables go before those that stand there. */
export async function countStaged({ client, connection }: Link, run: RunIdentity, query: string): Promise<number> {
  const doing = { what: 'The SELECT failed', code: 'rule.failed', reads: true, where: { side: 'target' } } as const;
  const path = `SET LOCAL search_path TO ${quote(stagingSchema(run))}, ${quote(connection.schema)}`;
  // With a parameter it goes by the extended protocol, which takes one statement and no more.
  const counted = `SELECT count(*) AS rows FROM (${query}) AS broken LIMIT $1`;
  return telling(doing, async () => {
    const { rows } = await confined(client, () => client.query<{ rows: string }>(counted, ['1']), path);
    return Number(rows[0]?.rows);
  });
}
