// Reads the whole structure of one schema: one catalogue query per kind of thing, put together here.

import { DroverError } from '../../../shared/errors.ts';
import type { Catalog, Table } from '../../../shared/model/catalog.ts';
import type { Link } from './connection.ts';
import { telling } from './errors.ts';
import { readColumns } from './inspector/columns.ts';
import { readDependants } from './inspector/dependants.ts';
import { readExtras } from './inspector/extras.ts';
import { fingerprint } from './inspector/fingerprint.ts';
import { readForeignKeys } from './inspector/foreign-keys.ts';
import { readIndexes } from './inspector/indexes.ts';
import { readKeysAndChecks } from './inspector/keys.ts';
import { readObjects } from './inspector/objects.ts';
import { readTables } from './inspector/tables.ts';

/** Throws `inspect.no-such-schema`, `inspect.failed`. */
export function inspect(link: Link): Promise<Catalog> {
  return telling({ what: 'Reading the structure of the database failed', code: 'inspect.failed' }, () => read(link));
}

async function read(link: Link): Promise<Catalog> {
  const { client, connection, server } = link;
  const { database, schema } = connection;
  await requireSchema(link);

  const found = await readTables(client, schema);
  const columns = await readColumns(client, schema);
  const keys = await readKeysAndChecks(client, schema, server);
  const indexes = await readIndexes(client, schema, server);
  const foreignKeys = await readForeignKeys(client, schema, server);
  const extras = await readExtras(client, schema, server);
  const dependants = await readDependants(client, schema);
  const objects = await readObjects(client, schema);

  const tables = found.map(
    ({ oid, ...table }): Table => ({
      ...table,
      columns: columns.get(oid) ?? [],
      primaryKey: keys.get(oid)?.primaryKey ?? null,
      uniques: keys.get(oid)?.uniques ?? [],
      indexes: indexes.get(oid) ?? [],
      foreignKeys: foreignKeys.get(oid) ?? [],
      checks: keys.get(oid)?.checks ?? [],
      engine: null,
      withoutRowid: false,
      ...(extras.has(oid) ? { extras: extras.get(oid)! } : {}),
      dependants: dependants.get(oid) ?? [],
    }),
  );
  return { server, database, schema, tables, objects, fingerprint: fingerprint(tables) };
}

async function requireSchema({ client, connection: { schema, database } }: Link): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' ORDER BY 1`,
  );
  if (rows.some(({ name }) => name === schema)) return;
  const others = rows.map(({ name }) => name).join(', ');
  throw new DroverError('inspect.no-such-schema', `The database ${database} has no schema ${schema}.`, {
    cause: others === '' ? 'It has no schemas at all.' : `Its schemas are: ${others}.`,
    hint: 'Name the schema in the URL (?schema=…), or create it first.',
  });
}
