// The catalogue queries: one per kind for the whole file, joined over the pragmas as table-valued functions.

import type { Database } from 'better-sqlite3';
import type { Breathe } from '../../../support/breath.ts';
import { isOfARun } from '../names.ts';

export interface ObjectRow {
  readonly type: 'table' | 'index' | 'view' | 'trigger';
  readonly name: string;
  readonly tbl_name: string;
  readonly sql: string | null;
}

export interface TableRow {
  readonly name: string;
  readonly type: 'table' | 'view' | 'virtual' | 'shadow';
  readonly wr: number;
  readonly strict: number;
}

export interface ColumnRow {
  readonly table: string;
  readonly name: string;
  readonly type: string;
  readonly notnull: number;
  readonly dflt_value: string | null;
  /** Position in the primary key, from 1; 0 outside it. */
  readonly pk: number;
  /** 0 ordinary, 1 hidden, 2 generated virtual, 3 generated stored. */
  readonly hidden: number;
}

export interface IndexPartRow {
  readonly table: string;
  readonly index: string;
  readonly unique: number;
  /** c: CREATE INDEX, u: UNIQUE constraint, pk: primary key. */
  readonly origin: 'c' | 'u' | 'pk';
  readonly partial: number;
  readonly cid: number;
  readonly column: string | null;
  readonly desc: number;
  readonly coll: string | null;
}

export interface ForeignKeyRow {
  readonly table: string;
  readonly id: number;
  readonly parent: string;
  readonly from: string;
  /** Null: the parent's primary key. */
  readonly to: string | null;
  readonly on_update: string;
  readonly on_delete: string;
}

export interface SchemaRows {
  readonly objects: readonly ObjectRow[];
  readonly tables: readonly TableRow[];
  readonly columns: ReadonlyMap<string, readonly ColumnRow[]>;
  readonly indexParts: ReadonlyMap<string, readonly IndexPartRow[]>;
  readonly foreignKeys: ReadonlyMap<string, readonly ForeignKeyRow[]>;
}

/**
 * Ordinary tables only; what a run of Drover made is left out. Listed once: pragma_table_list(name) goes through every
 * table for each name it is asked for.
 */
const TABLES = `(SELECT name FROM pragma_table_list
  WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\') AS m`;

export async function readSchema(db: Database, breathe: Breathe): Promise<SchemaRows> {
  const all = async <T>(sql: string): Promise<T[]> => {
    await breathe();
    return db.prepare(sql).all() as T[];
  };
  return {
    objects: (
      await all<ObjectRow>('SELECT type, name, tbl_name, sql FROM main.sqlite_schema ORDER BY name, type')
    ).filter(({ name, tbl_name: table }) => !isOfARun(name) && !isOfARun(table)),
    tables: (
      await all<TableRow>(
        `SELECT name, type, wr, strict FROM pragma_table_list
       WHERE schema = 'main' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name`,
      )
    ).filter(({ name }) => !isOfARun(name)),
    columns: byTable(
      await all<ColumnRow>(
        `SELECT m.name AS "table", x.name, x.type, x."notnull", x.dflt_value, x.pk, x.hidden
         FROM ${TABLES} JOIN pragma_table_xinfo(m.name) AS x ORDER BY m.name, x.cid`,
      ),
    ),
    indexParts: byTable(
      await all<IndexPartRow>(
        `SELECT m.name AS "table", i.name AS "index", i."unique", i.origin, i.partial,
           x.cid, x.name AS "column", x."desc", x.coll
         FROM ${TABLES} JOIN pragma_index_list(m.name) AS i JOIN pragma_index_xinfo(i.name) AS x
         WHERE x.key = 1 ORDER BY m.name, i.name, x.seqno`,
      ),
    ),
    foreignKeys: byTable(
      await all<ForeignKeyRow>(
        `SELECT m.name AS "table", f.id, f."table" AS parent, f."from", f."to", f.on_update, f.on_delete
         FROM ${TABLES} JOIN pragma_foreign_key_list(m.name) AS f ORDER BY m.name, f.id, f.seq`,
      ),
    ),
  };
}

function byTable<T extends { readonly table: string }>(rows: readonly T[]): Map<string, T[]> {
  return Map.groupBy(rows, (row) => row.table);
}
