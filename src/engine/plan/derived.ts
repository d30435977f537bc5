// Derived tables: what a mapping reads where it wants more, or less, than a table of the source holds.

import type { Catalog, NamedObject, Table } from '../../shared/model/catalog.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { Project, RowLimit, TableMapping } from '../../shared/model/mapping.ts';
import { tableRead } from '../../shared/reads.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { type RelationParts, type RelationSource, relationSql } from '../dialects/relation.ts';
import type { DescribedColumn, TableName } from '../dialects/session.ts';
import { computedOf, describeComputed, plainColumn, TEXT } from './derived-columns.ts';
import { blocker, type DerivingSource, notTaken, type Report } from './derived-faults.ts';

export interface Derived {
  /** The source's catalogue with the derived tables in it, each under the name that the project gives it. */
  readonly catalog: Catalog;
  /** Blockers: SQL that the source does not take. The plan goes on without it. */
  readonly findings: readonly Finding[];
}

export async function withDerived(tables: Project['tables'], source: DerivingSource): Promise<Derived> {
  const findings: Finding[] = [];
  const derived = new Map<string, Table>();
  for (const mapping of tables) {
    if (mapping.skip || !isDerived(mapping, source.catalog)) continue;
    const table = await derive(mapping, source, (each) => findings.push(each));
    if (table) derived.set(table.name, table);
  }
  if (derived.size === 0) return { catalog: source.catalog, findings };
  const others = source.catalog.tables.filter(({ name }) => !derived.has(name));
  return { catalog: { ...source.catalog, tables: [...others, ...derived.values()] }, findings };
}

/** The filter that stands outside of the SELECT: numbers and limits count the rows that have passed it already. */
export function outerFilter(mapping: TableMapping): string | null {
  return numbersRows(mapping) || !mapping.filter?.trim() ? null : mapping.filter;
}

/** How readers and profilers name it. */
export function tableName({ name, query }: Table): TableName {
  return { name, staging: null, ...(query === undefined ? {} : { query }) };
}

/** Rows are counted within one SELECT, so it can't be cut into ranges. */
export function numbersRows({ limit, columns }: TableMapping): boolean {
  return limit !== undefined || columns.some(({ skip, from }) => !skip && from?.kind === 'sequence');
}

/** The table of the source whose rows go into this one; none where a query or view may read any. */
export function tablesRead(mapping: TableMapping, { objects }: Catalog): string[] {
  const name = tableRead(mapping);
  const isAView = objects.some((object) => object.name === name && isView(object.kind));
  return name === null || isAView ? [] : [name];
}

/** Whether any of these tables is read otherwise than as it stands. */
export function needsDeriving(tables: readonly TableMapping[], catalog: Catalog): boolean {
  return tables.some((mapping) => !mapping.skip && isDerived(mapping, catalog));
}

function isDerived(mapping: TableMapping, catalog: Catalog): boolean {
  if (mapping.query !== undefined || mapping.table !== undefined || mapping.limit !== undefined) return true;
  if (mapping.columns.some(({ skip, from }) => !skip && from !== undefined)) return true;
  return viewNamed(mapping.source, catalog) && !catalog.tables.some(({ name }) => name === mapping.source);
}

function viewNamed(name: string, { objects }: Catalog): boolean {
  return objects.some((object) => object.name === name && isView(object.kind));
}

function isView(kind: NamedObject['kind']): boolean {
  return kind === 'view' || kind === 'materialized view';
}

/** Null where the project names something that is not there: whoever pairs the two tells. */
async function derive(mapping: TableMapping, source: DerivingSource, report: Report): Promise<Table | null> {
  const base = await baseOf(mapping, source, report);
  if (!base) return null;
  const { table, from } = base;
  const order = table.primaryKey?.columns ?? [];
  const limit = orderedLimit(mapping, order, report);
  const wanted = computedOf(mapping, table, order, report);
  const numbered = limit !== null || wanted.some(({ kind }) => kind === 'sequence');
  const parts: RelationParts = {
    name: mapping.source,
    from,
    columns: from.kind === 'query' ? null : table.columns.map(({ name }) => name),
    computed: wanted,
    filter: null,
    order,
    limit: null,
  };
  const { computed, columns } = await describeComputed(parts, mapping, source, report);
  const filter = numbered && mapping.filter?.trim() ? mapping.filter : null;
  const estimate = limitedRows(table.rowEstimate, limit);
  return {
    ...table,
    columns: [...table.columns, ...columns],
    rowEstimate: estimate,
    bytes: table.bytes === null || table.rowEstimate === 0 ? null : (table.bytes * estimate) / table.rowEstimate,
    query: relationSql({ ...parts, computed, filter, limit }, source.dialect.relation),
  };
}

interface Base {
  readonly table: Table;
  readonly from: RelationSource;
}

async function baseOf(mapping: TableMapping, source: DerivingSource, report: Report): Promise<Base | null> {
  const { catalog, dialect, session } = source;
  const name = mapping.table ?? mapping.source;
  const table = mapping.query === undefined ? catalog.tables.find((each) => each.name === name) : undefined;
  if (table) {
    const from = { kind: 'table', table: table.name, partitioned: table.kind === 'partitioned' } as const;
    return { table: mapping.table === undefined ? table : anotherUse(table, mapping.source), from };
  }
  if (mapping.query === undefined && !viewNamed(name, catalog)) return null;
  const sql = mapping.query ?? `SELECT * FROM ${dialect.relation.quote(name)}`;
  const from = { kind: 'query', sql } as const;
  try {
    const parts = { name: mapping.source, from, columns: null, computed: [], filter: null, order: [], limit: null };
    const columns = await session.describe(relationSql(parts, dialect.relation));
    return { table: tableOf(mapping, columns), from };
  } catch (error) {
    report(
      notTaken('map.bad-query', `The source does not accept the query of ${mapping.source}`, mapping, null, error),
    );
    return standIn(mapping, dialect);
  }
}

/** Columns as the project names them, without a row: so that the rest of the plan can be seen. */
function standIn(mapping: TableMapping, { relation }: Dialect): Base {
  const own = mapping.columns.filter(({ from }) => from === undefined);
  const nulls = own.map(({ source }) => `${relation.text(null)} AS ${relation.quote(source)}`);
  const table = tableOf(
    mapping,
    own.map(({ source }) => ({ name: source, native: '', logical: TEXT })),
  );
  return { table, from: { kind: 'query', sql: `SELECT ${nulls.join(', ') || '1 AS nothing'}` } };
}

/** The table's own indexes and references stay with its first use. */
function anotherUse(table: Table, name: string): Table {
  const columns = table.columns.map((column) => ({ ...column, identity: null }));
  return { ...table, name, columns, uniques: [], indexes: [], foreignKeys: [], checks: [], dependants: [] };
}

function tableOf({ source, rowKey }: TableMapping, columns: readonly DescribedColumn[]): Table {
  const inKey = (name: string) => rowKey?.includes(name) ?? false;
  return {
    name: source,
    kind: 'table',
    columns: columns.map((column) => plainColumn(column, !inKey(column.name))),
    primaryKey: rowKey ? { name: `${source}_key`, columns: rowKey } : null,
    uniques: [],
    indexes: [],
    foreignKeys: [],
    checks: [],
    comment: null,
    rowEstimate: 0,
    bytes: null,
    engine: null,
    withoutRowid: false,
    dependants: [],
  };
}

/** Without an order nobody could say which rows the first ones are. */
function orderedLimit(mapping: TableMapping, order: readonly string[], report: Report): RowLimit | null {
  if (mapping.limit === undefined || order.length > 0) return mapping.limit ?? null;
  const message = `${mapping.source} has no key that says which of its rows come first.`;
  report(blocker('map.bad-query', mapping, null, message, 'Use a filter in place of the limit.'));
  return null;
}

function limitedRows(rows: number, limit: RowLimit | null): number {
  if (limit === null) return rows;
  return limit.kind === 'first' ? Math.min(rows, limit.rows) : Math.ceil(rows / limit.nth);
}
