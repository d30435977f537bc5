// Search: columns by name over all tables, the closest names first.

import type { TableMapping } from '../../../../shared/model/mapping.ts';
import { keysOf } from './keys.ts';

export interface FoundColumn {
  readonly table: string;
  readonly column: string;
  readonly target: string;
}

export interface Found {
  readonly columns: readonly FoundColumn[];
  /** How many more there are. */
  readonly more: number;
}

export function findColumns(tables: readonly TableMapping[], typed: string, limit: number): Found {
  const wanted = typed.trim().toLowerCase();
  if (wanted === '') return { columns: [], more: 0 };
  const ranks: FoundColumn[][] = [[], [], []];
  const tableKeys = keysOf(tables);
  for (const [i, { columns }] of tables.entries()) {
    for (const [j, { source, target }] of columns.entries()) {
      const rank = Math.min(closeness(source, wanted), closeness(target, wanted));
      ranks[rank]?.push({ table: tableKeys[i]!, column: keysOf(columns)[j]!, target });
    }
  }
  const all = ranks.flat();
  return { columns: all.slice(0, limit), more: Math.max(0, all.length - limit) };
}

/** 0 the name itself, 1 its beginning, 2 within it, 3 not at all. */
function closeness(name: string, wanted: string): number {
  const lower = name.toLowerCase();
  if (lower === wanted) return 0;
  const at = lower.indexOf(wanted);
  return at < 0 ? 3 : at === 0 ? 1 : 2;
}
