// The control row and the ledger in the staging database: what has been loaded, and by whose epoch.

import { DroverError } from '../../../shared/errors.ts';
import type { RunIdentity } from '../session.ts';
import type { LedgerRow } from '../writing.ts';
import type { Link } from './connection.ts';
import { type ServerError, telling } from './errors.ts';
import { CONTROL, controlRemark, LEDGER, type PUBLISHED, type READY, stagingDatabase } from './names.ts';
import { literal, qualified } from './syntax.ts';

const DUPLICATE = 1062;
const NO_SUCH_DATABASE = 1049;
const NO_SUCH_TABLE = 1146;

export function controlTable(run: RunIdentity): string {
  return qualified(stagingDatabase(run), CONTROL);
}

function ledgerTable(run: RunIdentity): string {
  return qualified(stagingDatabase(run), LEDGER);
}

/** Statements that make control row and ledger, or raise the epoch; each may be repeated. */
export function bookkeeping(database: string, run: RunIdentity): string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${controlTable(run)} (
       id TINYINT NOT NULL PRIMARY KEY, run CHAR(12) NOT NULL, epoch INT NOT NULL, merged TINYINT NOT NULL DEFAULT 0)
       ${options} COMMENT=${literal(controlRemark(database))}`,
    `CREATE TABLE IF NOT EXISTS ${ledgerTable(run)} (
       tab VARCHAR(64) NOT NULL, chunk INT NOT NULL, epoch INT NOT NULL, loaded BIGINT NULL, digest VARCHAR(64) NULL,
       PRIMARY KEY (tab, chunk)) ${options}`,
    `INSERT INTO ${controlTable(run)} (id, run, epoch) VALUES (1, '${run.id}', ${run.epoch})
       ON DUPLICATE KEY UPDATE epoch = GREATEST(epoch, ${run.epoch})`,
  ];
}

/** An empty table whose name tells the state; made where there is none of any name. */
export function markerStatement(run: RunIdentity, marker: typeof READY | typeof PUBLISHED): string {
  return `CREATE TABLE IF NOT EXISTS ${qualified(stagingDatabase(run), marker)} (id TINYINT NOT NULL PRIMARY KEY) ${options}`;
}

const options = 'ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin';

/** Opens the transaction of a chunk. The ledger row comes first: a zombie and its successor collide on its key. */
export async function openChunk(link: Link, run: RunIdentity, table: string, chunk: number): Promise<void> {
  const doing = {
    what: `Loading chunk ${chunk} of ${table} could not begin`,
    code: 'load.failed',
    where: { table },
  } as const;
  await telling(doing, async () => {
    await link.query('START TRANSACTION');
    try {
      await link.query(`INSERT INTO ${ledgerTable(run)} (tab, chunk, epoch) VALUES (?, ?, ?)`, [
        table,
        chunk,
        run.epoch,
      ]);
    } catch (error) {
      if ((error as ServerError).errno !== DUPLICATE) throw error;
      throw new DroverError('load.failed', `Chunk ${chunk} of ${table} is loaded already.`, { where: { table } });
    }
    await checkEpoch(link, run);
  });
}

/** Fencing: whoever took the run over raised the epoch, and holds everybody else off with it. */
export async function checkEpoch(link: Link, run: RunIdentity): Promise<void> {
  const [row] = await link.query(`SELECT epoch FROM ${controlTable(run)} WHERE id = 1 LOCK IN SHARE MODE`);
  if (row && Number(row.epoch) === run.epoch) return;
  throw new DroverError('run.target-locked', 'Another process has taken this run over.', {
    hint: 'Let it finish, or end it and resume the run.',
    where: { side: 'target' },
  });
}

export async function closeChunk(
  link: Link,
  run: RunIdentity,
  table: string,
  chunk: number,
  result: { readonly rows: number; readonly digest: string },
): Promise<void> {
  const doing = {
    what: `Chunk ${chunk} of ${table} could not be committed`,
    code: 'load.failed',
    where: { table },
  } as const;
  await telling(doing, async () => {
    await link.query(`UPDATE ${ledgerTable(run)} SET loaded = ?, digest = ? WHERE tab = ? AND chunk = ?`, [
      result.rows,
      result.digest,
      table,
      chunk,
    ]);
    await link.query('COMMIT');
  });
}

export async function forgetChunks(link: Link, run: RunIdentity, table: string): Promise<void> {
  await link.query(`DELETE FROM ${ledgerTable(run)} WHERE tab = ?`, [table]);
}

/** Empty where there is no ledger. */
export async function readLedger(link: Link, run: RunIdentity): Promise<LedgerRow[]> {
  const rows = await telling({ what: 'The ledger in the target can’t be read', code: 'load.failed' }, () =>
    link
      .query(`SELECT tab, chunk, loaded, digest FROM ${ledgerTable(run)} WHERE loaded IS NOT NULL ORDER BY tab, chunk`)
      .catch((error) => {
        if ([NO_SUCH_TABLE, NO_SUCH_DATABASE].includes((error as ServerError).errno ?? 0)) return [];
        throw error;
      }),
  );
  return rows.map((row) => ({
    table: String(row.tab),
    chunk: Number(row.chunk),
    rows: Number(row.loaded),
    digest: String(row.digest),
  }));
}
