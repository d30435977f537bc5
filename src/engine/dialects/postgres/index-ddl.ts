// Statements for keys, indexes and checks: all that is quicker to build once the rows are there.

import type { Index, IndexPart } from '../../../shared/model/catalog.ts';
import type { Server } from '../../../shared/model/connection.ts';
import type { Statement, TargetTable } from '../../../shared/model/plan.ts';
import { EXCLUSION, INDEX_METHODS, NULLS_NOT_DISTINCT } from './capabilities.ts';
import { quote } from './syntax.ts';

export function keyStatements(table: TargetTable, reference: string): Statement[] {
  const keys = table.uniques.map((key) => ({ key, words: 'UNIQUE', purpose: 'unique key' }));
  if (table.primaryKey) keys.unshift({ key: table.primaryKey, words: 'PRIMARY KEY', purpose: 'primary key' });
  return keys.map(({ key, words, purpose }) => ({
    sql: `ALTER TABLE ${reference} ADD ${constraint(key.name)}${words} (${key.columns.map(quote).join(', ')})`,
    purpose: `add ${purpose} to ${table.name}`,
  }));
}

export function indexStatements(table: TargetTable, reference: string, server: Server): Statement[] {
  return table.indexes.map((index) => ({
    sql: index.method === EXCLUSION ? exclusionSql(index, reference) : indexSql(index, table, reference, server),
    purpose: `create index ${index.name} on ${table.name}`,
  }));
}

/** One statement, so that the rows are read once for all checks. */
export function checkStatements(table: TargetTable, reference: string): Statement[] {
  if (table.checks.length === 0) return [];
  const checks = table.checks.map(({ name, expression }) => `  ADD ${constraint(name)}CHECK (${expression})`);
  return [{ sql: `ALTER TABLE ${reference}\n${checks.join(',\n')}`, purpose: `add checks to ${table.name}` }];
}

function indexSql(index: Index, table: TargetTable, reference: string, server: Server): string {
  const method = INDEX_METHODS.includes(index.method) ? index.method : 'btree';
  const parts = index.parts.map((part) => partSql(part, table, method)).join(', ');
  const distinct = index.nullsNotDistinct && server.versionNumber >= NULLS_NOT_DISTINCT;
  return [
    `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quote(index.name)} ON ${reference} USING ${method} (${parts})`,
    index.include.length > 0 ? `INCLUDE (${index.include.map(quote).join(', ')})` : '',
    distinct ? 'NULLS NOT DISTINCT' : '',
    index.where === null ? '' : `WHERE (${index.where})`,
  ]
    .filter(Boolean)
    .join(' ');
}

function exclusionSql(index: Index, reference: string): string {
  return `ALTER TABLE ${reference} ADD ${constraint(index.name)}EXCLUDE ${index.parts[0]?.expression ?? ''}`;
}

function partSql(part: IndexPart, table: TargetTable, method: string): string {
  const value = part.column === null ? `(${part.expression ?? ''})` : columnPart(part.column, part.prefix, table);
  const operators = part.operatorClass ? ` ${part.operatorClass}` : '';
  const collation = part.collation === undefined ? '' : ` COLLATE ${quote(part.collation)}`;
  const nulls = part.nulls === undefined ? '' : ` NULLS ${part.nulls.toUpperCase()}`;
  return `${value}${collation}${operators}${method === 'btree' ? `${part.descending ? ' DESC' : ''}${nulls}` : ''}`;
}

/** MySQL indexes the first n characters so that long texts fit a key; an expression does the same here. */
function columnPart(column: string, prefix: number | null, table: TargetTable): string {
  if (prefix === null) return quote(column);
  const logical = table.columns.find((candidate) => candidate.name === column)?.logical;
  const cut = logical?.kind === 'binary' ? 'substr' : 'left';
  return cut === 'left' ? `left(${quote(column)}, ${prefix})` : `substr(${quote(column)}, 1, ${prefix})`;
}

/** MySQL calls every primary key PRIMARY; in PostgreSQL its index would need that name for itself in the schema. */
function constraint(name: string): string {
  return name === '' || name.toUpperCase() === 'PRIMARY' ? '' : `CONSTRAINT ${quote(name)} `;
}
