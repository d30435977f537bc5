// The plan's tables as a list: what becomes of each, what it weighs, and in which order it depends on others.

import { assertNever } from '../../../../shared/errors.ts';
import { chunksOf, estimateOf } from '../../../../shared/feeds.ts';
import type { Finding } from '../../../../shared/model/finding.ts';
import type { Plan, TablePlan } from '../../../../shared/model/plan.ts';

/** What happens to the name in the target. */
export type Fate = 'new' | 'replaces' | 'replaces empty' | 'refused' | 'appends' | 'upserts' | 'refills';

export function fateOf({ existing, mode, merge }: TablePlan): Fate {
  if (merge?.refills) return 'refills';
  if (merge) return mode === 'upsert' ? 'upserts' : 'appends';
  if (!existing) return 'new';
  if (existing.empty) return 'replaces empty';
  return mode === 'replace' ? 'replaces' : 'refused';
}

export function fateWords(fate: Fate): string {
  switch (fate) {
    case 'new':
      return 'new';
    case 'replaces':
      return 'replaces';
    case 'replaces empty':
      return 'replaces empty';
    case 'refills':
      return 'exchanges rows';
    case 'appends':
      return 'adds rows';
    case 'upserts':
      return 'adds, updates';
    case 'refused':
      return 'in its way';
    default:
      return assertNever(fate);
  }
}

export interface Totals {
  readonly tables: number;
  readonly rows: number;
  /** Null when the source states no size of any table. */
  readonly bytes: number | null;
  readonly chunks: number;
}

export function totalsOf({ tables }: Plan): Totals {
  let rows = 0;
  let bytes: number | null = null;
  let chunks = 0;
  for (const table of tables) {
    const estimate = estimateOf(table);
    rows += estimate.rows;
    if (estimate.bytes !== null) bytes = (bytes ?? 0) + estimate.bytes;
    chunks += chunksOf(table);
  }
  return { tables: tables.length, rows, bytes, chunks };
}

/** One table at its place in the order. */
export interface OrderLine {
  readonly position: number;
  readonly table: TablePlan;
  /** Target tables that it refers to. */
  readonly refersTo: readonly string[];
  /** The other source tables of its cycle. */
  readonly cycle: readonly string[];
}

export function orderOf(plan: Plan): OrderLine[] {
  const bySource = new Map(plan.tables.map((table) => [table.source, table]));
  return plan.order.flatMap((group, i) =>
    group.flatMap((name) => {
      const table = bySource.get(name);
      if (!table) return [];
      const refersTo = [...new Set(table.target.foreignKeys.map((key) => key.references.table))];
      return [{ position: i + 1, table, refersTo, cycle: group.filter((other) => other !== name) }];
    }),
  );
}

export function cyclesOf({ order }: Plan): readonly (readonly string[])[] {
  return order.filter((group) => group.length > 1);
}

/** Where in the mapping a finding can be mended; null when it is about the whole. */
export function fieldOf(plan: Plan, { place }: Finding): { readonly table: string; readonly column?: string } | null {
  if (place.table === undefined) return null;
  const inTarget = place.side === 'target';
  const table = plan.tables.find(({ source, target }) => (inTarget ? target.name : source) === place.table);
  if (inTarget && !table) return null;
  const column = inTarget ? table?.lanes.find(({ target }) => target === place.column)?.source : place.column;
  return { table: table?.source ?? place.table, ...(column === undefined ? {} : { column }) };
}

/** The statements of one table in the order of the run, each under its purpose. */
export function ddlOf({ ddl }: TablePlan): string {
  return [...ddl.create, ...ddl.index, ...ddl.relate]
    .map(({ sql, purpose }) => `-- ${purpose.replace(/\s+/g, ' ')}\n${sql.replace(/;?\s*$/, ';')}`)
    .join('\n\n');
}
