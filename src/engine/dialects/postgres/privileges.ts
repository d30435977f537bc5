// What the connected role lacks, in words, with the statement that would grant it.

import type { MissingPrivilege } from '../session.ts';
import type { Link } from './connection.ts';
import { tablesCte } from './inspector/catalogue.ts';
import { literal, qualified, quote } from './syntax.ts';

type Tables = readonly string[] | 'all';

export function missingPrivileges(
  link: Link,
  use: 'read' | 'load',
  tables: Tables,
): Promise<readonly MissingPrivilege[]> {
  return use === 'read' ? missingToRead(link, tables) : missingToLoad(link, tables);
}

async function missingToRead({ client, connection }: Link, tables: Tables): Promise<MissingPrivilege[]> {
  const { schema, user } = connection;
  const missing: MissingPrivilege[] = [];
  if (!(await holds(client, `has_schema_privilege(${literal(schema)}, 'USAGE')`))) {
    return [
      {
        message: `${user} may not use the schema ${schema}.`,
        remedy: `GRANT USAGE ON SCHEMA ${quote(schema)} TO ${quote(user)};`,
      },
    ];
  }
  for (const { name, readable, hidden } of await tableFacts(client, schema, tables)) {
    const reference = qualified(schema, name);
    if (readable === 'f') {
      missing.push({
        message: `${user} may not read the table ${name}.`,
        remedy: `GRANT SELECT ON ${reference} TO ${quote(user)};`,
      });
    } else if (hidden === 't') {
      missing.push({
        message: `Row-level security of the table ${name} hides rows from ${user}.`,
        remedy: `Connect as the owner of the table, or as a superuser: ALTER ROLE ${quote(user)} BYPASSRLS;`,
      });
    }
  }
  return missing;
}

async function missingToLoad({ client, connection }: Link, tables: Tables): Promise<MissingPrivilege[]> {
  const { schema, user, database } = connection;
  const missing: MissingPrivilege[] = [];
  if (await holds(client, 'pg_is_in_recovery()')) {
    missing.push({
      message: 'This server is a standby: it can only be read.',
      remedy: 'Connect to the primary server.',
    });
  }
  if (!(await holds(client, `has_database_privilege(current_database(), 'CREATE')`))) {
    missing.push({
      message: `${user} may not create schemas in the database ${database}; the new tables are built in one.`,
      remedy: `GRANT CREATE ON DATABASE ${quote(database)} TO ${quote(user)};`,
    });
  }
  if (!(await holds(client, `has_schema_privilege(${literal(schema)}, 'USAGE, CREATE')`))) {
    missing.push({
      message: `${user} may not create tables in the schema ${schema}.`,
      remedy: `GRANT USAGE, CREATE ON SCHEMA ${quote(schema)} TO ${quote(user)};`,
    });
  }
  for (const { name, owned } of await tableFacts(client, schema, tables)) {
    if (owned === 't') continue;
    missing.push({
      message: `${user} does not own the table ${name}, so it can't be replaced.`,
      remedy: `ALTER TABLE ${qualified(schema, name)} OWNER TO ${quote(user)};`,
    });
  }
  return missing;
}

interface TableFacts {
  readonly name: string;
  readonly readable: string;
  readonly hidden: string;
  readonly owned: string;
}

/** Of those tables that exist. */
async function tableFacts(client: Link['client'], schema: string, tables: Tables): Promise<TableFacts[]> {
  const { rows } = await client.query<{ name: string; readable: string; hidden: string; owned: string }>(
    `${tables === 'all' ? tablesCte(schema) : namedCte(schema)}
     SELECT c.relname AS name, has_table_privilege(c.oid, 'SELECT') AS readable,
       -- Asked as it would be with row security on: the session switches it off to make hidden rows an error.
       c.relrowsecurity AND NOT (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user)
         AND (c.relforcerowsecurity OR NOT pg_has_role(c.relowner, 'USAGE')) AS hidden,
       pg_has_role(c.relowner, 'USAGE') AS owned
     FROM t JOIN pg_class c ON c.oid = t.oid
     ORDER BY c.relname`,
    tables === 'all' ? [] : [tables],
  );
  return rows;
}

function namedCte(schema: string): string {
  return `WITH t AS (
    SELECT c.oid FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname = ${literal(schema)} AND c.relkind IN ('r', 'p') AND c.relname = ANY ($1))`;
}

/** False where the thing asked about does not exist, too. */
async function holds(client: Link['client'], sql: string): Promise<boolean> {
  const { rows } = await client.query<{ yes: string | null }>(`SELECT ${sql} AS yes`);
  return rows[0]?.yes === 't';
}
