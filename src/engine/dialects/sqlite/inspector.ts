// Inspect: the whole structure of an SQLite file, from the pragmas and from the text of its schema.

import { createHash } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { Catalog, NamedObject, Table } from '../../../shared/model/catalog.ts';
import type { Server } from '../../../shared/model/connection.ts';
import { createBreath } from '../../support/breath.ts';
import { byName, inOrder } from '../ordered.ts';
import { columnsOf, rowidAlias } from './inspector/columns.ts';
import { dependantsIn } from './inspector/dependants.ts';
import { isSmall, rowEstimates, sizes } from './inspector/estimates.ts';
import { checksOf, foreignKeysOf, indexesOf, primaryKeyOf, uniquesOf } from './inspector/keys.ts';
import { readSchema, type SchemaRows, type TableRow } from './inspector/rows.ts';
import { parseTable } from './schema/schema-parser.ts';
import { quote } from './syntax.ts';

/** Of thousands of tables it takes a second, in which others are answered. */
export async function inspectDatabase(db: Database, path: string, server: Server): Promise<Catalog> {
  const breathe = createBreath();
  const rows = await readSchema(db, breathe);
  const ordinary = rows.tables.filter((table) => table.type === 'table');
  const small = isSmall(db);
  const estimates = await rowEstimates(db, ordinary, small, breathe);
  const bytes = sizes(db, rows.objects, small);
  const sql = new Map(rows.objects.map((object) => [object.name, object.sql]));
  const sequences = sequencesIn(db);
  const parentKey = keyOf(rows, ordinary);
  const tables: Table[] = [];
  for (const table of ordinary) {
    await breathe();
    const parsed = parseTable(sql.get(table.name) ?? '');
    const columns = rows.columns.get(table.name) ?? [];
    const parts = rows.indexParts.get(table.name) ?? [];
    const alias = rowidAlias(table, columns, parts);
    const next = alias && nextNumber(db, table.name, alias.name, sequences);
    tables.push({
      name: table.name,
      kind: 'table',
      columns: columnsOf(table, columns, parts, parsed, next),
      primaryKey: primaryKeyOf(table.name, columns, parsed),
      uniques: uniquesOf(table.name, parts, parsed),
      indexes: indexesOf(parts, sql),
      foreignKeys: foreignKeysOf(table.name, rows.foreignKeys.get(table.name) ?? [], parsed, parentKey),
      checks: checksOf(table.name, parsed),
      comment: null,
      rowEstimate: estimates.get(table.name) ?? 0,
      bytes: bytes.get(table.name) ?? null,
      engine: null,
      withoutRowid: table.wr === 1,
      ...extrasOf(table),
      dependants: [],
    });
  }
  const dependants = dependantsIn(tables, rows.objects);
  await breathe();
  const complete = tables.map((table) => ({ ...table, dependants: dependants.of(table.name) }));
  const objects = objectsOf(rows);
  await breathe();
  return {
    server,
    database: path,
    schema: null,
    tables: complete,
    objects,
    fingerprint: fingerprintOf(complete, objects),
  };
}

/** What other families have always, or never. */
function extrasOf({ wr, strict }: TableRow): Pick<Table, 'extras'> {
  const extras = [...(wr ? ['WITHOUT ROWID'] : []), ...(strict ? ['STRICT'] : [])];
  return extras.length > 0 ? { extras: extras.map((what) => ({ what, physical: true })) } : {};
}

/** The table that a foreign key means, as it is really spelt, and its primary key. */
function keyOf(rows: SchemaRows, tables: readonly TableRow[]) {
  const names = new Map(tables.map(({ name }) => [name.toLowerCase(), name]));
  return (parent: string) => {
    const table = names.get(parent.toLowerCase());
    if (table === undefined) return null;
    const columns = (rows.columns.get(table) ?? []).filter((row) => row.pk > 0).sort((a, b) => a.pk - b.pk);
    return { table, columns: columns.map((row) => row.name) };
  };
}

function sequencesIn(db: Database): Map<string, bigint> {
  const has = db.prepare("SELECT 1 FROM main.sqlite_schema WHERE name = 'sqlite_sequence'").get();
  if (!has) return new Map();
  const rows = db.prepare('SELECT name, CAST(seq AS TEXT) AS seq FROM sqlite_sequence').all() as {
    name: string;
    seq: string | null;
  }[];
  return new Map(rows.map(({ name, seq }) => [name, BigInt(/^-?\d+$/.test(seq ?? '') ? seq! : '0')]));
}

/** What SQLite would give the next row, unless the highest number there can be is taken. */
function nextNumber(db: Database, table: string, column: string, sequences: Map<string, bigint>): string {
  const highest = db
    .prepare(`SELECT CAST(max(${quote(column)}) AS TEXT) FROM main.${quote(table)}`)
    .pluck()
    .get() as string | null;
  const used = BigInt(highest ?? 0);
  const handedOut = sequences.get(table) ?? 0n;
  const last = used > handedOut ? used : handedOut;
  return String(last + 1n);
}

/** Virtual tables and the tables behind them hold what only their own module understands. */
function objectsOf({ objects, tables }: SchemaRows): NamedObject[] {
  const virtual = tables.filter(({ type }) => type === 'virtual' || type === 'shadow');
  return [
    ...objects
      .filter(({ type }) => type === 'view' || type === 'trigger')
      .map(({ type, name, tbl_name: table }) => ({
        kind: type as 'view' | 'trigger',
        name,
        table: type === 'trigger' ? table : null,
      })),
    ...virtual.map(({ name }) => ({ kind: 'foreign table' as const, name, table: null })),
  ];
}

/** Structure only: rows may come and go. */
function fingerprintOf(tables: readonly Table[], objects: readonly NamedObject[]): string {
  const structure = inOrder(tables).map(({ rowEstimate: _rows, bytes: _bytes, extras: _extras, ...table }) => ({
    ...table,
    dependants: byName(table.dependants),
    columns: table.columns.map(({ identity, ...column }) => ({ ...column, identity: identity !== null })),
  }));
  return createHash('sha256')
    .update(JSON.stringify([structure, byName(objects)]))
    .digest('hex');
}
