// The state of a grid's columns: by which it is sorted, widths and what is hidden, with widths remembered between visits.

import {
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { useEffect, useMemo } from 'react';
import type { SortBy } from '../../../shared/ordering.ts';
import type { GridColumn } from './column.ts';

const features = tableFeatures({
  columnSizingFeature,
  columnResizingFeature,
  columnVisibilityFeature,
  rowSortingFeature,
});

const DEFAULT_WIDTH = 160;
const LEAST_WIDTH = 40;
/** Rows are ordered elsewhere: thousands of them are no business of the columns. */
const NO_ROWS: readonly never[] = [];

export type Grid = ReturnType<typeof useGrid>;

/**
 * `remember` names the widths in this browser; absent, they last as long as the grid. `sample` is some row: what is no
 * text in it is sorted downwards first.
 */
export function useGrid<R>(columns: readonly GridColumn<R>[], sample: R | undefined, remember: string | undefined) {
  const textual = columns.map(({ value }) => sample !== undefined && typeof value(sample) === 'string').join();
  const definitions = useMemo(
    () =>
      columns.map((column, at) => ({
        id: column.id,
        accessorFn: () => null,
        size: column.width ?? DEFAULT_WIDTH,
        minSize: LEAST_WIDTH,
        enableSorting: column.sortable ?? true,
        sortDescFirst: textual.split(',')[at] === 'false',
      })),
    [columns, textual],
  );
  const table = useTable({
    features,
    columns: definitions,
    data: NO_ROWS,
    manualSorting: true,
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

/** By which columns it is sorted; the same until that changes. */
export function useSorting(grid: Grid): readonly SortBy[] {
  const { sorting } = grid.state;
  return useMemo(() => sorting.map(({ id, desc }) => ({ by: id, descending: desc })), [sorting]);
}

function remembered(name: string | undefined): Record<string, number> {
  try {
    return name ? JSON.parse(localStorage.getItem(`grid.${name}`) ?? '{}') : {};
  } catch {
    return {};
  }
}
