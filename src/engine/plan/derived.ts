// Derived tables: what a mapping reads where it wants more, or less, than a table of the source holds.

import { DroverError } from '../../shared/errors.ts';
import type { Catalog, Column, NamedObject, Table } from '../../shared/model/catalog.ts';
import type { Finding } from '../../shared/model/finding.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { ColumnMapping, Project, RowLimit, TableMapping } from '../../shared/model/mapping.ts';
import { tableRead } from '../../shared/reads.ts';
import type { DescribedColumn, Dialect, Session, TableName } from '../dialects/dialect.ts';
import { type ComputedColumn, type RelationParts, type RelationSource, relationSql } from '../dialects/relation.ts';
import { finding } from './context.ts';

export interface Derived {
  /** The source's catalogue with the derived tables in it, each under the name that the project gives it. */
  readonly catalog: Catalog;
  /** Blockers: SQL that the source does not take. The plan goes on without it. */
  readonly findings: readonly Finding[];
}

/** Whatever a derived table is asked, it is this session's source that describes it. */
export interface DerivingSource {
  readonly catalog: Catalog;
  readonly dialect: Dialect;
  readonly session: Pick<Session, 'describe'>;
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

type Report = (finding: Finding) => void;

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

function plainColumn({ name, native, logical }: DescribedColumn, nullable: boolean): Column {
  const nothing = { default: null, identity: null, generated: null, touchedOnUpdate: false, collation: null };
  return { name, native, logical, nullable, ...nothing, caseSensitive: null, comment: null };
}

/** What the project lets the source compute, without what can't be: that blocks the plan. */
function computedOf(mapping: TableMapping, table: Table, order: readonly string[], report: Report): ComputedColumn[] {
  const taken = new Set(table.columns.map(({ name }) => name.toLowerCase()));
  return mapping.columns.flatMap((column): ComputedColumn[] => {
    const { source: name, from, skip } = column;
    if (skip || !from) return [];
    if (taken.has(name.toLowerCase())) {
      const message = `${mapping.source} has a column ${name} already; what is computed needs a name of its own.`;
      report(blocker('map.bad-expression', mapping, column, message, 'Give it another name in "source".'));
      return [];
    }
    taken.add(name.toLowerCase());
    if (from.kind === 'expression') return [{ kind: 'expression', name, sql: from.sql }];
    if (from.kind === 'constant') return [{ kind: 'constant', name, value: from.value }];
    if (order.length > 0) return [{ kind: 'sequence', name, start: from.start ?? 1 }];
    const message = `${mapping.source} has no key by which its rows could be numbered.`;
    report(blocker('map.bad-expression', mapping, column, message, NAME_A_KEY));
    return [{ kind: 'constant', name, value: null }];
  });
}

const NAME_A_KEY = 'Name columns that tell its rows apart in "rowKey", with a query in place of the table.';

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

interface DescribedColumns {
  readonly computed: readonly ComputedColumn[];
  readonly columns: readonly Column[];
}

/** Asked all at once; only when that fails one by one, to name those that are at fault. */
async function describeComputed(
  parts: RelationParts,
  mapping: TableMapping,
  source: DerivingSource,
  report: Report,
): Promise<DescribedColumns> {
  const { dialect, session } = source;
  const own = (computed: readonly ComputedColumn[]) =>
    session.describe(relationSql({ ...parts, columns: parts.columns && [], computed }, dialect.relation));
  if (parts.computed.length === 0) return { computed: [], columns: [] };
  try {
    const found = await own(parts.computed);
    // A query gives its own columns in front.
    return { computed: parts.computed, columns: found.slice(-parts.computed.length).map(asColumn) };
  } catch (error) {
    if (parts.computed.length === 1) return faulty(parts.computed[0]!, mapping, error, report);
    const each: DescribedColumns[] = [];
    for (const one of parts.computed) {
      each.push(await describeComputed({ ...parts, computed: [one] }, mapping, source, report));
    }
    return { computed: each.flatMap(({ computed }) => computed), columns: each.flatMap(({ columns }) => columns) };
  }

  function asColumn(column: DescribedColumn, i: number): Column {
    const { kind } = parts.computed[i]!;
    return plainColumn(withKnownType(kind, column), kind !== 'sequence');
  }
}

/** SQLite has no types for what is computed; of these two everybody knows it. */
function withKnownType(kind: ComputedColumn['kind'], column: DescribedColumn): DescribedColumn {
  if (kind === 'constant') return { ...column, native: column.native || 'TEXT', logical: TEXT };
  return kind === 'sequence' ? { ...column, native: column.native || 'INTEGER', logical: INTEGER } : column;
}

const INTEGER: LogicalType = { kind: 'integer', bits: 64, unsigned: false };

const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };

/** It goes on as NULL, so that the rest of the plan can be seen. */
function faulty(column: ComputedColumn, mapping: TableMapping, error: unknown, report: Report): DescribedColumns {
  const { name } = column;
  const at = mapping.columns.find(({ source }) => source === name) ?? null;
  report(
    notTaken(
      'map.bad-expression',
      `The source does not accept the expression of ${mapping.source}.${name}`,
      mapping,
      at,
      error,
    ),
  );
  const columns = [plainColumn({ name, native: '', logical: TEXT }, true)];
  return { computed: [{ kind: 'constant', name, value: null }], columns };
}

/** What the database says of it. A lost connection is no fault of the SQL. */
function notTaken(
  code: 'map.bad-expression' | 'map.bad-query',
  message: string,
  mapping: TableMapping,
  column: ColumnMapping | null,
  error: unknown,
): Finding {
  if (!(error instanceof DroverError) || error.code.startsWith('connect.')) throw error;
  const { cause, hint } = error.data;
  return blocker(
    code,
    mapping,
    column,
    `${message}: ${cause ?? error.message}`,
    hint ?? 'Correct its SQL in the project.',
  );
}

function blocker(
  code: 'map.bad-expression' | 'map.bad-query',
  { source }: TableMapping,
  column: ColumnMapping | null,
  message: string,
  remedy: string,
): Finding {
  const place = { side: 'project', table: source, ...(column ? { column: column.source } : {}) } as const;
  return finding('blocker', code, place, message, [remedy]);
}
