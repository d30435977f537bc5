// Everything else in the schema: listed, not carried.

import type pg from 'pg';
import type { NamedObject } from '../../../../shared/model/catalog.ts';
import { literal } from '../syntax.ts';
import { isExtensionMember, rowsOf } from './catalogue.ts';

export async function readObjects(client: pg.Client, schema: string): Promise<NamedObject[]> {
  const namespace = `(SELECT oid FROM pg_namespace WHERE nspname = ${literal(schema)})`;
  const rows = await rowsOf(
    client,
    `SELECT CASE c.relkind WHEN 'v' THEN 'view' WHEN 'm' THEN 'materialized view' WHEN 'S' THEN 'sequence'
         ELSE 'foreign table' END AS kind, c.relname AS name, NULL AS "table"
     FROM pg_class c
     WHERE c.relnamespace = ${namespace} AND c.relkind IN ('v', 'm', 'S', 'f')
       AND NOT (c.relkind = 'S' AND EXISTS (SELECT 1 FROM pg_depend d
         WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.refclassid = 'pg_class'::regclass
           AND d.refobjsubid > 0 AND d.deptype IN ('a', 'i')))
       AND NOT ${isExtensionMember('pg_class', 'c.oid')}
     UNION ALL
     SELECT 'trigger', g.tgname, c.relname
     FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid
     WHERE c.relnamespace = ${namespace} AND NOT g.tgisinternal AND NOT c.relispartition
     UNION ALL
     SELECT 'routine', p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', NULL
     FROM pg_proc p WHERE p.pronamespace = ${namespace} AND NOT ${isExtensionMember('pg_proc', 'p.oid')}
     UNION ALL
     SELECT 'type', y.typname, NULL
     FROM pg_type y LEFT JOIN pg_class c ON c.oid = y.typrelid
     WHERE y.typnamespace = ${namespace}
       AND (y.typtype IN ('e', 'd', 'r') OR y.typtype = 'c' AND c.relkind = 'c')
       AND NOT ${isExtensionMember('pg_type', 'y.oid')}
     UNION ALL
     SELECT 'publication', pubname, NULL FROM pg_publication WHERE puballtables
     UNION ALL
     SELECT 'extension', extname, NULL FROM pg_extension WHERE extname <> 'plpgsql'
     ORDER BY 1, 2, 3`,
  );
  return rows.map((row) => ({ kind: row.kind as NamedObject['kind'], name: row.name!, table: row.table! }));
}
