// One row of a grid: drawn anew only when something of it changes, not because others are scrolled by.

import { memo } from 'react';
import { type GridColumn, textOf } from './column.ts';
import classes from './grid.module.css';

export interface DrawnColumn<R> {
  readonly definition: GridColumn<R>;
  readonly width: number;
  readonly index: number;
}

export interface GridRowProps<R> {
  /** undefined: not read yet. */
  readonly row: R | undefined;
  readonly name: string | null;
  readonly id: string;
  readonly index: number;
  /** Pixels from the first row. */
  readonly top: number;
  readonly chosen: boolean;
  readonly columns: readonly DrawnColumn<R>[];
  readonly width: number;
  /** Pixels of the columns that are not drawn. */
  readonly before: number;
}

export const GridRow = memo(Row) as typeof Row;

function Row<R>({ row, name, id, index, top, chosen, columns, width, before }: GridRowProps<R>): React.JSX.Element {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table element can't be drawn in parts
    // biome-ignore lint/a11y/useFocusableInteractive: the grid holds the focus
    <div
      id={id}
      role="row"
      aria-rowindex={index + 2}
      aria-selected={chosen}
      aria-busy={row === undefined || undefined}
      data-row={name ?? undefined}
      data-index={index}
      className={classes.row}
      style={{ top, width, paddingLeft: before }}
    >
      {columns.map(({ definition, width: wide, index: place }) => (
        // biome-ignore lint/a11y/useSemanticElements: see above
        // biome-ignore lint/a11y/useFocusableInteractive: see above
        <div
          key={definition.id}
          role="gridcell"
          aria-colindex={place + 1}
          className={classes.cell}
          data-align={definition.align}
          data-mono={definition.mono || undefined}
          style={{ width: wide }}
        >
          {row === undefined ? null : definition.cell ? definition.cell(row) : textOf(definition.value(row))}
        </div>
      ))}
    </div>
  );
}
