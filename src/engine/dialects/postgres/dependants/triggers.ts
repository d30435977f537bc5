// Triggers of a table, with whether and when they fire.

import { comment } from './hanging.ts';

export const TRIGGERS = `
  SELECT t.relname AS "table", format('trigger %s of %s', g.tgname, t.relname) AS object,
    ARRAY[format('DROP TRIGGER %I ON %s', g.tgname, t.name)] AS "off",
    ARRAY[pg_get_triggerdef(g.oid),
      CASE WHEN g.tgenabled <> 'O' THEN format('ALTER TABLE %s %s TRIGGER %I', t.name,
        CASE g.tgenabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE ALWAYS' END, g.tgname) END,
      ${comment("format('TRIGGER %I ON %s', g.tgname, t.name)", 'g.oid', 'pg_trigger')}] AS "on"
  FROM t JOIN pg_trigger g ON g.tgrelid = t.oid AND NOT g.tgisinternal AND g.tgparentid = 0`;
