// The ledger in the target: one row for each chunk that was committed, written in the chunk's own transaction.

import type pg from 'pg';
import { DroverError } from '../../../shared/errors.ts';
import type { RunIdentity } from '../session.ts';
import type { LedgerRow } from '../writing.ts';
import { controlTable, ledgerTable } from './namespace.ts';
import { literal } from './syntax.ts';

/**
 * Begins a chunk's transaction with its ledger row: a zombie and its successor collide on the key, and an epoch that has
 * moved on lets nothing in. The shared lock keeps the epoch still until the chunk is committed. Answers `question` as well.
 */
export async function openChunk(
  client: pg.Client,
  run: RunIdentity,
  table: string,
  chunk: number,
  question: string,
): Promise<pg.QueryResult> {
  const entry = `INSERT INTO ${ledgerTable(run)} (table_name, chunk)
     SELECT ${literal(table)}, ${chunk}
     FROM (SELECT FROM ${controlTable(run)} WHERE epoch = ${run.epoch} AND state = 'staged' FOR SHARE) AS current`;
  const [, entered, answer] = await together(client, ['BEGIN', entry, question]);
  if (entered!.rowCount === 1) return answer!;
  throw new DroverError('load.failed', 'Another Drover has taken this run over, or it is published already.', {
    hint: 'Look at the other instance; this one has written nothing.',
    where: { side: 'target', table },
  });
}

export async function commitChunk(client: pg.Client, run: RunIdentity, row: LedgerRow): Promise<void> {
  const entry = `UPDATE ${ledgerTable(run)} SET row_count = ${row.rows}, digest = ${literal(row.digest)}, loaded_at = now()
     WHERE table_name = ${literal(row.table)} AND chunk = ${row.chunk}`;
  await together(client, [entry, 'COMMIT']);
}

/** In one message: to a server far away, the ways there and back are most of what a small table takes. */
async function together(client: pg.Client, statements: readonly string[]): Promise<readonly pg.QueryResult[]> {
  // Of several statements the driver answers with an array, which its types do not know.
  return (await client.query(statements.join(';\n'))) as unknown as pg.QueryResult[];
}

export async function forgetChunks(client: pg.Client, run: RunIdentity, table: string): Promise<void> {
  await client.query(`DELETE FROM ${ledgerTable(run)} WHERE table_name = ${literal(table)}`);
}

/** Empty where there is no ledger. */
export async function readLedger(client: pg.Client, run: RunIdentity): Promise<LedgerRow[]> {
  const known = await client.query<{ ledger: string | null }>(
    `SELECT to_regclass(${literal(ledgerTable(run))}) AS ledger`,
  );
  if (known.rows[0]?.ledger == null) return [];
  const { rows } = await client.query<{ table_name: string; chunk: string; row_count: string; digest: string }>(
    `SELECT table_name, chunk, row_count, digest FROM ${ledgerTable(run)} ORDER BY table_name, chunk`,
  );
  return rows.map((row) => ({
    table: row.table_name,
    chunk: Number(row.chunk),
    rows: Number(row.row_count),
    digest: row.digest,
  }));
}

/** LOGGED on purpose: an unlogged table would be empty after a crash, and its chunks loaded twice. */
export function ledgerDdl(run: RunIdentity): string {
  return `CREATE TABLE IF NOT EXISTS ${ledgerTable(run)} (
    table_name text NOT NULL, chunk integer NOT NULL, row_count bigint, digest text,
    loaded_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (table_name, chunk))`;
}
