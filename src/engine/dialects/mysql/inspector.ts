// The whole structure of one database, by a handful of catalogue queries, whatever the number of tables.

import { createHash } from 'node:crypto';
import type { Catalog, Table } from '../../../shared/model/catalog.ts';
import { byText, inOrder } from '../ordered.ts';
import type { Link, Row } from './connection.ts';
import { telling } from './errors.ts';
import { jsonChecks, readChecks } from './inspector/checks.ts';
import { readColumns } from './inspector/columns.ts';
import { readDependants } from './inspector/dependants.ts';
import { readExtras } from './inspector/extras.ts';
import { readForeignKeys } from './inspector/foreign-keys.ts';
import { readIndexes } from './inspector/indexes.ts';
import { readObjects } from './inspector/objects.ts';

export function inspect(link: Link): Promise<Catalog> {
  return telling({ what: `The structure of ${link.database} can't be read`, code: 'inspect.failed' }, () =>
    readCatalog(link),
  );
}

async function readCatalog(link: Link): Promise<Catalog> {
  const { database, server } = link;
  const found = await link.query(
    `SELECT TABLE_NAME AS name, ENGINE AS engine, TABLE_ROWS AS estimate, DATA_LENGTH + INDEX_LENGTH AS bytes,
       AUTO_INCREMENT AS next, TABLE_COMMENT AS comment, CREATE_OPTIONS AS options
     FROM information_schema.TABLES
     WHERE TABLE_SCHEMA = ? AND TABLE_TYPE IN ('BASE TABLE', 'SYSTEM VERSIONED')`,
    [database],
  );
  // The server compares names without regard to case: those that differ in nothing else come in any order.
  const rows = byText(found, 'name');
  const checks = await readChecks(link);
  const columns = await readColumns(link, jsonChecks(checks), nextNumbers(rows));
  const { primaryKeys, uniques, indexes } = await readIndexes(link);
  const foreignKeys = await readForeignKeys(link);
  const dependants = await readDependants(
    link,
    rows.map((row) => String(row.name)),
  );
  const extras = await readExtras(link);
  const objects = await readObjects(link);
  const tables = rows.map((row): Table => {
    const name = String(row.name);
    const json = jsonChecks(checks).get(name);
    return {
      name,
      kind: /\bpartitioned\b/i.test(String(row.options ?? '')) ? 'partitioned' : 'table',
      columns: columns.get(name) ?? [],
      primaryKey: primaryKeys.get(name) ?? null,
      uniques: uniques.get(name) ?? [],
      indexes: indexes.get(name) ?? [],
      foreignKeys: foreignKeys.get(name) ?? [],
      checks: (checks.get(name) ?? [])
        .filter((check) => check.json === null || !json?.has(check.json))
        .map(({ name: checkName, expression }) => ({ name: checkName, expression })),
      comment: String(row.comment ?? '') || null,
      rowEstimate: Number(row.estimate ?? 0),
      bytes: row.bytes === null ? null : Number(row.bytes),
      engine: row.engine === null ? null : String(row.engine),
      withoutRowid: false,
      ...(extras.has(name) ? { extras: extras.get(name)! } : {}),
      dependants: dependants.get(name) ?? [],
    };
  });
  return { server, database, schema: null, tables, objects, fingerprint: fingerprintOf(tables) };
}

function nextNumbers(rows: readonly Row[]): ReadonlyMap<string, string> {
  return new Map(rows.filter((row) => row.next !== null).map((row) => [String(row.name), String(row.next)]));
}

/** Structure only: sizes, the next identity numbers and what merely hangs on a table stay out. */
function fingerprintOf(tables: readonly Table[]): string {
  const structure = inOrder(tables).map(
    ({ rowEstimate: _rows, bytes: _bytes, dependants: _dependants, extras: _extras, ...table }) => ({
      ...table,
      columns: table.columns.map((column) => ({
        ...column,
        identity: column.identity && { always: column.identity.always },
      })),
    }),
  );
  return createHash('sha256').update(JSON.stringify(structure)).digest('hex');
}
