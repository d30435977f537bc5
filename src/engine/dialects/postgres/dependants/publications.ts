// Publications that list a table, and what tells subscribers one of its rows from another.

import { literal, quote } from '../syntax.ts';
import type { Going } from './hanging.ts';

/** Row filters and lists of columns came with 15. */
const FILTERS = 150_000;

export function publications({ version }: Going): string {
  const which =
    version < FILTERS
      ? ''
      : ` || coalesce(' (' || (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum) FROM pg_attribute a
             WHERE a.attrelid = r.prrelid AND a.attnum = ANY (r.prattrs)) || ')', '')
          || coalesce(' WHERE (' || pg_get_expr(r.prqual, r.prrelid) || ')', '')`;
  return `
  SELECT t.relname AS "table", format('publication %s of %s', p.pubname, t.relname) AS object,
    ARRAY[format('ALTER PUBLICATION %I DROP TABLE ONLY %s', p.pubname, t.name)] AS "off",
    ARRAY[format('ALTER PUBLICATION %I ADD TABLE ONLY %s', p.pubname, t.name)${which}] AS "on"
  FROM t JOIN pg_publication_rel r ON r.prrelid = t.oid JOIN pg_publication p ON p.oid = r.prpubid`;
}

/** Where it is an index, one of that name on the table that comes; without one, its primary key does. */
export function replicaIdentity({ from }: Going): string {
  return `
  SELECT t.relname AS "table", format('replica identity of %s', t.relname) AS object, ARRAY[NULL::text] AS "off",
    ARRAY[format('ALTER TABLE %s REPLICA IDENTITY %s', t.name, CASE t.relreplident WHEN 'f' THEN 'FULL' WHEN 'n' THEN 'NOTHING'
      ELSE 'USING INDEX ' || quote_ident(x.relname) END)] AS "on"
  FROM t JOIN pg_class i ON i.relname = t.relname AND i.relnamespace = to_regnamespace(${literal(quote(from))})
  LEFT JOIN pg_index k ON k.indrelid = t.oid AND k.indisreplident AND t.relreplident = 'i'
  LEFT JOIN pg_class x ON x.oid = k.indexrelid
  LEFT JOIN (pg_index j JOIN pg_class y ON y.oid = j.indexrelid) ON j.indrelid = i.oid AND y.relname = x.relname
  WHERE t.relreplident IN ('f', 'n') AND i.relreplident <> t.relreplident
    OR t.relreplident = 'i' AND j.indisunique AND NOT j.indisreplident`;
}
