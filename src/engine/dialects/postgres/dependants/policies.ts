// Who sees which rows: the switch of row-level security, and policies of a table or of others that look into it.

import { literal, quote } from '../syntax.ts';
import type { Going } from './hanging.ts';
import { comment, firstTable } from './hanging.ts';

export const POLICIES = `
  SELECT coalesce((SELECT t.relname FROM t WHERE t.oid = p.polrelid), ${firstTable('pg_policy', 'p.oid')}) AS "table",
    format('policy %s of %s.%s', p.polname, n.nspname, c.relname) AS object,
    ARRAY[format('DROP POLICY %I ON %I.%I', p.polname, n.nspname, c.relname)] AS "off",
    ARRAY[format('CREATE POLICY %I ON %I.%I AS %s FOR %s TO %s%s%s', p.polname, n.nspname, c.relname,
        CASE WHEN p.polpermissive THEN 'PERMISSIVE' ELSE 'RESTRICTIVE' END,
        CASE p.polcmd WHEN 'r' THEN 'SELECT' WHEN 'a' THEN 'INSERT' WHEN 'w' THEN 'UPDATE' WHEN 'd' THEN 'DELETE' ELSE 'ALL' END,
        (SELECT string_agg(CASE role WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(role)) END, ', ') FROM unnest(p.polroles) role),
        ' USING (' || pg_get_expr(p.polqual, p.polrelid) || ')',
        ' WITH CHECK (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')'),
      ${comment("format('POLICY %I ON %I.%I', p.polname, n.nspname, c.relname)", 'p.oid', 'pg_policy')}] AS "on"
  FROM pg_policy p JOIN pg_class c ON c.oid = p.polrelid JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE c.oid NOT IN (SELECT oid FROM leaving) AND (c.oid IN (SELECT oid FROM t) OR ${firstTable('pg_policy', 'p.oid')} IS NOT NULL)`;

/**
 * Without its policies a table that keeps the switch shows no rows to others; forced, it would show none to its owner,
 * and so to nobody who counts what is kept.
 */
export function rowSecurity({ from }: Going): string {
  return `
  SELECT t.relname AS "table", format('row-level security of %s', t.relname) AS object,
    ARRAY[CASE WHEN t.relforcerowsecurity THEN format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', t.name) END] AS "off",
    ARRAY[format('ALTER TABLE %s %s ROW LEVEL SECURITY, %s ROW LEVEL SECURITY', t.name,
      CASE WHEN t.relrowsecurity THEN 'ENABLE' ELSE 'DISABLE' END, CASE WHEN t.relforcerowsecurity THEN 'FORCE' ELSE 'NO FORCE' END)] AS "on"
  FROM t JOIN pg_class i ON i.relname = t.relname AND i.relnamespace = to_regnamespace(${literal(quote(from))})
  WHERE t.relrowsecurity OR t.relforcerowsecurity OR i.relrowsecurity OR i.relforcerowsecurity`;
}
