// A database as text, structure and rows, read without Drover: two equal dumps are two equal databases.

import type { Client } from './client.ts';
import { type Address, type Cell, openClient } from './client.ts';

/** Everything a client can see of a database; equal before and after whatever should leave no trace. */
export async function dump(address: Address): Promise<string> {
  const client = await openClient(address);
  try {
    const structure = await structureOf[address.family](client);
    const rows = await rowsOf(client, address);
    return [...structure, ...rows].join('\n');
  } finally {
    await client.close();
  }
}

const structureOf = { postgres: postgresStructure, mysql: mysqlStructure, sqlite: sqliteStructure };

async function postgresStructure(client: Client): Promise<string[]> {
  const own = "n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg\\_%'";
  const queries = [
    `SELECT 'schema', n.nspname FROM pg_namespace n WHERE ${own}`,
    `SELECT 'relation', n.nspname, c.relname, c.relkind, c.relowner::regrole, c.relacl, obj_description(c.oid, 'pg_class'), c.relrowsecurity,
            c.relforcerowsecurity, c.reloptions, c.relreplident
       FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own} AND c.relkind <> 'i'`,
    `SELECT 'column', n.nspname, c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity,
            pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum), a.attnum, a.attacl
       FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
       LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
      WHERE ${own} AND a.attnum > 0 AND NOT a.attisdropped AND c.relkind IN ('r', 'p', 'v', 'm')`,
    `SELECT 'constraint', o.conrelid::regclass, o.conname, pg_get_constraintdef(o.oid), o.convalidated,
            obj_description(o.oid, 'pg_constraint')
       FROM pg_constraint o JOIN pg_namespace n ON n.oid = o.connamespace WHERE ${own}`,
    `SELECT 'index', indexdef FROM pg_indexes n WHERE ${own.replaceAll('n.nspname', 'n.schemaname')}`,
    `SELECT 'trigger', tgrelid::regclass, pg_get_triggerdef(oid), tgenabled, obj_description(oid, 'pg_trigger')
       FROM pg_trigger WHERE NOT tgisinternal`,
    `SELECT 'rule', r.ev_class::regclass, pg_get_ruledef(r.oid), r.ev_enabled, obj_description(r.oid, 'pg_rewrite')
       FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class JOIN pg_namespace n ON n.oid = c.relnamespace WHERE ${own}`,
    `SELECT 'policy', polrelid::regclass, polname, polpermissive, polcmd, polroles::regrole[], pg_get_expr(polqual, polrelid),
            pg_get_expr(polwithcheck, polrelid), obj_description(oid, 'pg_policy') FROM pg_policy`,
    `SELECT 'publication', pubname, to_jsonb(r) - 'oid' - 'prrelid' - 'prpubid' - 'prqual', prrelid::regclass,
            pg_get_expr(prqual, prrelid) FROM pg_publication p LEFT JOIN pg_publication_rel r ON r.prpubid = p.oid`,
    `SELECT 'routine', pg_get_functiondef(p.oid), p.proacl FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
      WHERE ${own} AND p.prokind <> 'a'`,
    `SELECT 'view', n.nspname, c.relname, pg_get_viewdef(c.oid) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE ${own} AND c.relkind IN ('v', 'm')`,
    `SELECT 'sequence', n.schemaname, n.sequencename, n.last_value FROM pg_sequences n
      WHERE ${own.replaceAll('n.nspname', 'n.schemaname')}`,
    `SELECT 'type', n.nspname, t.typname, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid)
       FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace WHERE ${own} AND t.typtype IN ('e', 'd', 'r')`,
  ];
  return linesOf(client, queries);
}

async function mysqlStructure(client: Client): Promise<string[]> {
  const names = await client.ask('SHOW FULL TABLES');
  const creates: string[] = [];
  for (const [name, kind] of names.sort(byText)) {
    const [row] = await client.ask(`SHOW CREATE ${kind === 'VIEW' ? 'VIEW' : 'TABLE'} ${quoteMysql(String(name))}`);
    creates.push(String(row?.[1]));
  }
  const triggers = await linesOf(client, [
    `SELECT 'trigger', trigger_name, event_object_table, action_timing, event_manipulation, action_statement
       FROM information_schema.triggers WHERE trigger_schema = DATABASE()`,
  ]);
  return [...creates, ...triggers];
}

async function sqliteStructure(client: Client): Promise<string[]> {
  const pragmas = await linesOf(client, ['PRAGMA user_version', 'PRAGMA application_id', 'PRAGMA journal_mode']);
  const schema = await linesOf(client, ['SELECT type, name, tbl_name, sql FROM sqlite_master']);
  return [...pragmas, ...schema];
}

async function rowsOf(client: Client, { family }: Address): Promise<string[]> {
  const [query, quote] = {
    postgres: [
      "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')",
      (name: string) => name,
    ] as const,
    mysql: [
      "SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type LIKE '%TABLE%'",
      quoteMysql,
    ] as const,
    sqlite: [
      "SELECT name FROM sqlite_master WHERE type = 'table'",
      (name: string) => `"${name.replaceAll('"', '""')}"`,
    ] as const,
  }[family];
  const lines: string[] = [];
  for (const [name] of (await client.ask(query)).sort(byText)) {
    const rows = await client.ask(`SELECT * FROM ${quote(String(name))}`);
    lines.push(`rows of ${name}`, ...rows.map((row) => JSON.stringify(row)).sort());
  }
  return lines;
}

async function linesOf(client: Client, queries: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const query of queries) {
    const rows = await client.ask(query);
    lines.push(...rows.map((row) => row.map((cell) => cell ?? '∅').join(' | ')).sort());
  }
  return lines;
}

function byText(a: Cell[], b: Cell[]): number {
  return String(a[0]) < String(b[0]) ? -1 : 1;
}

function quoteMysql(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
