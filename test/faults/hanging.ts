// What hangs on the tables that are replaced, as the target tells it: before a run, and whether it serves the new tables.

import type { Address, Client } from '../support/client.ts';

type Target = Pick<Address, 'family'> & { use<T>(work: (client: Client) => Promise<T>): Promise<T> };

/** Every view, trigger, rule, policy, publication, key from outside and grant by its definition, in names. */
export function hangingAt(side: Target): Promise<string[]> {
  return side.use(async (client) => {
    const rows = await client.ask(DEFINITIONS[side.family]);
    return rows.map((row) => row.join(' | ')).sort();
  });
}

/** The same hangs on the new tables, and does what it is for. */
export async function servesNewTables(target: Target, before: readonly string[]): Promise<string[]> {
  const now = await hangingAt(target);
  const faults = [
    ...before.filter((each) => !now.includes(each)).map((each) => `no longer hangs on the new tables: ${each}`),
    ...now.filter((each) => !before.includes(each)).map((each) => `hangs on the new tables: ${each}`),
  ];
  if (!before.some((each) => each.startsWith('trigger'))) return faults;
  const [fired] = await target.use(async (client) => {
    await client.run("BEGIN; INSERT INTO marks VALUES (-1, 1, 'once')");
    try {
      return await client.ask('SELECT count(*) FROM fired');
    } finally {
      await client.run('ROLLBACK');
    }
  });
  if (Number(fired![0]) !== 1) faults.push(`the trigger of the new table fired ${fired![0]} times`);
  return faults;
}

const DEFINITIONS: Readonly<Record<Target['family'], string>> = {
  postgres: `
    SELECT 'view', viewname::text, definition FROM pg_views WHERE schemaname = 'public'
    UNION ALL SELECT 'trigger', tgenabled::text, pg_get_triggerdef(oid) FROM pg_trigger
      WHERE NOT tgisinternal AND tgrelid IN ('things'::regclass, 'marks'::regclass)
    UNION ALL SELECT 'rule', rulename::text, definition FROM pg_rules WHERE schemaname = 'public'
    UNION ALL SELECT 'policy', policyname::text, concat_ws(' ', schemaname, tablename, permissive, roles, cmd, qual, with_check) FROM pg_policies
    UNION ALL SELECT 'row security', relname::text, relrowsecurity::text FROM pg_class WHERE oid IN ('things'::regclass, 'marks'::regclass)
    UNION ALL SELECT 'publication', pubname::text, concat_ws(' ', schemaname, tablename, attnames, rowfilter) FROM pg_publication_tables
      WHERE tablename <> 'marks'
    UNION ALL SELECT 'publication', pubname::text, schemaname || '.' || tablename FROM pg_publication_tables
    UNION ALL SELECT 'key', conname::text, pg_get_constraintdef(oid) FROM pg_constraint
      WHERE contype = 'f' AND conrelid = 'other'::regclass AND confrelid = 'things'::regclass AND convalidated
    UNION ALL SELECT 'grants', relname::text, relacl::text FROM pg_class WHERE oid IN ('things'::regclass, 'marks'::regclass)
    UNION ALL SELECT 'routine', proname::text, pg_get_functiondef(oid) FROM pg_proc WHERE pronamespace = 'public'::regnamespace`,
  mysql: `
    SELECT 'view', TABLE_NAME, VIEW_DEFINITION FROM information_schema.VIEWS WHERE TABLE_SCHEMA = DATABASE()
    UNION ALL SELECT 'on a row', TRIGGER_NAME, CONCAT_WS(' ', EVENT_OBJECT_TABLE, ACTION_STATEMENT) FROM information_schema.TRIGGERS
      WHERE TRIGGER_SCHEMA = DATABASE()
    UNION ALL SELECT 'key', CONSTRAINT_NAME, CONCAT_WS(' ', TABLE_NAME, 'REFERENCES', REFERENCED_TABLE_NAME)
      FROM information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = DATABASE() AND TABLE_NAME = 'other'`,
  sqlite: "SELECT type, name, sql FROM sqlite_master WHERE type IN ('view', 'trigger') OR name = 'other'",
};
