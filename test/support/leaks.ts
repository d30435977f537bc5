// Looks for what Drover may have left behind: staging and backup namespaces, control tables, locks.

import { type Address, openClient } from './client.ts';
import type { RunningServer } from './servers/launch.ts';

/** Names of leftovers anywhere on the server; empty when it is clean. */
export async function leftovers(server: Pick<RunningServer, 'url' | 'password'>): Promise<string[]> {
  const family = server.url.startsWith('postgres') ? 'postgres' : 'mysql';
  const client = await openClient({
    family,
    url: `${server.url}${family === 'postgres' ? 'postgres' : ''}`,
    password: server.password,
  });
  try {
    const found = await client.ask(family === 'postgres' ? POSTGRES : MYSQL);
    return found.map(([name]) => String(name));
  } finally {
    await client.close();
  }
}

/** Test databases are dropped with all that is in them, so one that is still there is a leak as well. */
const POSTGRES = "SELECT 'database ' || datname FROM pg_database WHERE datname ~ '^(t_[0-9a-f]{12}|drover_)'";

const MYSQL =
  "SELECT CONCAT('database ', schema_name) FROM information_schema.schemata " +
  "WHERE schema_name REGEXP '^(t_[0-9a-f]{12}|drover_.*)$'";

/** Names of what a run left in one database, or beside it; with `drop`, databases beside it are taken away. */
export async function objectsOfRun(
  target: Address,
  run: string | null,
  { drop }: { readonly drop: boolean },
): Promise<string[]> {
  const client = await openClient(target);
  try {
    const found = (await client.ask(OWN_OBJECTS[target.family])).map(([name]) => String(name));
    // Other tests run on the same server: only what carries this run's name is ours.
    const own = target.family === 'mysql' ? found.filter((name) => run !== null && name.includes(run)) : found;
    for (const name of drop && target.family === 'mysql' ? own : []) {
      if (name.startsWith('database ')) await client.run(`DROP DATABASE \`${name.slice('database '.length)}\``);
    }
    return own;
  } finally {
    await client.close();
  }
}

const OWN_OBJECTS = {
  postgres:
    "SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname LIKE 'drover%' " +
    "UNION ALL SELECT 'lock ' || objid FROM pg_locks l JOIN pg_database d ON d.oid = l.database " +
    "WHERE l.locktype = 'advisory' AND d.datname = current_database()",
  mysql:
    "SELECT CONCAT('database ', schema_name) FROM information_schema.schemata WHERE schema_name LIKE 'drover%' " +
    "UNION ALL SELECT CONCAT('table ', table_name) FROM information_schema.tables " +
    "WHERE table_schema = DATABASE() AND table_name LIKE '%drover%'",
  sqlite: "SELECT type || ' ' || name FROM sqlite_master WHERE name LIKE '%drover%'",
} as const;
