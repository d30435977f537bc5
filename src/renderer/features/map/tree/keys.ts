// The keys of the tree-grid: what each does to the mapping, the selection and the rows that are open.

import { doEdit } from '../mapping.ts';
import { takenOut } from '../model/computed.ts';
import { moveColumn, skipColumn, skipTable } from '../model/edits.ts';
import { keysOf } from '../model/keys.ts';
import type { TreeRow } from '../model/rows.ts';
import { proposeColumn } from '../propose.ts';
import { select, setOpen } from '../selection.ts';
import { stepOf } from '../step.ts';

/** The cells of a row that can be edited in place. */
export type Cell = 'name' | 'type';

export interface Key {
  readonly key: string;
  readonly alt: boolean;
  readonly mod: boolean;
}

/** What remains for the grid: the cell to stand on, the cell to edit. */
export interface Done {
  readonly cell?: Cell;
  readonly edit?: Cell;
}

/** null: the key means nothing here; "type on": it belongs to the filter. */
export function pressed(
  { key, alt, mod }: Key,
  rows: readonly TreeRow[],
  at: number,
  cell: Cell,
): Done | null | 'type on' {
  const row = rows[at];
  if (mod) return null;
  if (alt) return row ? moved(row, key) : null;
  const to = stepOf(key, at, rows.length);
  if (to !== null) {
    choose(rows[to]);
    return rows[to]?.kind === 'column' ? {} : { cell: 'name' };
  }
  if (key.length === 1 && key !== ' ') return 'type on';
  if (!row) return null;
  switch (key) {
    case 'ArrowRight':
      return into(row, rows[at + 1]);
    case 'ArrowLeft':
      return outOf(row, cell);
    case 'Enter':
    case 'F2':
      return edited(row, cell);
    case ' ':
      return toggled(row);
    case 'Delete':
      return leftOut(row);
    default:
      return null;
  }
}

function choose(row: TreeRow | undefined): void {
  if (row) select(row.table, row.kind === 'table' ? null : row.column);
}

function into(row: TreeRow, next: TreeRow | undefined): Done {
  if (row.kind === 'column') return { cell: 'type' };
  if (row.kind === 'table') {
    if (!row.open) setOpen(row.table, true);
    else if (next?.table === row.table) choose(next);
  }
  return {};
}

function outOf(row: TreeRow, cell: Cell): Done {
  if (row.kind === 'table') setOpen(row.table, false);
  else if (cell === 'name' || row.kind === 'unmapped') select(row.table);
  return { cell: 'name' };
}

function edited(row: TreeRow, cell: Cell): Done {
  if (row.kind === 'unmapped') {
    void proposeColumn(row.table, row.of, row.column);
    return {};
  }
  return { edit: row.kind === 'table' ? 'name' : cell };
}

export function toggled(row: TreeRow): Done {
  if (row.kind === 'table') doEdit(skipTable(row.table, !row.mapping.skip));
  else if (row.kind === 'column') doEdit(skipColumn(row, !row.mapping.skip));
  else void proposeColumn(row.table, row.of, row.column);
  return {};
}

function leftOut(row: TreeRow): Done {
  if (row.kind === 'table') doEdit(skipTable(row.table, true));
  else if (row.kind === 'column') doEdit(takenOut(row, row.mapping));
  return {};
}

function moved(row: TreeRow, key: string): Done | null {
  if (row.kind !== 'column' || (key !== 'ArrowUp' && key !== 'ArrowDown')) return null;
  const place = keysOf(row.of.columns).indexOf(row.column);
  doEdit(moveColumn(row, place + (key === 'ArrowUp' ? -1 : 1)));
  return {};
}
