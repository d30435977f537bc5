// Columns of planned tables, which the plan and the wizard before a run both show: rows there, rows and bytes to come.

import { estimateOf } from '../../../shared/feeds.ts';
import { about, count, size } from '../../../shared/format.ts';
import type { TablePlan } from '../../../shared/model/plan.ts';
import type { GridColumn } from './column.ts';

type Looks = Pick<GridColumn<TablePlan>, 'header' | 'width'>;

export function rowsThere(looks: Looks): GridColumn<TablePlan> {
  return {
    id: 'existing',
    value: ({ existing }) => existing?.rows ?? null,
    cell: ({ existing }) => (existing ? count(existing.rows) : NOTHING),
    ...figure,
    ...looks,
  };
}

export function rowsToCome(looks: Looks): GridColumn<TablePlan> {
  return {
    id: 'rows',
    value: (table) => estimateOf(table).rows,
    cell: (table) => about(estimateOf(table).rows),
    ...figure,
    ...looks,
  };
}

export function bytesToCome(looks: Looks): GridColumn<TablePlan> {
  return {
    id: 'bytes',
    value: (table) => estimateOf(table).bytes,
    cell: (table) => {
      const { bytes } = estimateOf(table);
      return bytes === null ? NOTHING : `≈ ${size(bytes)}`;
    },
    ...figure,
    ...looks,
  };
}

const NOTHING = <span className="quiet">–</span>;

const figure = { align: 'right', mono: true } as const;
