// What else is special about tables, and carried by no plan: listed, so that somebody can see to it.

import type pg from 'pg';
import type { Table } from '../../../../shared/model/catalog.ts';
import type { Server } from '../../../../shared/model/connection.ts';
import { byTable, rowsOf, tablesCte } from './catalogue.ts';

const NOT_ENFORCED = 180_000;

export async function readExtras(
  client: pg.Client,
  schema: string,
  server: Server,
): Promise<Map<string, NonNullable<Table['extras']>>> {
  const enforced = server.versionNumber >= NOT_ENFORCED ? 'k.conenforced' : 'true';
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)},
     domains AS (
       WITH RECURSIVE chain AS (
         SELECT a.attrelid, a.attname, y.oid AS domain, y.typname, y.typbasetype FROM t
         JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
         JOIN pg_type y ON y.oid = a.atttypid AND y.typtype = 'd'
         UNION ALL
         SELECT c.attrelid, c.attname, y.oid, y.typname, y.typbasetype FROM chain c
         JOIN pg_type y ON y.oid = c.typbasetype AND y.typtype = 'd')
       SELECT c.* FROM chain c WHERE EXISTS (SELECT 1 FROM pg_constraint k WHERE k.contypid = c.domain AND k.contype = 'c'))
     SELECT t.oid, 'row-level security' AS what, false AS physical
       FROM t JOIN pg_class c USING (oid) WHERE c.relrowsecurity
     UNION ALL
     SELECT t.oid, 'the constraint ' || k.conname || ', which is NOT ENFORCED', false
       FROM t JOIN pg_constraint k ON k.conrelid = t.oid WHERE NOT ${enforced}
     UNION ALL
     SELECT t.oid, 'that its key ' || k.conname || ' is DEFERRABLE', false
       FROM t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype IN ('p', 'u') WHERE k.condeferrable
     UNION ALL
     SELECT attrelid, 'the checks of domain ' || typname || ', of which ' || attname || ' is', false FROM domains
     UNION ALL
     SELECT t.oid, o, true FROM t JOIN pg_class c USING (oid) CROSS JOIN unnest(c.reloptions) o
     UNION ALL
     SELECT t.oid, 'tablespace ' || s.spcname, true
       FROM t JOIN pg_class c USING (oid) JOIN pg_tablespace s ON s.oid = c.reltablespace
     UNION ALL
     SELECT t.oid, 'UNLOGGED', true FROM t JOIN pg_class c USING (oid) WHERE c.relpersistence = 'u'
     ORDER BY 1, 3, 2`,
  );
  return byTable(rows, (row) => ({ what: row.what!, physical: row.physical === 't' }));
}
