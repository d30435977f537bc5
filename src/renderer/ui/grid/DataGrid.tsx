// The table that every screen uses, of rows that are all at hand.

import { type ReactNode, useMemo } from 'react';
import { inOrder } from '../../../shared/ordering.ts';
import { type GridColumn, toTsv } from './column.ts';
import { GridView } from './GridView.tsx';
import { useGrid, useSorting } from './use-grid.ts';

export interface DataGridProps<R> {
  /** What it lists, for those who hear it. */
  readonly label: string;
  /** Stable between draws: made outside the component, or with useMemo. */
  readonly columns: readonly GridColumn<R>[];
  readonly rows: readonly R[];
  readonly keyOf: (row: R) => string;
  readonly selected?: string | null;
  readonly onSelect?: (row: R) => void;
  /** Enter or a double click. */
  readonly onOpen?: (row: R) => void;
  /** Under this name the widths of the columns are kept. */
  readonly remember?: string;
  /** Shown instead of rows when there are none. */
  readonly empty?: ReactNode;
}

export function DataGrid<R>(props: DataGridProps<R>): React.JSX.Element {
  const { label, columns, rows, keyOf, selected = null, onSelect, onOpen, remember, empty } = props;
  const grid = useGrid(columns, rows[0], remember);
  const sorting = useSorting(grid);
  const ordered = useMemo(() => {
    const values = new Map(columns.map(({ id, value }) => [id, value]));
    return inOrder(rows, sorting, (row, by) => values.get(by)?.(row) ?? null);
  }, [columns, rows, sorting]);
  const at = useMemo(
    () => (selected === null ? -1 : ordered.findIndex((row) => keyOf(row) === selected)),
    [ordered, keyOf, selected],
  );
  return (
    <GridView
      label={label}
      grid={grid}
      columns={columns}
      count={ordered.length}
      rowAt={(index) => ordered[index]}
      keyOf={keyOf}
      at={at}
      onPick={(index) => onSelect?.(ordered[index]!)}
      onOpen={(index) => onOpen?.(ordered[index]!)}
      copy={(shown) => Promise.resolve(toTsv(shown, ordered))}
      empty={empty}
    />
  );
}
