// The state of a grid: order, widths and hidden columns, with widths remembered between visits.

import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  createSortedRowModel,
  type RowData,
  rowSortingFeature,
  sortFns,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useEffect, useMemo } from 'react';
import type { GridColumn } from './column.ts';

const features = tableFeatures({
  columnSizingFeature,
  columnResizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  sortedRowModel: createSortedRowModel(),
  sortFns,
});

const DEFAULT_WIDTH = 160;
const LEAST_WIDTH = 40;

export type Grid<R extends RowData> = ReturnType<typeof useGrid<R>>;

/** `remember` names the widths in this browser; absent, they last as long as the grid. */
export function useGrid<R extends RowData>(
  columns: readonly GridColumn<R>[],
  rows: readonly R[],
  keyOf: (row: R) => string,
  remember: string | undefined,
) {
  const definitions = useMemo(
    () =>
      columns.map((column) => ({
        id: column.id,
        accessorFn: (row: R) => column.value(row),
        size: column.width ?? DEFAULT_WIDTH,
        minSize: LEAST_WIDTH,
        enableSorting: column.sortable ?? true,
        sortFn: compare,
        sortUndefined: 'last' as const,
      })),
    [columns],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: rows,
    getRowId: keyOf,
    columnResizeMode: 'onChange',
    initialState: { columnSizing: remembered(remember) },
  });
  const { columnSizing } = table.state;
  useEffect(() => {
    if (remember && Object.keys(columnSizing).length > 0) {
      localStorage.setItem(`grid.${remember}`, JSON.stringify(columnSizing));
    }
  }, [remember, columnSizing]);
  return table;
}

interface Valued {
  getValue(column: string): unknown;
}

/** Numbers by size, texts as people order them; what is absent comes first. */
function compare(a: Valued, b: Valued, column: string): number {
  const [x, y] = [a.getValue(column), b.getValue(column)];
  if (typeof x === 'number' && typeof y === 'number') return x - y;
  if (x === null || y === null) return (x === null ? 0 : 1) - (y === null ? 0 : 1);
  return collator.compare(String(x), String(y));
}

const collator = new Intl.Collator('en', { numeric: true });

function remembered(name: string | undefined): Record<string, number> {
  try {
    return name ? JSON.parse(localStorage.getItem(`grid.${name}`) ?? '{}') : {};
  } catch {
    return {};
  }
}
