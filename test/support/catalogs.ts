// Small literal catalogues for unit tests: say what matters, the rest is plain.

import { createHash } from 'node:crypto';
import type { Catalog, Column, ForeignKey, Index, Table } from '../../src/shared/model/catalog.ts';
import type { Server } from '../../src/shared/model/connection.ts';
import type { LogicalType } from '../../src/shared/model/logical-type.ts';

export const servers = {
  postgres: { family: 'postgres', variant: 'PostgreSQL', version: '18.4', versionNumber: 180_004 },
  mysql: { family: 'mysql', variant: 'MySQL', version: '8.4.0', versionNumber: 80_400 },
  mariadb: { family: 'mysql', variant: 'MariaDB', version: '10.11.19-MariaDB', versionNumber: 101_119 },
  sqlite: { family: 'sqlite', variant: 'SQLite', version: '3.54.0', versionNumber: 35_400 },
} as const satisfies Record<string, Server>;

export const INT: LogicalType = { kind: 'integer', bits: 32, unsigned: false };
export const BIGINT: LogicalType = { kind: 'integer', bits: 64, unsigned: false };
export const UNSIGNED_BIGINT: LogicalType = { kind: 'integer', bits: 64, unsigned: true };
export const TINYINT1: LogicalType = { kind: 'integer', bits: 8, unsigned: false, maybeBoolean: true };
export const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };

export function varchar(length: number): LogicalType {
  return { kind: 'text', length, fixed: false };
}

export function column(name: string, native: string, logical: LogicalType, more: Partial<Column> = {}): Column {
  return {
    name,
    native,
    logical,
    nullable: true,
    default: null,
    identity: null,
    generated: null,
    touchedOnUpdate: false,
    collation: null,
    caseSensitive: null,
    comment: null,
    ...more,
  };
}

export function table(name: string, columns: Column[], more: Partial<Table> = {}): Table {
  return {
    name,
    kind: 'table',
    columns,
    primaryKey: null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    comment: null,
    rowEstimate: 10,
    bytes: null,
    engine: null,
    withoutRowid: false,
    dependants: [],
    ...more,
  };
}

export function index(name: string, columns: string[], more: Partial<Index> = {}): Index {
  return {
    name,
    unique: false,
    parts: columns.map((each) => ({ column: each, expression: null, prefix: null, descending: false })),
    method: 'btree',
    where: null,
    include: [],
    nullsNotDistinct: false,
    ...more,
  };
}

/** `foreignKey('fk', ['a'], 'parents', ['id'])` */
export function foreignKey(
  name: string,
  columns: string[],
  to: string,
  referenced: string[],
  more: Partial<ForeignKey> = {},
): ForeignKey {
  return {
    name,
    columns,
    references: { schema: null, table: to, columns: referenced },
    onDelete: 'no action',
    onUpdate: 'no action',
    deferrable: false,
    ...more,
  };
}

export function catalog(server: Server, tables: Table[], more: Partial<Catalog> = {}): Catalog {
  return {
    server,
    database: 'shop',
    schema: server.family === 'postgres' ? 'public' : null,
    tables,
    objects: [],
    fingerprint: createHash('sha256').update(JSON.stringify(tables)).digest('hex'),
    ...more,
  };
}
