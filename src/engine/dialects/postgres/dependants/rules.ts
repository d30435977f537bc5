// Rules of a table, and rules of other tables and of views that read or write it.

import { comment, firstTable } from './hanging.ts';

export const RULES = `
  SELECT coalesce((SELECT t.relname FROM t WHERE t.oid = r.ev_class), ${firstTable('pg_rewrite', 'r.oid')}) AS "table",
    format('rule %s of %s.%s', r.rulename, n.nspname, c.relname) AS object,
    ARRAY[format('DROP RULE %I ON %I.%I', r.rulename, n.nspname, c.relname)] AS "off",
    ARRAY[rtrim(pg_get_ruledef(r.oid), ';'),
      CASE WHEN r.ev_enabled <> 'O' THEN format('ALTER TABLE %I.%I %s RULE %I', n.nspname, c.relname,
        CASE r.ev_enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, r.rulename) END,
      ${comment("format('RULE %I ON %I.%I', r.rulename, n.nspname, c.relname)", 'r.oid', 'pg_rewrite')}] AS "on"
  FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE r.rulename <> '_RETURN' AND c.oid NOT IN (SELECT oid FROM leaving) AND (c.oid IN (SELECT oid FROM t) OR ${firstTable('pg_rewrite', 'r.oid')} IS NOT NULL)`;
