// Columns that the source computes: what the project wants of them, and what the source says they are.

import type { Column, Table } from '../../shared/model/catalog.ts';
import type { LogicalType } from '../../shared/model/logical-type.ts';
import type { TableMapping } from '../../shared/model/mapping.ts';
import { type ComputedColumn, type RelationParts, relationSql } from '../dialects/relation.ts';
import type { DescribedColumn } from '../dialects/session.ts';
import { blocker, type DerivingSource, notTaken, type Report } from './derived-faults.ts';

/** What the project lets the source compute, without what can't be: that blocks the plan. */
export function computedOf(
  mapping: TableMapping,
  table: Table,
  order: readonly string[],
  report: Report,
): ComputedColumn[] {
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

export interface DescribedColumns {
  readonly computed: readonly ComputedColumn[];
  readonly columns: readonly Column[];
}

/** Asked all at once; only when that fails one by one, to name those that are at fault. */
export async function describeComputed(
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

export const TEXT: LogicalType = { kind: 'text', length: null, fixed: false };

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

export function plainColumn({ name, native, logical }: DescribedColumn, nullable: boolean): Column {
  const nothing = { default: null, identity: null, generated: null, touchedOnUpdate: false, collation: null };
  return { name, native, logical, nullable, ...nothing, caseSensitive: null, comment: null };
}
