// Views and routines that PostgreSQL has bound to a table: replaced where they are, they keep owner, grants and comment.

import { firstTable } from './hanging.ts';

/** Whatever stands on such a view finds it as it was. The definition ends with a semicolon. */
export const VIEWS = `
  SELECT ${firstTable('pg_rewrite', 'r.oid')} AS "table", format('view %s.%s', n.nspname, v.relname) AS object, ARRAY[NULL::text] AS "off",
    ARRAY[format('CREATE OR REPLACE VIEW %I.%I%s AS %s', n.nspname, v.relname,
      ' WITH (' || array_to_string(v.reloptions, ', ') || ')', rtrim(pg_get_viewdef(v.oid), ';'))] AS "on"
  FROM pg_rewrite r JOIN pg_class v ON v.oid = r.ev_class AND v.relkind = 'v' JOIN pg_namespace n ON n.oid = v.relnamespace
  WHERE r.rulename = '_RETURN' AND ${firstTable('pg_rewrite', 'r.oid')} IS NOT NULL`;

/** Those whose body is SQL that was understood when they were made (BEGIN ATOMIC); others find tables by name. */
export const ROUTINES = `
  SELECT ${firstTable('pg_proc', 'p.oid')} AS "table",
    format('routine %s.%s(%s)', n.nspname, p.proname, pg_get_function_identity_arguments(p.oid)) AS object,
    ARRAY[NULL::text] AS "off", ARRAY[pg_get_functiondef(p.oid)] AS "on"
  FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
  WHERE p.oid IN (SELECT d.objid FROM t JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = t.oid
    AND d.classid = 'pg_proc'::regclass)`;
