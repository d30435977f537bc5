// What hangs on a table and would stay with it if another table took its name, with the columns that it uses.

import type pg from 'pg';
import type { Dependant } from '../../../../shared/model/catalog.ts';
import { byTable, columnNames, names, type Row, rowsOf, tablesCte } from './catalogue.ts';

export async function readDependants(client: pg.Client, schema: string): Promise<Map<string, Dependant[]>> {
  const rows = await rowsOf(
    client,
    `${tablesCte(schema)}
     SELECT oid, kind, name, min(schema) AS schema, min("table") AS "table", min(columns) AS columns, min(hindrance) AS hindrance
     FROM (${[...EVERY_KIND, OBJECTS].join(' UNION ALL ')}) AS found (oid, kind, name, schema, "table", columns, hindrance)
     GROUP BY oid, kind, name ORDER BY oid, kind, name`,
  );
  return byTable(rows, dependant);
}

export async function dependantsByName(client: pg.Client, schema: string): Promise<Map<string, Dependant[]>> {
  const found = await readDependants(client, schema);
  const tables = await rowsOf(client, `${tablesCte(schema)} SELECT oid, relname AS name FROM t`);
  return new Map(tables.flatMap(({ oid, name }) => (found.has(oid!) ? [[name!, found.get(oid!)!] as const] : [])));
}

function dependant({ kind, name, schema, table, columns, hindrance }: Row): Dependant {
  return {
    kind: kind as Dependant['kind'],
    name: name!,
    ...(table === null ? {} : { of: { schema: schema ?? null, table: table! } }),
    ...(columns === null ? {} : { columns: names(columns!) }),
    ...(hindrance === null ? {} : { hindrance: hindrance! }),
  };
}

/** Columns of `t` on which an object depends. */
function uses(catalogue: string, oid: string): string {
  return `(SELECT json_agg(DISTINCT a.attname)::text FROM pg_depend u
    JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = u.refobjsubid AND u.refobjsubid > 0
    WHERE u.classid = '${catalogue}'::regclass AND u.objid = ${oid} AND u.refclassid = 'pg_class'::regclass AND u.refobjid = t.oid)`;
}

/** It belongs to an extension, or is to go with one. */
function inExtension(catalogue: string, oid: string): string {
  return `EXISTS (SELECT FROM pg_depend e WHERE e.classid = '${catalogue}'::regclass AND e.objid = ${oid} AND e.deptype IN ('e', 'x'))`;
}

function ownedByOthers(owner: string): string {
  return `NOT pg_has_role(${owner}, 'USAGE') THEN format('it belongs to the role %s', pg_get_userbyid(${owner}))`;
}

/** Replacing something asks for as much as making it does. */
const CLOSED_SCHEMA = "NOT has_schema_privilege(n.oid, 'CREATE') THEN 'this user may make nothing in its schema'";
const EXTENSION = "THEN 'it belongs to an extension'";
const dependsOn = (catalogue: string, oid: string): string =>
  `JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid AND d.classid = '${catalogue}'::regclass
   JOIN ${catalogue} ${oid} ON ${oid}.oid = d.objid`;
const otherSchema = 'CASE WHEN c.relnamespace <> t.relnamespace THEN n.nspname END';

const VIEWS = `
  SELECT t.oid, CASE v.relkind WHEN 'm' THEN 'materialized view' ELSE 'view' END, n.nspname || '.' || v.relname,
    NULL, NULL, ${uses('pg_rewrite', 'r.oid')},
    CASE WHEN v.relpersistence = 't' THEN 'it is a temporary one of some session'
      WHEN ${inExtension('pg_class', 'v.oid')} ${EXTENSION} WHEN ${ownedByOthers('v.relowner')} WHEN ${CLOSED_SCHEMA} END
  FROM t ${dependsOn('pg_rewrite', 'r')} AND r.rulename = '_RETURN'
  JOIN pg_class v ON v.oid = r.ev_class AND v.relkind IN ('v', 'm')
  JOIN pg_namespace n ON n.oid = v.relnamespace`;

const RULES = `
  SELECT t.oid, 'rule', r.rulename, NULL, NULL, ${uses('pg_rewrite', 'r.oid')}, NULL
  FROM t JOIN pg_rewrite r ON r.ev_class = t.oid`;

const RULES_OF_OTHERS = `
  SELECT t.oid, 'rule', r.rulename || ' of ' || n.nspname || '.' || c.relname, ${otherSchema}, c.relname,
    ${uses('pg_rewrite', 'r.oid')}, CASE WHEN ${ownedByOthers('c.relowner')} END
  FROM t ${dependsOn('pg_rewrite', 'r')} AND r.rulename <> '_RETURN' AND r.ev_class <> t.oid
  JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace`;

const TRIGGERS = `
  SELECT t.oid, 'trigger', g.tgname, NULL, NULL, ${uses('pg_trigger', 'g.oid')},
    CASE WHEN ${inExtension('pg_trigger', 'g.oid')} ${EXTENSION}
      WHEN NOT has_function_privilege(g.tgfoid, 'EXECUTE') THEN 'this user may not use its function' END
  FROM t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal`;

const POLICIES = `
  SELECT t.oid, 'policy', p.polname, NULL, NULL, ${uses('pg_policy', 'p.oid')}, NULL
  FROM t JOIN pg_policy p ON p.polrelid = t.oid`;

const POLICIES_OF_OTHERS = `
  SELECT t.oid, 'policy', p.polname || ' of ' || n.nspname || '.' || c.relname, ${otherSchema}, c.relname,
    ${uses('pg_policy', 'p.oid')}, CASE WHEN ${ownedByOthers('c.relowner')} END
  FROM t ${dependsOn('pg_policy', 'p')} AND p.polrelid <> t.oid
  JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace`;

const PUBLICATIONS = `
  SELECT t.oid, 'publication', p.pubname, NULL, NULL, ${uses('pg_publication_rel', 'r.oid')},
    CASE WHEN ${ownedByOthers('p.pubowner')} END
  FROM t JOIN pg_publication_rel r ON r.prrelid = t.oid JOIN pg_publication p ON p.oid = r.prpubid`;

const ROUTINES = `
  SELECT t.oid, 'routine', n.nspname || '.' || p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')',
    NULL, NULL, ${uses('pg_proc', 'p.oid')},
    CASE WHEN ${inExtension('pg_proc', 'p.oid')} ${EXTENSION} WHEN ${ownedByOthers('p.proowner')} WHEN ${CLOSED_SCHEMA} END
  FROM t ${dependsOn('pg_proc', 'p')} JOIN pg_namespace n ON n.oid = p.pronamespace`;

const INHERITANCE = `
  SELECT t.oid, 'child table', n.nspname || '.' || c.relname, NULL, NULL, NULL, NULL
  FROM t JOIN pg_inherits i ON i.inhparent = t.oid AND t.relkind = 'r'
  JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  UNION ALL
  SELECT t.oid, 'parent table', n.nspname || '.' || c.relname, NULL, NULL, NULL, NULL
  FROM t JOIN pg_inherits i ON i.inhrelid = t.oid
  JOIN pg_class c ON c.oid = i.inhparent JOIN pg_namespace n ON n.oid = c.relnamespace`;

/** The key of another run's backup would be held to rows that its table never knew. */
const FOREIGN_KEYS = `
  SELECT t.oid, 'foreign key', n.nspname || '.' || c.relname || '.' || k.conname, ${otherSchema}, c.relname,
    ${columnNames('t.oid', 'k.confkey')}::text,
    CASE WHEN n.nspname ~ '^drover_[0-9a-z]{12}_' THEN 'its table is kept by another run, whose backups have to be dropped first'
      WHEN ${ownedByOthers('c.relowner')} END
  FROM t JOIN pg_constraint k ON k.confrelid = t.oid AND k.contype = 'f' AND k.conrelid <> t.oid AND k.conparentid = 0
  JOIN pg_class c ON c.oid = k.conrelid JOIN pg_namespace n ON n.oid = c.relnamespace`;

const EVERY_KIND = [
  VIEWS,
  RULES,
  RULES_OF_OTHERS,
  TRIGGERS,
  POLICIES,
  POLICIES_OF_OTHERS,
  PUBLICATIONS,
  ROUTINES,
  INHERITANCE,
  FOREIGN_KEYS,
];

/** Who uses the type of the table's rows, or a sequence that goes with the table. */
const OBJECTS = `
  SELECT t.oid, 'object', pg_describe_object(d.classid, d.objid, d.objsubid), NULL, NULL, NULL, NULL
  FROM t
  JOIN LATERAL (
    SELECT 'pg_type'::regclass AS catalogue, y.oid FROM pg_type y
    JOIN pg_type row ON row.typrelid = t.oid AND y.oid IN (row.oid, row.typarray)
    UNION ALL
    SELECT 'pg_class'::regclass, s.objid FROM pg_depend s JOIN pg_class q ON q.oid = s.objid AND q.relkind = 'S'
    WHERE s.classid = 'pg_class'::regclass AND s.refclassid = 'pg_class'::regclass AND s.refobjid = t.oid AND s.deptype IN ('a', 'i')
  ) part ON true
  JOIN pg_depend d ON d.refclassid = part.catalogue AND d.refobjid = part.oid AND d.deptype = 'n'
  WHERE NOT (d.classid = 'pg_attrdef'::regclass AND EXISTS (SELECT FROM pg_attrdef f WHERE f.oid = d.objid AND f.adrelid = t.oid))
    AND NOT (d.classid = 'pg_class'::regclass AND d.objid = t.oid)`;
