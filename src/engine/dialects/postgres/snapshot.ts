// Holds one exported snapshot of the source, which any number of readers can join.

import type { Access } from '../../../shared/model/connection.ts';
import type { SnapshotHold, SnapshotOptions } from '../reading.ts';
import { close, open } from './connection.ts';
import { statementError } from './errors.ts';
import { quote } from './syntax.ts';

/** The locks come first: a TRUNCATE between snapshot and reading would otherwise leave no rows to read. */
export async function holdSnapshot(
  access: Access,
  tables: readonly string[],
  options: SnapshotOptions,
): Promise<SnapshotHold> {
  const { client } = await open(access, 'source', 'snapshot');
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    await client.query("SET LOCAL lock_timeout = '60s'");
    const names = [...tables].sort().map(quote).join(', ');
    if (names !== '') await client.query(`LOCK TABLE ${names} IN ACCESS SHARE MODE`);
    const { rows } = await client.query<{ token: string }>('SELECT pg_export_snapshot() AS token');
    const { token } = rows[0]!;
    return {
      token,
      method: `exported snapshot ${token}`,
      readers: options.readers,
      // The holder keeps its locks: they let everybody read and write, and keep the structure as it is.
      joined: () => Promise.resolve(),
      release: () => close(client),
    };
  } catch (error) {
    await close(client);
    throw statementError(error, {
      what: 'Taking a snapshot of the source failed',
      code: 'load.failed',
      hint: 'If a table is locked, let that transaction end, then run again.',
      where: { side: 'source' },
    });
  }
}
