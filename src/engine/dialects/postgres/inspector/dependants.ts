// What hangs on a table and would stay with it if another table took its name.

import type pg from 'pg';
import type { Table } from '../../../../shared/model/catalog.ts';
import { byTable, rowsOf, tablesCte } from './catalogue.ts';

type Dependant = Table['dependants'][number];

export async function readDependants(client: pg.Client, schema: string): Promise<Map<string, Dependant[]>> {
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)}
     SELECT DISTINCT oid, kind, name FROM (
       SELECT t.oid, CASE v.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END AS kind,
         n.nspname || '.' || v.relname AS name
       FROM t
       JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
         AND d.classid = 'pg_rewrite'::regclass
       JOIN pg_rewrite r ON r.oid = d.objid
       JOIN pg_class v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm')
       JOIN pg_namespace n ON n.oid = v.relnamespace
       UNION ALL
       SELECT t.oid, 'rule', r.rulename FROM t JOIN pg_rewrite r ON r.ev_class = t.oid
       UNION ALL
       SELECT t.oid, 'trigger', g.tgname FROM t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal
       UNION ALL
       SELECT t.oid, 'policy', p.polname FROM t JOIN pg_policy p ON p.polrelid = t.oid
       UNION ALL
       SELECT t.oid, 'publication', p.pubname
       FROM t JOIN pg_publication_rel r ON r.prrelid = t.oid JOIN pg_publication p ON p.oid = r.prpubid
       UNION ALL
       SELECT t.oid, 'child table', n.nspname || '.' || c.relname
       FROM t
       JOIN pg_inherits i ON i.inhparent = t.oid AND t.relkind = 'r'
       JOIN pg_class c ON c.oid = i.inhrelid
       JOIN pg_namespace n ON n.oid = c.relnamespace
       UNION ALL
       SELECT t.oid, 'foreign key', n.nspname || '.' || c.relname || '.' || k.conname
       FROM t
       JOIN pg_constraint k ON k.confrelid = t.oid AND k.contype = 'f' AND k.conrelid <> t.oid AND k.conparentid = 0
       JOIN pg_class c ON c.oid = k.conrelid
       JOIN pg_namespace n ON n.oid = c.relnamespace) found
     ORDER BY oid, kind, name`,
  );
  return byTable(rows, (row) => ({ kind: row.kind as Dependant['kind'], name: row.name! }));
}

export async function dependantsByName(client: pg.Client, schema: string): Promise<Map<string, Dependant[]>> {
  const found = await readDependants(client, schema);
  const names = await rowsOf(client, `${tablesCte(schema)} SELECT oid, relname AS name FROM t`);
  return new Map(names.flatMap(({ oid, name }) => (found.has(oid!) ? [[name!, found.get(oid!)!] as const] : [])));
}
