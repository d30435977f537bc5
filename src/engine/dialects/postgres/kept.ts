// Tables that a run holds in schemas of its own: which they are, how large, and putting them aside.

import type pg from 'pg';
import { many } from '../../../shared/format.ts';
import type { RunTable, StoredTable, TableTie } from '../publishing.ts';
import type { RunIdentity } from '../session.ts';
import { inTransaction } from './control.ts';
import { addedSchema, asideSchema, backupRemark, backupSchema, controlRemark, stagingSchema } from './namespace.ts';
import { literal, qualified, quote } from './syntax.ts';

/** Tables up to this size are counted; of larger ones the server's estimate will do. */
const COUNTED_BYTES = 8 * 1024 * 1024;

export async function tablesOf(client: pg.Client, schema: string): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT relname AS name ${inSchema(schema)} ORDER BY relname`);
  return rows.map(({ name }) => name);
}

export async function backupsOf(client: pg.Client, run: RunIdentity): Promise<StoredTable[]> {
  return [...(await storedIn(client, backupSchema(run))), ...(await storedIn(client, addedSchema(run)))];
}

export async function storedIn(client: pg.Client, schema: string): Promise<StoredTable[]> {
  // Of a partitioned table the partitions hold the rows; it itself says -1, which is "not known".
  const { rows } = await client.query<{ name: string; rows: string; bytes: string }>(
    `SELECT relname AS name, reltuples::bigint AS rows,
       CASE relkind WHEN 'p' THEN (SELECT sum(pg_total_relation_size(t.relid)) FROM pg_partition_tree(c.oid) t)
         ELSE pg_total_relation_size(c.oid) END AS bytes
     ${inSchema(schema)} ORDER BY relname`,
  );
  const tables: StoredTable[] = [];
  for (const row of rows) {
    const bytes = Number(row.bytes);
    const estimate = Number(row.rows) < 0 ? null : Number(row.rows);
    const small = bytes <= COUNTED_BYTES;
    tables.push({
      table: row.name,
      keptAs: `${schema}.${row.name}`,
      rows: small ? await countOf(client, qualified(schema, row.name)) : estimate,
      estimated: !small,
      bytes,
    });
  }
  return tables;
}

/** Those replaced in `schema`; a backup without a remark could be of any. */
export async function backupsOfOthers(client: pg.Client, run: RunIdentity, schema: string): Promise<RunTable[]> {
  const remark = literal(backupRemark(schema));
  const { rows } = await client.query<{ run: string; name: string }>(
    `SELECT substr(n.nspname, 8, 12) AS run, c.relname AS name
     FROM pg_namespace n JOIN pg_class c ON c.relnamespace = n.oid AND c.relkind IN ('r', 'p') AND NOT c.relispartition
     WHERE n.nspname ~ '^drover_[0-9a-z]{12}_backup$' AND n.nspname <> ${literal(backupSchema(run))}
       AND coalesce(obj_description(n.oid, 'pg_namespace'), ${remark}) = ${remark}`,
  );
  return rows.map((row) => ({ run: row.run, table: row.name }));
}

/** By the names of their schemas. What a remark says to be of another schema of the user's is left out. */
export async function runsHere(client: pg.Client, schema: string): Promise<string[]> {
  const remarks = [backupRemark(schema), controlRemark(schema)].map(literal).join(', ');
  const { rows } = await client.query<{ run: string }>(
    `SELECT substr(nspname, 8, 12) AS run FROM pg_namespace
     WHERE nspname ~ '^drover_[0-9a-z]{12}(_(control|backup|added|newer))?$'
     GROUP BY 1
     HAVING coalesce(bool_or(obj_description(oid, 'pg_namespace') IN (${remarks})), true) ORDER BY 1`,
  );
  return rows.map(({ run }) => run);
}

export async function backupTies(client: pg.Client, run: RunIdentity): Promise<TableTie[]> {
  const backup = `to_regnamespace(${literal(quote(backupSchema(run)))})`;
  const { rows } = await client.query<{ key: string; table: string; references: string }>(
    `SELECT k.conname AS key, c.relname AS "table", r.relname AS "references"
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class r ON r.oid = k.confrelid
     WHERE k.contype = 'f' AND k.conparentid = 0 AND c.oid <> r.oid
       AND c.relnamespace = ${backup} AND r.relnamespace = ${backup} ORDER BY 2, 1`,
  );
  return rows;
}

/** The whole schema gets another name: one act, however many tables. Where some were put aside before, they join them. */
export async function putAside(client: pg.Client, run: RunIdentity): Promise<void> {
  const staging = stagingSchema(run);
  const aside = asideSchema(run);
  await inTransaction(client, async () => {
    const tables = await tablesOf(client, staging);
    if (tables.length === 0) return;
    if ((await tablesOf(client, aside)).length === 0) {
      await client.query(`ALTER SCHEMA ${quote(staging)} RENAME TO ${quote(aside)}`);
      return;
    }
    for (const table of tables) {
      await client.query(`ALTER TABLE ${qualified(staging, table)} SET SCHEMA ${quote(aside)}`);
    }
  });
}

async function countOf(client: pg.Client, reference: string): Promise<number> {
  const { rows } = await client.query<{ rows: string }>(`SELECT count(*) AS rows FROM ${reference}`);
  return Number(rows[0]?.rows);
}

function inSchema(schema: string): string {
  return `FROM pg_class c WHERE relkind IN ('r', 'p') AND NOT relispartition
    AND relnamespace = to_regnamespace(${literal(quote(schema))})`;
}

/** Rows by their text, in any order; the sum tells equal rows apart from none. */
export async function contentsOf(
  client: pg.Client,
  schema: string,
  tables: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const sums = new Map<string, string>();
  for (const table of tables) {
    const { rows } = await client.query<{ rows: string; sum: string | null }>(
      `SELECT count(*) AS rows, sum(hashtextextended(t::text, 0)) AS sum FROM ${qualified(schema, table)} AS t`,
    );
    sums.set(table, `${many(Number(rows[0]?.rows), 'row')}, ${rows[0]?.sum ?? 0}`);
  }
  return sums;
}
