// Tables in, PostgreSQL's statements out: what is made before loading, after it, and once all tables are there.

import type { Server } from '../../../shared/model/connection.ts';
import type { LogicalType } from '../../../shared/model/logical-type.ts';
import type { Statement, TargetColumn, TargetTable } from '../../../shared/model/plan.ts';
import type { Ddl } from '../ddl.ts';
import type { RunIdentity } from '../session.ts';
import { VIRTUAL_GENERATED } from './capabilities.ts';
import { defaultSql } from './default-sql.ts';
import { checkStatements, indexStatements, keyStatements } from './index-ddl.ts';
import { stagingSchema, tableReference } from './namespace.ts';
import { literal, qualified, quote } from './syntax.ts';
import { plainNative } from './type-parse.ts';

export const ddl: Ddl = {
  quote,
  create,
  createAlike,
  settle,
  index,
  relate,
  resetIdentity,
  pageUse: () => null,
  defaultSql,
};

function create(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[] {
  const reference = tableReference({ name: table.name, staging });
  const columns = table.columns.map((column) => `  ${columnSql(column, server)}`);
  const statements = [
    { sql: `CREATE TABLE ${reference} (\n${columns.join(',\n')}\n)`, purpose: `create table ${table.name}` },
  ];
  if (table.comment !== null) {
    const sql = `COMMENT ON TABLE ${reference} IS ${literal(table.comment)}`;
    statements.push({ sql, purpose: `comment on ${table.name}` });
  }
  for (const column of table.columns) {
    if (column.comment === null) continue;
    const sql = `COMMENT ON COLUMN ${reference}.${quote(column.name)} IS ${literal(column.comment)}`;
    statements.push({ sql, purpose: `comment on ${table.name}.${column.name}` });
  }
  return statements;
}

/** Types and collations are those of the table there, whatever they are. */
function createAlike(table: TargetTable, _server: Server, staging: RunIdentity): Statement[] {
  const reference = tableReference({ name: table.name, staging });
  const columns = names(table.columns.map(({ name }) => name));
  const sql = `CREATE TABLE ${reference} AS SELECT ${columns} FROM ${quote(table.name)} WITH NO DATA`;
  return [{ sql, purpose: `create a table beside ${table.name}` }];
}

/** Marks pages as visible to everybody: foreign keys are then checked by indexes alone. */
function settle(table: TargetTable, staging: RunIdentity | null): Statement[] {
  return [{ sql: `VACUUM ${tableReference({ name: table.name, staging })}`, purpose: `settle ${table.name}` }];
}

function index(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[] {
  const reference = tableReference({ name: table.name, staging });
  return [
    ...keyStatements(table, reference),
    ...indexStatements(table, reference, server),
    ...checkStatements(table, reference),
  ];
}

/** NOT VALID takes the lock only for a moment; VALIDATE then reads the rows without keeping writers away. */
function relate(table: TargetTable, _server: Server, staging: RunIdentity | null): Statement[] {
  const reference = tableReference({ name: table.name, staging });
  return table.foreignKeys.flatMap((key) => {
    const { references } = key;
    const schema = references.schema ?? (staging && stagingSchema(staging));
    const sql = [
      `ALTER TABLE ${reference} ADD CONSTRAINT ${quote(key.name)}`,
      `FOREIGN KEY (${names(key.columns)})`,
      `REFERENCES ${qualified(schema, references.table)} (${names(references.columns)})`,
      key.onDelete === 'no action' ? '' : `ON DELETE ${key.onDelete.toUpperCase()}`,
      key.onUpdate === 'no action' ? '' : `ON UPDATE ${key.onUpdate.toUpperCase()}`,
      key.deferrable ? 'DEFERRABLE' : '',
      key.deferrable && key.initiallyDeferred ? 'INITIALLY DEFERRED' : '',
      'NOT VALID',
    ];
    return [
      { sql: sql.filter(Boolean).join(' '), purpose: `add foreign key ${key.name} to ${table.name}` },
      {
        sql: `${staging && isIndexed(key, table) ? BY_INDEX : ''}ALTER TABLE ${reference} VALIDATE CONSTRAINT ${quote(key.name)}`,
        purpose: `check foreign key ${key.name} of ${table.name}`,
      },
    ];
  });
}

/**
 * In the statement's own transaction: the indexes of both tables, read side by side, answer in a fifth of the time that a
 * hash table of all parents takes, which the server prefers.
 */
const BY_INDEX = 'SET LOCAL enable_hashjoin = off; SET LOCAL max_parallel_workers_per_gather = 0; ';

/** An index or a key of the table begins with the columns of the foreign key. */
function isIndexed({ columns }: TargetTable['foreignKeys'][number], table: TargetTable): boolean {
  const { primaryKey, uniques, indexes } = table;
  const begun = [
    ...[...(primaryKey ? [primaryKey] : []), ...uniques].map((key) => key.columns),
    ...indexes
      .filter(({ method, where }) => method === 'btree' && where === null)
      .map(({ parts }) => parts.map(({ column, prefix }) => (prefix === null ? column : null))),
  ];
  return begun.some((names) => columns.every((column, i) => names[i] === column));
}

function resetIdentity(table: TargetTable, _server: Server, staging: RunIdentity | null): Statement[] {
  const reference = tableReference({ name: table.name, staging });
  return table.columns.filter(isIdentity).map((column) => {
    const name = quote(column.name);
    const sequence = `pg_get_serial_sequence(${literal(reference)}, ${literal(column.name)})`;
    // The last number given, so that the catalogue shows the sequence as used; a type that is used up stays so.
    const last = `LEAST(GREATEST(max(${name})::numeric, ${column.identity?.next ?? '1'} - ${column.identity?.step ?? '1'}), ${highest(column)})`;
    const sql = `SELECT setval(${sequence}, GREATEST(${last}, 1)::bigint, ${last} >= 1) FROM ${reference}`;
    return { sql, purpose: `set the next number of ${table.name}.${column.name}` };
  });
}

/** The last number that the column's type can hold. */
function highest(column: TargetColumn): string {
  const type = plainNative(column.native).toLowerCase();
  const bits = /^(smallint|int2)$/.test(type) ? 16n : /^(bigint|int8)$/.test(type) ? 64n : 32n;
  return ((1n << (bits - 1n)) - 1n).toString();
}

function columnSql(column: TargetColumn, server: Server): string {
  const { generated } = column;
  const computed = generated && `GENERATED ALWAYS AS (${generated.expression}) ${storage(generated.stored, server)}`;
  const value = column.default && defaultSql(column.default, column.logical);
  return [
    quote(column.name),
    plainNative(column.native),
    column.collation != null && isCollatable(column.logical) ? `COLLATE ${quote(column.collation)}` : '',
    column.nullable ? '' : 'NOT NULL',
    computed ?? (isIdentity(column) ? identitySql(column) : value ? `DEFAULT ${value}` : ''),
  ]
    .filter(Boolean)
    .join(' ');
}

function identitySql({ identity }: TargetColumn): string {
  const step = identity?.step === undefined ? '' : ` (INCREMENT BY ${identity.step})`;
  return `GENERATED ${identity?.always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${step}`;
}

function storage(stored: boolean, server: Server): string {
  return stored || server.versionNumber < VIRTUAL_GENERATED ? 'STORED' : 'VIRTUAL';
}

/** Only the three integer types can be identity columns. */
function isIdentity(column: TargetColumn): boolean {
  return column.identity !== null && /^(smallint|integer|bigint|int[248]?)$/i.test(plainNative(column.native));
}

function isCollatable(logical: LogicalType): boolean {
  return logical.kind === 'text' || logical.kind === 'enum';
}

function names(columns: readonly string[]): string {
  return columns.map(quote).join(', ');
}
