// DDL: tables bare of all that is faster built after loading, then indexes, then foreign keys.

import type { Index, IndexPart, Key } from '../../../shared/model/catalog.ts';
import type { Server } from '../../../shared/model/connection.ts';
import type { Statement, TargetColumn, TargetTable } from '../../../shared/model/plan.ts';
import type { Ddl } from '../ddl.ts';
import type { RunIdentity } from '../session.ts';
import { isMariaDb } from './capabilities.ts';
import { binaryCollation, tableCollation } from './collations.ts';
import { defaultSql } from './defaults.ts';
import { stagingDatabase } from './names.ts';
import { pageUse } from './page.ts';
import { literal, qualified, quote } from './syntax.ts';
import { isLarge, isTextual, nativeType } from './type-parse.ts';

/** For index parts on types that need a length where the plan gives none. */
const PART_CHARACTERS = 255;

export const ddl: Ddl = {
  quote,
  create,
  createAlike,
  settle: () => [],
  index,
  relate,
  resetIdentity,
  pageUse,
  defaultSql,
};

/** Primary key and checks are there from the start: rows are stored in key order, and a check costs little then. */
function create(table: TargetTable, server: Server, staging: RunIdentity | null): Statement[] {
  const parts = [
    ...table.columns.map((column) => columnSql(column, server)),
    ...(table.primaryKey ? [`PRIMARY KEY (${names(table.primaryKey.columns)})`] : []),
    ...earlyKeys(table).map((key) => uniqueSql(key, table)),
    ...counterIndex(table),
    ...table.checks.map((check) => `CONSTRAINT ${quote(check.name)} CHECK (${check.expression})`),
  ];
  const options = ['ENGINE=InnoDB', 'DEFAULT CHARSET=utf8mb4', `COLLATE=${tableCollation(server)}`];
  if (table.comment) options.push(`COMMENT=${literal(table.comment)}`);
  return [
    {
      sql: `CREATE TABLE ${reference(table, staging)} (\n  ${parts.join(',\n  ')}\n) ${options.join(' ')}`,
      purpose: `create table ${table.name}`,
    },
  ];
}

/** Types, character sets and collations are those of the table there, whatever they are. */
function createAlike(table: TargetTable, _server: Server, staging: RunIdentity): Statement[] {
  const like = quote(table.name);
  const columns = table.columns.map(({ name }) => name);
  const sql = createFrom(reference(table, staging), like, columns, table.primaryKey?.columns ?? []);
  return [{ sql, purpose: `create a table beside ${table.name}` }];
}

/** An empty table with these columns of another. */
export function createFrom(made: string, like: string, columns: readonly string[], key: readonly string[]): string {
  const primary = key.length > 0 ? ` (PRIMARY KEY (${names(key)}))` : '';
  return `CREATE TABLE IF NOT EXISTS ${made}${primary} ENGINE=InnoDB AS SELECT ${names(columns)} FROM ${like} LIMIT 0`;
}

/** One ALTER TABLE, so that the table is read once; a full-text index must come alone. */
function index(table: TargetTable, _server: Server, staging: RunIdentity | null): Statement[] {
  const early = new Set(earlyKeys(table));
  const additions = [
    ...table.uniques.filter((key) => !early.has(key)).map((key) => uniqueSql(key, table)),
    ...table.indexes.filter((each) => each.method !== 'fulltext').map((each) => indexSql(each, table)),
  ];
  const fulltext = table.indexes.filter((each) => each.method === 'fulltext').map((each) => [indexSql(each, table)]);
  return [additions, ...fulltext]
    .filter((group) => group.length > 0)
    .map((group) => ({
      sql: `ALTER TABLE ${reference(table, staging)}\n  ${group.map((sql) => `ADD ${sql}`).join(',\n  ')}`,
      purpose: `build the indexes of ${table.name}`,
    }));
}

/**
 * Orphans are looked for first. With foreign_key_checks on, the server would copy the whole table to find the same;
 * with it off, adding the keys only changes the dictionary (bench: 6.9 s instead of 44.9 s).
 */
function relate(table: TargetTable, _server: Server, staging: RunIdentity | null): Statement[] {
  if (table.foreignKeys.length === 0) return [];
  return [...table.foreignKeys.map((key) => orphanQuestion(key, table, staging)), ...relateUnchecked(table, staging)];
}

/** The keys alone, for rows that are looked through at another time. */
export function relateUnchecked(table: TargetTable, staging: RunIdentity | null): Statement[] {
  return [
    { sql: 'SET foreign_key_checks = 0', purpose: 'add foreign keys that are checked already' },
    {
      sql: `ALTER TABLE ${reference(table, staging)}\n  ${table.foreignKeys.map((key) => `ADD ${foreignKeySql(key, staging)}`).join(',\n  ')}`,
      purpose: `add the foreign keys of ${table.name}`,
    },
    { sql: 'SET foreign_key_checks = 1', purpose: 'check foreign keys again' },
  ];
}

type ForeignKey = TargetTable['foreignKeys'][number];

export function orphanQuestion(key: ForeignKey, table: TargetTable, staging: RunIdentity | null): Statement {
  const given = key.columns.map((column) => `c.${quote(column)} IS NOT NULL`);
  const match = key.columns.map((column, i) => `p.${quote(key.references.columns[i]!)} = c.${quote(column)}`);
  const child = reference(table, staging);
  const parent = parentOf(key, staging);
  return {
    sql:
      `SELECT 1 FROM ${child} c WHERE ${given.join(' AND ')}${unlessGapless(key, table, child, parent)}` +
      ` AND NOT EXISTS (SELECT 1 FROM ${parent} p WHERE ${match.join(' AND ')}) LIMIT 1`,
    purpose: `look for rows of ${table.name} without their row in ${key.references.table}`,
    refuses: `${table.name} has rows whose ${key.columns.join(', ')} is not in ${key.references.table}, so foreign key ${key.name} can't be added.`,
  };
}

/**
 * Where parents are numbered without a gap, their number and the ends of both sides say that there is no orphan: 0.1 s for
 * 3,000,000 rows, of which to look for each parent takes 7 s. The parents' key need not be unique in InnoDB.
 */
function unlessGapless(key: ForeignKey, table: TargetTable, child: string, parent: string): string {
  const column = table.columns.find(({ name }) => name === key.columns[0]);
  if (key.columns.length > 1 || column?.logical.kind !== 'integer') return '';
  const ends = (what: string, of: string, at: string) => `(SELECT ${what}(${quote(of)}) FROM ${at})`;
  const wide = (number: string) => `CAST(${number} AS DECIMAL(30))`;
  const [parentKey = ''] = key.references.columns;
  const least = ends('min', parentKey, parent);
  const most = ends('max', parentKey, parent);
  const parents = `(SELECT count(DISTINCT ${quote(parentKey)}) FROM ${parent})`;
  const gapless = `${parents} = ${wide(most)} - ${wide(least)} + 1`;
  const within = `${ends('min', column.name, child)} >= ${least} AND ${ends('max', column.name, child)} <= ${most}`;
  // For few children it takes longer to count the parents. Without either there are no ends.
  const many = `(SELECT count(*) FROM ${child}) >= (${wide(most)} - ${wide(least)}) DIV 8`;
  return ` AND NOT CASE WHEN ${within} AND ${many} THEN ${gapless} ELSE FALSE END`;
}

function foreignKeySql(key: ForeignKey, staging: RunIdentity | null): string {
  const { name, columns, references, onDelete, onUpdate } = key;
  return (
    `CONSTRAINT ${quote(name)} FOREIGN KEY (${names(columns)}) REFERENCES ${parentOf(key, staging)} (${names(references.columns)})` +
    ` ON DELETE ${onDelete.toUpperCase()} ON UPDATE ${onUpdate.toUpperCase()}`
  );
}

function parentOf({ references }: ForeignKey, staging: RunIdentity | null): string {
  const database = references.schema ?? (staging && stagingDatabase(staging));
  return database === null ? quote(references.table) : qualified(database, references.table);
}

/** InnoDB raises too small a number to one beyond the highest present. */
function resetIdentity(table: TargetTable, _server: Server, staging: RunIdentity | null): Statement[] {
  const counter = table.columns.find((column) => column.identity);
  if (!counter) return [];
  return [
    {
      sql: `ALTER TABLE ${reference(table, staging)} AUTO_INCREMENT = ${counter.identity?.next ?? '1'}`,
      purpose: `set the next number of ${table.name}`,
    },
  ];
}

function columnSql(column: TargetColumn, server: Server): string {
  const type = nativeType(column.native);
  const words = [quote(column.name), column.native];
  const collation = column.collation ?? (column.binaryCollation ? binaryCollation(server) : null);
  if (
    collation !== null &&
    collation !== tableCollation(server) &&
    type &&
    isTextual(type) &&
    !/\bcollate\b/i.test(type.rest)
  ) {
    words.push(`CHARACTER SET utf8mb4 COLLATE ${collation}`);
  }
  if (column.generated) {
    words.push(
      `GENERATED ALWAYS AS (${column.generated.expression}) ${column.generated.stored ? 'STORED' : 'VIRTUAL'}`,
    );
    // MariaDB knows no NOT NULL there.
    if (!column.nullable && !isMariaDb(server)) words.push('NOT NULL');
  } else {
    words.push(column.nullable ? 'NULL' : 'NOT NULL');
    const preset = presetSql(column);
    if (preset !== null) words.push(`DEFAULT ${preset}`);
    if (column.touchedOnUpdate) words.push(`ON UPDATE ${currentTimestamp(column)}`);
    if (column.identity) words.push('AUTO_INCREMENT');
  }
  if (column.comment) words.push(`COMMENT ${literal(column.comment)}`);
  return words.join(' ');
}

/** Large types take their default as an expression only. */
function presetSql(column: TargetColumn): string | null {
  const sql = column.identity ? null : defaultSql(column.default, column.logical);
  const type = nativeType(column.native);
  return sql !== null && !sql.startsWith('(') && type && isLarge(type) ? `(${sql})` : sql;
}

function currentTimestamp(column: TargetColumn): string {
  const precision = column.logical.kind === 'timestamp' ? Math.min(column.logical.precision, 6) : 0;
  return precision > 0 ? `CURRENT_TIMESTAMP(${precision})` : 'CURRENT_TIMESTAMP';
}

/** AUTO_INCREMENT wants a key that begins with its column from the start. */
function earlyKeys(table: TargetTable): readonly Key[] {
  const counter = table.columns.find((column) => column.identity);
  if (!counter || table.primaryKey?.columns[0] === counter.name) return [];
  const key = table.uniques.find((candidate) => candidate.columns[0] === counter.name);
  return key ? [key] : [];
}

function counterIndex(table: TargetTable): string[] {
  const counter = table.columns.find((column) => column.identity);
  if (!counter || table.primaryKey?.columns[0] === counter.name || earlyKeys(table).length > 0) return [];
  return [`KEY (${quote(counter.name)})`];
}

function uniqueSql(key: Key, table: TargetTable): string {
  const parts = key.columns.map((column) =>
    partSql({ column, expression: null, prefix: null, descending: false }, table, true),
  );
  return `UNIQUE KEY ${quote(key.name)} (${parts.join(', ')})`;
}

function indexSql({ name, unique, parts, method }: Index, table: TargetTable): string {
  const kind =
    method === 'fulltext' ? 'FULLTEXT KEY' : method === 'spatial' ? 'SPATIAL KEY' : unique ? 'UNIQUE KEY' : 'KEY';
  const whole = method === 'fulltext' || method === 'spatial';
  return `${kind} ${quote(name)} (${parts.map((part) => partSql(part, table, unique || whole)).join(', ')})`;
}

/** `whole`: a shorter part would change what the index means. */
function partSql(part: IndexPart, table: TargetTable, whole: boolean): string {
  const direction = part.descending ? ' DESC' : '';
  if (part.column === null) return `(${part.expression})${direction}`;
  const column = table.columns.find((candidate) => candidate.name === part.column);
  const type = column && nativeType(column.native);
  const prefix = part.prefix ?? (!whole && type && isLarge(type) ? PART_CHARACTERS : null);
  return `${quote(part.column)}${prefix === null ? '' : `(${prefix})`}${direction}`;
}

function reference(table: TargetTable, staging: RunIdentity | null): string {
  return staging ? qualified(stagingDatabase(staging), table.name) : quote(table.name);
}

function names(columns: readonly string[]): string {
  return columns.map(quote).join(', ');
}
