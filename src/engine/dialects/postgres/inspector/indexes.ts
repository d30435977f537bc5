// Secondary indexes, and exclusion constraints, which are indexes with a condition.

import type pg from 'pg';
import type { Index, IndexPart } from '../../../../shared/model/catalog.ts';
import type { Server } from '../../../../shared/model/connection.ts';
import { EXCLUSION, NULLS_NOT_DISTINCT } from '../capabilities.ts';
import { byTable, type Row, rowsOf, tablesCte } from './catalogue.ts';
import { isPlainUnique } from './keys.ts';

/** One part as the query tells it; `options` bit 0 is DESC, bit 1 NULLS FIRST. */
interface Part {
  readonly column: string | null;
  readonly sql: string;
  readonly key: boolean;
  readonly options: number | null;
  readonly operators: string | null;
  readonly collation: string | null;
}

export async function readIndexes(client: pg.Client, schema: string, server: Server): Promise<Map<string, Index[]>> {
  const distinct = server.versionNumber >= NULLS_NOT_DISTINCT ? 'x.indnullsnotdistinct' : 'false';
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)}
     SELECT t.oid, c.relname AS name, x.indisunique AS "unique", m.amname AS method, ${distinct} AS notdistinct,
       pg_get_expr(x.indpred, x.indrelid) AS condition,
       CASE WHEN k.contype = 'x' THEN pg_get_constraintdef(k.oid) END AS exclusion,
       (SELECT json_agg(json_build_object(
           'column', a.attname, 'sql', pg_get_indexdef(x.indexrelid, n.place, true), 'key', n.place <= x.indnkeyatts,
           'options', x.indoption[n.place - 1], 'operators', CASE WHEN NOT o.opcdefault THEN o.opcname END,
           'collation', CASE WHEN x.indcollation[n.place - 1] <> a.attcollation THEN l.collname END)
           ORDER BY n.place)
         FROM generate_series(1, x.indnatts) n (place)
         LEFT JOIN pg_attribute a ON a.attrelid = x.indrelid AND a.attnum = x.indkey[n.place - 1] AND a.attnum > 0
         LEFT JOIN pg_opclass o ON o.oid = x.indclass[n.place - 1] AND n.place <= x.indnkeyatts
         LEFT JOIN pg_collation l ON l.oid = x.indcollation[n.place - 1] AND n.place <= x.indnkeyatts) AS parts
     FROM t
     JOIN pg_index x ON x.indrelid = t.oid AND x.indisvalid
     JOIN pg_class c ON c.oid = x.indexrelid
     JOIN pg_am m ON m.oid = c.relam
     LEFT JOIN pg_constraint k ON k.conindid = x.indexrelid AND k.conrelid = t.oid AND k.contype IN ('p', 'u', 'x')
     WHERE NOT x.indisprimary AND (k.contype IS DISTINCT FROM 'u' OR NOT ${isPlainUnique('x.indexrelid', server)})
     ORDER BY t.relname, c.relname`,
  );
  return byTable(rows, indexOf);
}

function indexOf(row: Row): Index {
  const parts = JSON.parse(row.parts!) as Part[];
  const common = { name: row.name!, unique: row.unique === 't', nullsNotDistinct: row.notdistinct === 't' };
  if (row.exclusion !== null) {
    const expression = row.exclusion!.replace(/^EXCLUDE /, '');
    const whole: IndexPart = { column: null, expression, prefix: null, descending: false };
    return { ...common, method: EXCLUSION, where: null, parts: [whole], include: [] };
  }
  return {
    ...common,
    method: row.method!,
    where: row.condition!,
    parts: parts.filter(({ key }) => key).map(partOf),
    include: parts.filter(({ key }) => !key).map(({ column }) => column!),
  };
}

function partOf({ column, sql, options, operators, collation }: Part): IndexPart {
  const descending = ((options ?? 0) & 1) === 1;
  const nullsFirst = ((options ?? 0) & 2) === 2;
  return {
    column,
    expression: column === null ? sql : null,
    prefix: null,
    descending,
    ...(nullsFirst === descending ? {} : { nulls: nullsFirst ? 'first' : 'last' }),
    ...(collation === null ? {} : { collation }),
    ...(operators === null ? {} : { operatorClass: operators }),
  };
}
