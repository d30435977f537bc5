// Tables with their comments, sizes and how many rows they are likely to hold.

import type pg from 'pg';
import type { Table } from '../../../../shared/model/catalog.ts';
import { qualified } from '../syntax.ts';
import { rowsOf, tablesCte } from './catalogue.ts';

/** Tables that were never analysed are counted up to this size, and in all up to four times as much. */
const COUNT_BYTES = 64 * 1024 * 1024;

export type FoundTable = Pick<Table, 'name' | 'kind' | 'comment' | 'rowEstimate' | 'bytes'> & { readonly oid: string };

export async function readTables(client: pg.Client, schema: string): Promise<FoundTable[]> {
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)},
     parts AS (
       SELECT oid AS root, oid FROM t WHERE relkind = 'r'
       UNION ALL
       SELECT t.oid, p.relid FROM t CROSS JOIN LATERAL pg_partition_tree(t.oid) p WHERE t.relkind = 'p' AND p.isleaf),
     sizes AS (
       SELECT p.root, sum(greatest(c.reltuples, 0)) AS tuples, sum(pg_relation_size(c.oid)) AS heap,
         sum(pg_total_relation_size(c.oid)) AS total,
         bool_or((c.reltuples < 0 OR c.relpages = 0) AND pg_relation_size(c.oid) > 0) AS unknown
       FROM parts p JOIN pg_class c ON c.oid = p.oid
       GROUP BY p.root)
     SELECT t.oid, t.relname AS name, t.relkind AS kind, d.description AS comment, s.tuples, s.heap, s.total,
       s.unknown, has_table_privilege(t.oid, 'SELECT') AS readable
     FROM t
     LEFT JOIN sizes s ON s.root = t.oid
     LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = t.oid AND d.objsubid = 0
     ORDER BY t.relname`,
  );
  let allowance = 4 * COUNT_BYTES;
  const tables: FoundTable[] = [];
  for (const row of rows) {
    const kind = row.kind === 'p' ? 'partitioned' : 'table';
    const heap = Number(row.heap ?? 0);
    let rowEstimate = Math.round(Number(row.tuples ?? 0));
    if (row.unknown === 't' && row.readable === 't') {
      const reference = `${kind === 'table' ? 'ONLY ' : ''}${qualified(schema, row.name!)}`;
      const affordable = heap < COUNT_BYTES && heap <= allowance;
      if (affordable) allowance -= heap;
      rowEstimate = (await (affordable ? countRows : planRows)(client, reference)) ?? rowEstimate;
    }
    tables.push({
      oid: row.oid!,
      name: row.name!,
      kind,
      comment: row.comment!,
      rowEstimate,
      bytes: Number(row.total ?? 0),
    });
  }
  return tables;
}

async function countRows(client: pg.Client, reference: string): Promise<number | null> {
  try {
    return Number((await rowsOf(client, `SELECT count(*) FROM ${reference}`))[0]!.count);
  } catch {
    // Row-level security, or somebody holds the table: an estimate is not worth more.
    return null;
  }
}

/** The planner's own guess, from the number of pages. */
async function planRows(client: pg.Client, reference: string): Promise<number | null> {
  try {
    const row = (await rowsOf(client, `EXPLAIN (FORMAT JSON) SELECT 1 FROM ${reference}`))[0]!;
    const plans = JSON.parse(row['QUERY PLAN']!) as { Plan: { 'Plan Rows': number } }[];
    return plans[0]!.Plan['Plan Rows'];
  } catch {
    return null;
  }
}
