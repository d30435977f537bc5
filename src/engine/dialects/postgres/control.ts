// The control row in the target: whether a run is staged or published, and which epoch may write.

import type pg from 'pg';
import { DroverError } from '../../../shared/errors.ts';
import type { TargetState } from '../publishing.ts';
import type { RunIdentity } from '../session.ts';
import { ledgerDdl } from './ledger.ts';
import { addedSchema, backupSchema, controlRemark, controlSchema, controlTable, stagingSchema } from './namespace.ts';
import { literal, quote } from './syntax.ts';

/** Makes staging schema, control row and ledger, all or none; raises the epoch where they stand already. */
export async function createStaging(client: pg.Client, run: RunIdentity, schema: string): Promise<void> {
  await inTransaction(client, async () => {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${quote(stagingSchema(run))}`);
    await takeControl(client, run, 'staged', schema);
    await client.query(ledgerDdl(run));
  });
}

/** The control row of a run that was published; `finish` drops it where nothing was replaced. */
export async function reclaim(client: pg.Client, run: RunIdentity, schema: string): Promise<void> {
  await inTransaction(client, () => takeControl(client, run, 'published', schema));
}

/** Makes the control row, or raises its epoch. Throws when a newer epoch has it. */
async function takeControl(
  client: pg.Client,
  run: RunIdentity,
  state: 'staged' | 'published',
  schema: string,
): Promise<void> {
  const control = quote(controlSchema(run));
  const known = await client.query(`SELECT 1 WHERE to_regnamespace(${literal(control)}) IS NOT NULL`);
  if (known.rows.length === 0) {
    await client.query(`CREATE SCHEMA IF NOT EXISTS ${control}`);
    await client.query(`COMMENT ON SCHEMA ${control} IS ${literal(controlRemark(schema))}`);
  }
  await client.query(
    `CREATE TABLE IF NOT EXISTS ${controlTable(run)} (
       run text PRIMARY KEY, epoch integer NOT NULL, state text NOT NULL CHECK (state IN ('staged', 'published')),
       changed_at timestamptz NOT NULL DEFAULT now())`,
  );
  await client.query(
    `INSERT INTO ${controlTable(run)} AS known (run, epoch, state)
     VALUES (${literal(run.id)}, ${run.epoch}, ${literal(state)})
     ON CONFLICT (run) DO UPDATE SET epoch = greatest(known.epoch, excluded.epoch)`,
  );
  await requireEpoch(client, run);
}

/** What the target itself says. */
export async function readState(client: pg.Client, run: RunIdentity): Promise<TargetState> {
  const known = await client.query<{ control: string | null }>(
    `SELECT to_regclass(${literal(controlTable(run))}) AS control`,
  );
  if (known.rows[0]?.control == null) return 'absent';
  const { rows } = await client.query<{ state: TargetState }>(`SELECT state FROM ${controlTable(run)}`);
  return rows[0]?.state ?? 'absent';
}

/** 0 where the target knows nothing of the run. */
export async function readEpoch(client: pg.Client, run: RunIdentity): Promise<number> {
  if ((await readState(client, run)) === 'absent') return 0;
  const { rows } = await client.query<{ epoch: string }>(`SELECT epoch FROM ${controlTable(run)}`);
  return Number(rows[0]?.epoch ?? 0);
}

/** Takes the control row for this transaction and returns its state. Throws when a newer epoch has it. */
export async function requireEpoch(client: pg.Client, run: RunIdentity): Promise<TargetState> {
  const { rows } = await client.query<{ state: TargetState; epoch: string }>(
    `SELECT state, epoch FROM ${controlTable(run)} FOR UPDATE`,
  );
  const row = rows[0];
  if (row && Number(row.epoch) === run.epoch) return row.state;
  throw new DroverError('run.target-locked', 'Another Drover has taken this run over.', {
    hint: 'Look at the other instance; this one changes nothing any more.',
    where: { side: 'target' },
  });
}

export async function setState(client: pg.Client, run: RunIdentity, state: TargetState): Promise<void> {
  await client.query(`UPDATE ${controlTable(run)} SET state = ${literal(state)}, changed_at = now()`);
}

/** Control row and ledger go with the last of what they speak of: staging and backups. */
export async function dropControlWhenAlone(client: pg.Client, run: RunIdentity): Promise<void> {
  const { rows } = await client.query<{ others: string }>(
    `SELECT count(*) AS others FROM pg_namespace
     WHERE nspname IN (${literal(stagingSchema(run))}, ${literal(backupSchema(run))}, ${literal(addedSchema(run))})`,
  );
  if (rows[0]?.others === '0') await client.query(`DROP SCHEMA IF EXISTS ${quote(controlSchema(run))} CASCADE`);
}

export async function inTransaction<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query('BEGIN');
  try {
    const result = await work();
    await client.query('COMMIT');
    return result;
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}
