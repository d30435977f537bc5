// The differences of a table, gathered by row: which row, how it differs, and in which columns.

import type { Difference, TableReport } from '../../../../shared/model/report.ts';
import { keyText } from '../words.ts';

export interface DifferingRow {
  readonly kind: Difference['kind'];
  readonly key: string;
  /** The differing columns; none where the whole row is on one side only. */
  readonly cells: readonly Cell[];
}

export interface Cell {
  readonly column: string;
  readonly source: string | null;
  readonly target: string | null;
}

export const rowKey = ({ kind, key }: DifferingRow): string => `${kind} ${key}`;
export const cellKey = ({ column }: Cell): string => column;

export function rowsOf({ differences }: TableReport): readonly DifferingRow[] {
  const rows = new Map<string, { kind: Difference['kind']; key: string; cells: Cell[] }>();
  for (const difference of differences) {
    const { kind, column, source, target } = difference;
    const key = keyText(difference);
    const id = `${kind} ${key}`;
    const row = rows.get(id) ?? { kind, key, cells: [] };
    rows.set(id, row);
    if (column !== null) row.cells.push({ column, source, target });
  }
  return [...rows.values()];
}
